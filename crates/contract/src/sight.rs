//! What an office sees of an application: for each item only the answers, files and findings of registers that deciding
//! it takes (个人信息保护法 §6). The definition says which.

use serde_json::{Map, Value};

use crate::answers::{Answers, ROW};
use crate::api::AskedField;
use crate::field::Field;
use crate::id::FieldId;
use crate::journey::{Journey, ShownField};
use crate::kinds::Lookup;
use crate::service::{Item, Service, Step};

/// One item's view of a service.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    service: &'a Service,
    item: &'a Item,
}

impl Service {
    pub fn sight<'a>(&'a self, item: &'a Item) -> Sight<'a> {
        Sight { service: self, item }
    }
}

impl Sight<'_> {
    /// Whether a field's path, `field` or `group.field`, is seen.
    pub fn sees_path(self, path: &str) -> bool {
        let (name, inner) = path.split_once('.').map_or((path, None), |(group, inner)| (group, Some(inner)));
        self.service.fields().any(|(step, field)| match (field.kind.rows(), inner) {
            (Some(rows), Some(inner)) if *rows.answered_as(&field.id) == *name => {
                rows.fields.iter().any(|one| one.id == *inner && self.sees_inner(step, field, one))
            }
            (Some(rows), None) if *rows.answered_as(&field.id) == *name => self.sees_rows(step, field),
            _ => inner.is_none() && field.id == *name && self.sees(step, field),
        })
    }

    /// The answers without those that the item does not need. A register's findings go with the answers that they fill.
    pub fn of_answers(self, sent: &Answers) -> Answers {
        let mut seen = Answers::default();
        for (step, field) in self.service.fields() {
            let name = field.kind.rows().map_or(&field.id, |rows| rows.answered_as(&field.id));
            match field.kind.rows() {
                Some(_) if self.sees_rows(step, field) => {
                    let so_far = seen.rows(name).cloned().collect();
                    seen.set(name, self.of_rows(step, field, sent, so_far));
                }
                None if self.sees(step, field) => seen.set(name, self.of_answer(field, sent.get(name))),
                _ => {}
            }
        }
        seen
    }

    /// What is shown of a journey, in its order.
    pub fn of_journey(self, journey: &Journey<'_>) -> Vec<AskedField> {
        journey
            .steps
            .iter()
            .flat_map(|step| step.fields.iter().flat_map(move |shown| self.of_shown(step.step, shown)))
            .collect()
    }

    fn of_shown(self, step: &Step, shown: &ShownField<'_>) -> Vec<AskedField> {
        let name = &shown.answered_as().0;
        if shown.field.kind.rows().is_none() {
            let one = AskedField { field: name.clone(), row: None };
            return if self.sees(step, shown.field) { vec![one] } else { Vec::new() };
        }
        let rows = shown.rows.iter().enumerate();
        let inner = |(at, fields): (usize, &Vec<ShownField<'_>>)| {
            let seen = fields.iter().filter(|inner| self.sees_inner(step, shown.field, inner.field));
            let place =
                |inner: &ShownField<'_>| AskedField { field: format!("{name}.{}", inner.field.id), row: Some(at) };
            seen.map(place).collect::<Vec<_>>()
        };
        rows.flat_map(inner).collect()
    }

    fn of_rows(self, step: &Step, field: &Field, sent: &Answers, so_far: Vec<Map<String, Value>>) -> Value {
        let Some(rows) = field.kind.rows() else { return Value::Null };
        let seen = sent.rows(rows.answered_as(&field.id)).enumerate().map(|(at, row)| {
            let mut kept = so_far.get(at).cloned().unwrap_or_default();
            for (name, value) in row {
                let inner = rows.fields.iter().find(|one| one.id == **name);
                if name == ROW || inner.is_some_and(|one| self.sees_inner(step, field, one)) {
                    kept.insert(name.clone(), value.clone());
                }
            }
            Value::Object(kept)
        });
        Value::Array(seen.collect())
    }

    fn of_answer(self, field: &Field, answer: &Value) -> Value {
        let mut seen = answer.clone();
        let found = seen.get_mut("found").and_then(Value::as_object_mut);
        if let (Some(lookup), Some(found)) = (field.kind.lookup(), found) {
            found.retain(|name, _| self.sees_found(lookup, name));
        }
        seen
    }

    /// What fills no answer is there to be told, for example how many bear a name.
    fn sees_found(self, lookup: &Lookup, name: &str) -> bool {
        let mut filled = lookup.filled().filter(|(_, filling)| *filling == name).peekable();
        if filled.peek().is_none() { lookup.takes(name) } else { filled.any(|(field, _)| self.sees_path(field)) }
    }

    fn sees_rows(self, step: &Step, field: &Field) -> bool {
        let rows = field.kind.rows();
        rows.is_some_and(|rows| rows.fields.iter().any(|inner| self.sees_inner(step, field, inner)))
    }

    fn sees_inner(self, step: &Step, group: &Field, inner: &Field) -> bool {
        self.as_paper(inner).unwrap_or_else(|| self.is_named(step, &group.id))
    }

    fn sees(self, step: &Step, field: &Field) -> bool {
        self.as_paper(field).unwrap_or_else(|| self.is_named(step, &field.id))
    }

    /// What gives a document is seen where the item asks for that document, whatever else is said of its step.
    fn as_paper(self, field: &Field) -> Option<bool> {
        let uploads = field.kind.attachments().map(|attachments| &attachments.material);
        let mut given = self.service.materials.iter().filter(|material| {
            uploads.is_some_and(|id| *id == material.id) || material.field.as_ref().is_some_and(|id| *id == field.id)
        });
        let first = given.next()?;
        Some([first].into_iter().chain(given).any(|material| material.items.contains(&self.item.id)))
    }

    fn is_named(self, step: &Step, field: &FieldId) -> bool {
        let names = [&step.section.0, &step.id.0, &field.0];
        self.sees_all() || self.item.sees.iter().any(|seen| names.contains(&seen))
    }

    /// Who decides the only item of a service needs what it asks.
    fn sees_all(self) -> bool {
        self.item.sees.is_empty() && self.service.items.len() == 1
    }
}
