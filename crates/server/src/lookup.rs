//! Asking a register for a resident, so that no paper is needed (免提交), and writing down what it said.

use contract::kinds::{Lookup, LookupStatus};
use contract::{Answers, date};
use serde_json::{Map, Value, json};

use crate::backend::Backend;
use crate::draft::{OpenDraft, spelled_entry};
use crate::error::ApiError;
use crate::partners::may_be_told;
use crate::store::Citizen;

/// The answer of a register.
pub(crate) enum Found {
    Entry(Map<String, Value>),
    Nothing,
    NoAnswer,
}

/// Asks the register. Only what the definition fills in is taken over.
pub(crate) async fn ask(backend: &Backend, requester: &Citizen, lookup: &Lookup, key: &str) -> Found {
    let Some(register) = backend.partners.registers.get(lookup.register.as_str()) else { return Found::NoAnswer };
    match register.find(key, requester).await {
        Ok(Some(entry)) => {
            let is_told = |name: &str| lookup.takes(name) && may_be_told(&lookup.register, name);
            let wanted = entry.into_iter().filter(|(name, _)| is_told(name));
            Found::Entry(wanted.collect())
        }
        Ok(None) => Found::Nothing,
        Err(error) => {
            tracing::warn!(%error, register = lookup.register, "a lookup");
            Found::NoAnswer
        }
    }
}

/// The key of a lookup: the answers of the fields that it goes by, if they are valid.
pub(crate) fn key(draft: &OpenDraft, lookup: &Lookup) -> Result<String, ApiError> {
    draft
        .journey()
        .key(lookup)
        .map_err(|error| error.map_or(ApiError::NotFound, |error| ApiError::Invalid(vec![*error])))
}

/// The answers with what was found written into them. Fields that the resident wrote stay as they are.
pub(crate) fn filled(draft: &OpenDraft, id: &str, lookup: &Lookup, found: Found) -> Answers {
    let mut answers = draft.record.answers.clone();
    let before = answers.get(id).get("found").cloned().unwrap_or_default();
    let (status, found) = match found {
        Found::Entry(entry) => (LookupStatus::Matched, spelled_entry(&draft.service, lookup, entry)),
        Found::Nothing => (LookupStatus::NotFound, Map::new()),
        Found::NoAnswer => (LookupStatus::Unavailable, Map::new()),
    };
    for (field, name) in lookup.filled() {
        let typed = answers.get(field);
        let untouched = typed.is_null() || typed.as_str() == Some("") || before.get(name) == Some(typed);
        if let (true, Some(value)) = (untouched, found.get(name)) {
            answers.set(field, value.clone());
        }
    }
    answers.set(id, answer(draft, status, Value::Object(found)));
    answers
}

/// The answers after the resident said that the register is wrong: what it found stays, for the officer.
pub(crate) fn doubted(draft: &OpenDraft, id: &str) -> Result<Answers, ApiError> {
    let mut answers = draft.record.answers.clone();
    let found = answers.get(id).get("found").cloned();
    let found = found.ok_or_else(|| ApiError::Unreadable("nothing was looked up that could be wrong".to_owned()))?;
    answers.set(id, answer(draft, LookupStatus::Doubted, found));
    Ok(answers)
}

fn answer(draft: &OpenDraft, status: LookupStatus, found: Value) -> Value {
    json!({ "status": status, "at": date::print(draft.context.today), "found": found })
}
