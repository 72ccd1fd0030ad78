//! Prefills answers from the resident's account.

use contract::field::Prefill;
use contract::{Answers, Field, Service};
use serde_json::Value;

use crate::store::Citizen;

/// The answers that a new draft begins with. Fields with a condition are prefilled once it holds.
pub(crate) fn known_answers(service: &Service, citizen: &Citizen) -> Answers {
    let fields = service.fields().map(|(_, field)| field).filter(|field| field.prefill_when.is_none());
    fields.filter_map(|field| Some((field.id.0.clone(), known(field, citizen)?))).collect()
}

/// The account's value for a field.
pub(super) fn known(field: &Field, citizen: &Citizen) -> Option<Value> {
    let known = match field.prefill? {
        Prefill::AccountName => &citizen.name,
        Prefill::AccountPhone => &citizen.phone,
        Prefill::AccountResidentId => &citizen.resident_id,
    };
    (!known.is_empty()).then(|| Value::from(known.as_str()))
}
