//! A draft that begins with what a family shared in an earlier application: twins.

use std::collections::BTreeMap;

use contract::{Answers, Service};
use serde_json::Value;
use uuid::Uuid;

use crate::store::FileCopy;

/// The shared answers of a case, and the copies of the files that they hold.
pub(crate) fn shared(service: &Service, sent: &Answers) -> (Answers, Vec<FileCopy>) {
    let mut answers = Answers::default();
    for (step, field) in service.fields() {
        if service.is_shared(step, field) {
            let name = field.kind.rows().map_or(&field.id, |group| group.answered_as(&field.id));
            answers.set(name, sent.get(name).clone());
        }
    }
    // Nobody has signed for the other one.
    for path in service.signature_paths() {
        answers.change_each(&path, |_| Value::Null);
    }
    with_files_of_its_own(service, answers)
}

/// Answers of a case as those of a draft: what is computed is left out, and each file has a new id.
pub(super) fn with_files_of_its_own(service: &Service, mut answers: Answers) -> (Answers, Vec<FileCopy>) {
    forget_computed(service, &mut answers);
    let copies: BTreeMap<String, String> =
        answers.files().into_iter().map(|id| (id.to_owned(), Uuid::new_v4().to_string())).collect();
    answers.0.values_mut().for_each(|value| rename(value, &copies));
    (answers, copies.into_iter().map(|(from, to)| FileCopy { from, to }).collect())
}

fn forget_computed(service: &Service, answers: &mut Answers) {
    for (_, field) in service.fields() {
        if field.kind.computed().is_some() {
            answers.set(&field.id, Value::Null);
        }
        let Some(group) = field.kind.rows() else { continue };
        let rows = answers.0.get_mut(&**group.answered_as(&field.id)).and_then(Value::as_array_mut);
        for row in rows.into_iter().flatten().filter_map(Value::as_object_mut) {
            row.retain(|name, _| !group.fields.iter().any(|one| one.id == **name && one.kind.computed().is_some()));
        }
    }
}

/// Gives each file its new id, rows included.
fn rename(value: &mut Value, copies: &BTreeMap<String, String>) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(|each| rename(each, copies)),
        Value::Object(object) => {
            let is_file = object.contains_key("bytes");
            if let Some(Value::String(id)) = object.get_mut("id").filter(|_| is_file)
                && let Some(to) = copies.get(id.as_str())
            {
                id.clone_from(to);
            }
            object.values_mut().for_each(|each| rename(each, copies));
        }
        _ => {}
    }
}
