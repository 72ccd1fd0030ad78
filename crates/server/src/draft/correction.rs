//! A draft that corrects a returned case: it begins with the answers as sent, and only the fields that the office
//! named may change.

use contract::answers::ROW;
use contract::api::Reason;
use contract::service::Severity;
use contract::{Answers, Field, FieldError, Service, Text};
use serde_json::{Map, Value};

use super::sibling::with_files_of_its_own;
use super::spelling::spelled;
use crate::store::FileCopy;

/// The answers as sent, with copies of their files, and empty lists for deferred fields that the office asks for now.
pub(crate) fn answers_as_sent(service: &Service, sent: &Answers, requested: &[Reason]) -> (Answers, Vec<FileCopy>) {
    let mut answers = spelled(service, sent);
    let is_requested = |field: &Field| field.later && requested.iter().any(|reason| *field.id == *reason.field);
    for (_, field) in service.fields().filter(|(_, field)| is_requested(field)) {
        if answers.get(&field.id).is_null() {
            answers.set(&field.id, Value::Array(Vec::new()));
        }
    }
    with_files_of_its_own(service, answers)
}

/// The errors of changes to fields that the office did not name. `before` are the answers that the correction began
/// with: what was absent then may be answered, and changed again, since another change can make it necessary.
pub(crate) fn forbidden_changes(
    service: &Service,
    requested_corrections: &[Reason],
    before: &Answers,
    changed: &Answers,
) -> Vec<FieldError> {
    let signatures = service.signature_paths();
    let may_change = |path: &str| {
        signatures.iter().any(|signature| signature == path)
            || requested_corrections.iter().any(|reason| reason.field == path)
    };
    let is_refused = |(field, value): (&String, &Value)| {
        first_forbidden_path(&may_change, field, before.get(field), value).map(|path| refusal(&path))
    };
    changed.0.iter().filter_map(is_refused).collect()
}

/// The first path in a field that changes although it may not.
fn first_forbidden_path(
    may_change: &impl Fn(&str) -> bool,
    field: &str,
    before: &Value,
    after: &Value,
) -> Option<String> {
    if may_change(field) || before.is_null() || before == after {
        return None;
    }
    let (Some(old), Some(new)) = (rows(before), rows(after)) else { return Some(field.to_owned()) };
    if old.len() != new.len() {
        return Some(field.to_owned());
    }
    old.iter().zip(&new).find_map(|(old, new)| {
        let names = old.keys().chain(new.keys());
        let differs = |name: &&String| old.get(*name).is_some() && old.get(*name) != new.get(*name);
        names.filter(differs).map(|name| format!("{field}.{name}")).find(|path| !may_change(path))
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
