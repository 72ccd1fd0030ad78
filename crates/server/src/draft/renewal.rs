//! A draft that applies for a certificate again: it begins with what lasts of the answers of last time.

use contract::kinds::Group;
use contract::service::Renewal;
use contract::{Answers, Context, Field, FieldError, Service};
use serde_json::Value;

use super::sibling::with_files_of_its_own;
use crate::store::FileCopy;

/// What the definition keeps of the answers of last time, with copies of their files; what the draft is `begun_with` (of
/// the account, of the definition) comes before them. What is no longer right today is left out, and so is asked again.
pub(crate) fn kept(
    service: &Service,
    renewal: &Renewal,
    context: &Context,
    sent: &Answers,
    begun_with: Answers,
) -> (Answers, Vec<FileCopy>) {
    let names = |id: &str| renewal.keeps.iter().any(|name| name == id);
    let mut answers = Answers::default();
    for (step, field) in service.fields() {
        if names(&step.section) || names(&step.id) || names(&field.id) {
            let name = field.kind.rows().map_or(&field.id, |group| group.answered_as(&field.id));
            if field.kind.rows().is_some() || may_be_kept(field, names(&field.id)) {
                answers.set(name, sent.get(name).clone());
            }
        }
    }
    for (_, field) in service.fields() {
        if let Some(group) = field.kind.rows() {
            forget_in_rows(group, group.answered_as(&field.id), &names, &mut answers);
        }
    }
    answers.0.extend(begun_with.0);
    forget_withheld(service, &mut answers);
    forget_wrong(service, context, &mut answers);
    with_files_of_its_own(service, answers)
}

/// Files and certificates only where the field itself is named.
fn may_be_kept(field: &Field, is_named: bool) -> bool {
    let is_paper = field.kind.attachments().is_some() || field.kind.certificate().is_some();
    field.lasts() && (is_named || !is_paper)
}

fn forget_in_rows(group: &Group, name: &str, names: &impl Fn(&str) -> bool, answers: &mut Answers) {
    let rows = answers.0.get_mut(name).and_then(Value::as_array_mut);
    for row in rows.into_iter().flatten().filter_map(Value::as_object_mut) {
        for field in group.fields.iter().filter(|field| !may_be_kept(field, names(&format!("{name}.{}", field.id)))) {
            row.remove(&*field.id);
        }
    }
}

/// Nothing is kept of what a consent covers before it is given anew.
fn forget_withheld(service: &Service, answers: &mut Answers) {
    for field in service.withheld(answers) {
        answers.set(field.kind.rows().map_or(&field.id, |group| group.answered_as(&field.id)), Value::Null);
    }
}

fn forget_wrong(service: &Service, context: &Context, answers: &mut Answers) {
    let errors = service.check(&service.journey(answers, context));
    for FieldError { field, row, .. } in errors.into_iter().filter(FieldError::blocks) {
        match (row, field.split_once('.')) {
            (Some(row), Some((group, inner))) => {
                let row = answers.0.get_mut(group).and_then(|rows| rows.get_mut(row)).and_then(Value::as_object_mut);
                row.and_then(|row| row.remove(inner));
            }
            _ => answers.set(&field, Value::Null),
        }
    }
}
