//! One field of an open draft in its place: of the form, or of a row of a group.

use std::sync::Arc;

use contract::Field;
use contract::problem::FieldError;
use leptos::prelude::*;
use serde_json::Value;

use super::{DraftSession, error_place};
use crate::i18n::tr_text;

#[derive(Clone)]
pub(crate) struct BoundField {
    pub(crate) session: DraftSession,
    pub(crate) definition: &'static Field,
    /// The group's name and the row's lasting name.
    row: Option<(&'static str, Arc<str>)>,
}

impl BoundField {
    pub(crate) fn new(session: DraftSession, definition: &'static Field, row: Option<(&'static str, String)>) -> Self {
        let row = row.map(|(group, row)| (group, row.into()));
        Self { session, definition, row }
    }

    /// The field at a lasting place, `field` or `group.field#row-name`, if it is still there.
    pub(crate) fn at(session: DraftSession, place: &str) -> Option<Self> {
        let (path, row) = place.split_once('#').map_or((place, None), |(path, row)| (path, Some(row.to_owned())));
        let definition = session.service.field(path)?;
        let field = Self::new(session, definition, group_of(session, path).zip(row));
        (field.row.is_none() || field.row_index().is_some()).then_some(field)
    }

    /// `field`, or `group.field`.
    pub(crate) fn path(&self) -> String {
        self.row
            .as_ref()
            .map_or_else(|| self.definition.id.0.clone(), |(group, _)| format!("{group}.{}", self.definition.id))
    }

    /// The name of its control: `sign.0.height` in a row.
    pub(crate) fn name(&self) -> String {
        match (&self.row, self.row_index()) {
            (Some((group, _)), Some(index)) => format!("{group}.{index}.{}", self.definition.id),
            _ => self.definition.id.0.clone(),
        }
    }

    /// An id for the element, lasting while rows move.
    pub(crate) fn id(&self) -> String {
        self.row.as_ref().map_or_else(
            || format!("f-{}", self.definition.id),
            |(group, row)| format!("f-{group}-{row}-{}", self.definition.id),
        )
    }

    /// `field`, or `field#row-name`: where files on their way belong.
    pub(crate) fn lasting_place(&self) -> String {
        self.row.as_ref().map_or_else(|| self.path(), |(_, row)| format!("{}#{row}", self.path()))
    }

    /// `field`, or `group.field?row=name`: where the server lays a signature.
    pub(crate) fn signing_place(&self) -> String {
        self.row.as_ref().map_or_else(|| self.path(), |(_, row)| format!("{}?row={row}", self.path()))
    }

    pub(crate) fn row_name(&self) -> Option<String> {
        self.row.as_ref().map(|(_, row)| row.to_string())
    }

    pub(crate) fn row_index(&self) -> Option<usize> {
        let (group, name) = self.row.as_ref()?;
        let is_it = |row: &serde_json::Map<String, Value>| row.get("row").and_then(Value::as_str) == Some(name);
        self.session.answers.try_with_untracked(|answers| answers.rows(group).position(is_it))?
    }

    /// The answer; tracked.
    pub(crate) fn value(&self) -> Value {
        self.session.answers.track();
        self.value_untracked()
    }

    pub(crate) fn value_untracked(&self) -> Value {
        let answers = self.session.answers.read_untracked();
        match &self.row {
            None => answers.get(&self.definition.id).clone(),
            Some((group, name)) => {
                let mut rows = answers.rows(group);
                let own = rows.find(|row| row.get("row").and_then(Value::as_str) == Some(name));
                own.and_then(|row| row.get(&*self.definition.id)).cloned().unwrap_or_default()
            }
        }
    }

    /// The answer as the journey has it: none while the field is hidden, the result where it is computed. Tracked.
    pub(crate) fn journey_value(&self) -> Value {
        let row = self.row.as_ref().map(|(group, _)| (*group, self.row_index()));
        self.session.journey.with(|journey| {
            let value = match row {
                Some((group, index)) => {
                    index.and_then(|index| journey.answers.rows(group).nth(index)?.get(&*self.definition.id))
                }
                None => Some(journey.answers.get(&self.definition.id)),
            };
            value.cloned().unwrap_or_default()
        })
    }

    pub(crate) fn set(&self, value: Value) {
        let Some((group, name)) = &self.row else {
            self.session.set(&self.definition.id, value);
            return;
        };
        let mut rows = self.session.answers.with_untracked(|answers| answers.get(group).clone());
        let all = rows.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut);
        for row in all.filter(|row| row.get("row").and_then(Value::as_str) == Some(name)) {
            if value.is_null() {
                row.remove(&*self.definition.id);
            } else {
                row.insert(self.definition.id.0.clone(), value.clone());
            }
        }
        self.session.set(group, rows);
    }

    /// From now on its errors are shown.
    pub(crate) fn touch(&self) {
        let place = error_place(&self.path(), self.row_index());
        if self.session.touched.with_untracked(|touched| !touched.contains(&place)) {
            self.session.touched.update(|touched| touched.push(place));
        }
    }

    /// Whether an error is shown at it; tracked.
    pub(crate) fn is_invalid(&self) -> bool {
        self.shown_error(true).is_some()
    }

    /// What is wrong, once its errors are shown; tracked.
    pub(crate) fn error_message(&self) -> Option<String> {
        self.shown_error(true).map(|error| tr_text(&error.message))
    }

    /// What an officer will look at, once its errors are shown; tracked.
    pub(crate) fn warning_message(&self) -> Option<String> {
        self.shown_error(false).map(|error| tr_text(&error.message))
    }

    fn shown_error(&self, blocks: bool) -> Option<FieldError> {
        let (path, row) = (self.path(), self.row_index());
        let is_touched = self.session.touched.with(|touched| touched.contains(&error_place(&path, row)));
        if !is_touched {
            return None;
        }
        let errors = self.session.errors.read();
        errors.iter().find(|error| error.blocks() == blocks && error.field == path && error.row == row).cloned()
    }
}

/// The name of the group that a path leads into.
pub(crate) fn group_of(session: DraftSession, path: &str) -> Option<&'static str> {
    let (group, _) = path.split_once('.')?;
    let fields = session.service.fields();
    let mut groups = fields.filter_map(|(_, field)| Some(field.kind.rows()?.answered_as(&field.id)));
    let name: &'static str = groups.find(|name| ***name == *group)?;
    Some(name)
}
