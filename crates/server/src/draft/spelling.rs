//! Names where a question has a code list: typed before it had one, or given by a register. They become codes, so that
//! answers and what was found are compared code with code.

use contract::field::Kind;
use contract::kinds::{Choice, Lookup};
use contract::{Answers, Field, Service};
use serde_json::{Map, Value};

/// The answers with codes for names, also in what registers found.
pub(crate) fn spelled(service: &Service, answers: &Answers) -> Answers {
    let mut spelled = answers.clone();
    for (_, field) in service.fields() {
        let answer = answers.get(&field.id);
        if let (Some(choice), Some(typed)) = (listed(field), answer.as_str()) {
            spelled.set(&field.id, choice.read(typed).into());
        }
        let found = answer.get("found").and_then(Value::as_object);
        if let (Some(lookup), Some(found)) = (field.kind.lookup(), found) {
            let mut answer = answer.clone();
            answer["found"] = spelled_entry(service, lookup, found.clone()).into();
            spelled.set(&field.id, answer);
        }
    }
    spelled
}

/// An entry of a register, with a name that fills a choice of a code list as its code.
pub(crate) fn spelled_entry(service: &Service, lookup: &Lookup, mut entry: Map<String, Value>) -> Map<String, Value> {
    for (field, name) in lookup.filled() {
        let choice = service.field(field).and_then(listed);
        if let (Some(choice), Some(Value::String(found))) = (choice, entry.get_mut(name)) {
            *found = choice.read(found);
        }
    }
    entry
}

fn listed(field: &Field) -> Option<&Choice> {
    field.kind.choice().filter(|choice| choice.options_from.is_some())
}
