//! What the account knows already, as first answers.

use contract::field::Prefill;
use contract::{Answers, Service};
use serde_json::Value;

use crate::store::Citizen;

/// The answers that a new draft begins with.
pub(crate) fn known_answers(service: &Service, citizen: &Citizen) -> Answers {
    let mut answers = Answers::default();
    for (_, field) in service.fields() {
        let known = match field.prefill {
            Some(Prefill::AccountName) => &citizen.name,
            Some(Prefill::AccountPhone) => &citizen.phone,
            Some(Prefill::AccountResidentId) => &citizen.resident_id,
            None => continue,
        };
        if !known.is_empty() {
            answers.set(&field.id, Value::from(known.as_str()));
        }
    }
    answers
}
