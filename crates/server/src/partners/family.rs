//! Access to the demonstration's registers of people: an entry is released to the person and to the other parent whom
//! the hospital's records name. For anybody else the number does not exist.

use serde_json::{Map, Value};

use super::PartnerError;
use super::fault::HOSPITAL_RECORDS;
use crate::store::{RegisterEntry, Store};

/// The field of an entry that lists further family members who may see it; it is never released.
const KNOWN_TO: &str = "known-to";

/// The entry, if the requester may see it.
pub(super) async fn released(
    store: &dyn Store,
    register: &'static str,
    key: &str,
    requester: &str,
    mut entry: Map<String, Value>,
) -> Result<Option<Map<String, Value>>, PartnerError> {
    let person = person_of(key);
    let known_to = entry.remove(KNOWN_TO).unwrap_or_default();
    let is_named = known_to.as_array().is_some_and(|all| all.iter().any(|one| one == requester));
    if person == requester || is_named || father_of(&entry) == Some(requester) {
        return Ok(Some(entry));
    }
    let records = store.demo_register().await.map_err(|_| PartnerError(register))?;
    let is_couple = |record: &RegisterEntry| {
        let parents = [Some(person_of(&record.key)), father_of(&record.entry)];
        record.register == HOSPITAL_RECORDS && parents.contains(&Some(person)) && parents.contains(&Some(requester))
    };
    Ok(records.iter().any(is_couple).then_some(entry))
}

/// A key may carry more than the number of the person.
fn person_of(key: &str) -> &str {
    key.split_once('/').map_or(key, |(person, _)| person)
}

fn father_of(entry: &Map<String, Value>) -> Option<&str> {
    entry.get("father-id").and_then(Value::as_str)
}
