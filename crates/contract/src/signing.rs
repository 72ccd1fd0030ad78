//! Where signatures stand: one for each signature field that a journey shows, one by one in the rows of a group.

use serde_json::Value;

use crate::answers::{Answers, ROW};
use crate::field::Field;
use crate::id::{FieldId, StepId};
use crate::journey::{Journey, ShownField};
use crate::kinds::Signature;
use crate::service::Service;

/// A place for one signature of one person.
#[derive(Clone, Debug)]
pub struct SigningPlace<'a> {
    pub step: &'a StepId,
    /// `field`, or `group.field`.
    pub path: String,
    /// The lasting name of the row, and its position.
    pub row: Option<(String, usize)>,
    pub field: &'a Field,
    pub signature: &'a Signature,
}

impl SigningPlace<'_> {
    pub fn row_name(&self) -> Option<&str> {
        self.row.as_ref().map(|(name, _)| name.as_str())
    }

    /// What stands there.
    pub fn signed<'b>(&self, answers: &'b Answers) -> &'b Value {
        answers.at(&self.path, self.row_name())
    }

    /// The answer of a field that the signature names.
    pub fn named<'b>(&self, service: &Service, answers: &'b Answers, name: &FieldId) -> &'b str {
        answers.at(&service.beside(&self.path, name), self.row_name()).as_str().unwrap_or_default()
    }
}

impl<'a> Journey<'a> {
    /// Every signature that is asked for.
    pub fn signing_places(&self) -> Vec<SigningPlace<'a>> {
        let shown = self.steps.iter().flat_map(|step| step.fields.iter().map(move |shown| (&step.step.id, shown)));
        shown.flat_map(|(step, shown)| self.places_of(step, shown)).collect()
    }

    fn places_of(&self, step: &'a StepId, shown: &ShownField<'a>) -> Vec<SigningPlace<'a>> {
        let name = shown.answered_as();
        let own = shown.field.kind.signature().map(|signature| SigningPlace {
            step,
            path: name.0.clone(),
            row: None,
            field: shown.field,
            signature,
        });
        let rows = shown.rows.iter().zip(self.answers.rows(name)).enumerate();
        let inner = rows.flat_map(|(at, (fields, row))| {
            let lasting = row.get(ROW).and_then(Value::as_str).unwrap_or_default();
            fields.iter().filter_map(move |inner| {
                let signature = inner.field.kind.signature()?;
                let path = format!("{name}.{}", inner.field.id);
                Some(SigningPlace { step, path, row: Some((lasting.to_owned(), at)), field: inner.field, signature })
            })
        });
        own.into_iter().chain(inner).collect()
    }

    /// The place at a path, in a row of this lasting name where it stands in rows.
    pub fn signing_place(&self, path: &str, row: Option<&str>) -> Option<SigningPlace<'a>> {
        self.signing_places().into_iter().find(|place| place.path == path && place.row_name() == row)
    }
}

impl Service {
    /// The path of a field as another one sees it: in the same rows, else in the form.
    pub fn beside(&self, path: &str, name: &FieldId) -> String {
        let inner = path.split_once('.').map(|(group, _)| format!("{group}.{name}"));
        inner.filter(|inner| self.field(inner).is_some()).unwrap_or_else(|| name.0.clone())
    }

    /// The paths of all signatures of the definition, shown or not.
    pub fn signature_paths(&self) -> Vec<String> {
        let of_field = |field: &Field| {
            let name = field.kind.rows().map_or(&field.id, |group| group.answered_as(&field.id)).clone();
            let own = field.kind.signature().map(|_| name.0.clone());
            let rows = field.kind.rows().into_iter().flat_map(|group| &group.fields);
            let inner = rows.filter(|one| one.kind.signature().is_some()).map(|one| format!("{name}.{}", one.id));
            own.into_iter().chain(inner).collect::<Vec<_>>()
        };
        self.fields().flat_map(|(_, field)| of_field(field)).collect()
    }
}

impl Answers {
    /// Sets what is answered at a path, in every row where it stands in rows: `change` makes the new answer of an old one
    /// that is there.
    pub fn change_each(&mut self, path: &str, change: impl Fn(&Value) -> Value) {
        let Some((group, inner)) = path.split_once('.') else {
            if let Some(value) = self.0.get(path) {
                let changed = change(value);
                self.set(path, changed);
            }
            return;
        };
        let rows = self.0.get_mut(group).and_then(Value::as_array_mut).into_iter().flatten();
        for row in rows.filter_map(Value::as_object_mut) {
            let Some(changed) = row.get(inner).map(&change) else { continue };
            if changed.is_null() {
                row.remove(inner);
            } else {
                row.insert(inner.to_owned(), changed);
            }
        }
    }
}
