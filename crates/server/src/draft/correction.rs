//! A draft that mends a returned case: everything stands as it was sent, and only what the office named may change.

use contract::answers::ROW;
use contract::api::Reason;
use contract::service::Severity;
use contract::{Answers, Field, FieldError, Service, Text};
use serde_json::{Map, Value};

use super::sibling::with_files_of_its_own;
use crate::store::FileCopy;

/// The answers as they were sent, with files of their own, and room for what comes later.
pub(crate) fn as_sent(service: &Service, sent: &Answers, asked: &[Reason]) -> (Answers, Vec<FileCopy>) {
    let mut answers = sent.clone();
    let is_asked = |field: &Field| field.later && asked.iter().any(|reason| *field.id == *reason.field);
    for (_, field) in service.fields().filter(|(_, field)| is_asked(field)) {
        if answers.get(&field.id).is_null() {
            answers.set(&field.id, Value::Array(Vec::new()));
        }
    }
    with_files_of_its_own(service, answers)
}

/// Refuses changes of what was not asked for. What was not answered before may be: a change can make it necessary.
pub(crate) fn unasked(service: &Service, to_mend: &[Reason], before: &Answers, changed: &Answers) -> Vec<FieldError> {
    let signs = |field: &str| service.fields().any(|(_, one)| one.id == *field && one.kind.signature().is_some());
    let is_refused = |(field, value): (&String, &Value)| {
        let unasked = unasked_in(to_mend, field, before.get(field), value);
        unasked.filter(|_| !signs(field)).map(|path| refusal(&path))
    };
    changed.0.iter().filter_map(is_refused).collect()
}

/// The first path under a field that changes without being asked for.
fn unasked_in(to_mend: &[Reason], field: &str, before: &Value, after: &Value) -> Option<String> {
    let is_named = |path: &str| to_mend.iter().any(|reason| reason.field == path);
    if is_named(field) || before.is_null() || before == after {
        return None;
    }
    let (Some(old), Some(new)) = (rows(before), rows(after)) else { return Some(field.to_owned()) };
    if old.len() != new.len() {
        return Some(field.to_owned());
    }
    old.iter().zip(&new).find_map(|(old, new)| {
        let names = old.keys().chain(new.keys());
        let differs = |name: &&String| old.get(*name).is_some() && old.get(*name) != new.get(*name);
        names.filter(differs).map(|name| format!("{field}.{name}")).find(|path| !is_named(path))
    })
}

/// The rows of a group's answer, if it is one.
fn rows(value: &Value) -> Option<Vec<&Map<String, Value>>> {
    let rows: Vec<_> = value.as_array()?.iter().map(Value::as_object).collect::<Option<_>>()?;
    rows.iter().all(|row| row.contains_key(ROW)).then_some(rows)
}

fn refusal(path: &str) -> FieldError {
    FieldError {
        step: "correction".into(),
        field: path.to_owned(),
        row: None,
        severity: Severity::Block,
        code: "not-asked".to_owned(),
        message: Text::new("这一项不用补，没有改动", "This was not asked for and stays as it is"),
    }
}
