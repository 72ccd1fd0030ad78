//! Whom the demonstration's registers of people tell what they have: the person, and the other parent whom the hospital's
//! records name. Anybody else hears what they would hear of a number that does not exist.

use serde_json::{Map, Value};

use super::PartnerError;
use super::fault::HOSPITAL_RECORDS;
use crate::store::{RegisterEntry, Store};

/// Those of a family beside the parents who may ask, in an entry; it is never told.
const KNOWN_TO: &str = "known-to";

/// The entry for the one who asks, if it is for them.
pub(super) async fn released(
    store: &dyn Store,
    register: &'static str,
    key: &str,
    asker: &str,
    mut entry: Map<String, Value>,
) -> Result<Option<Map<String, Value>>, PartnerError> {
    let person = person_of(key);
    let known_to = entry.remove(KNOWN_TO).unwrap_or_default();
    let is_named = known_to.as_array().is_some_and(|all| all.iter().any(|one| one == asker));
    if person == asker || is_named || father_of(&entry) == Some(asker) {
        return Ok(Some(entry));
    }
    let records = store.demo_register().await.map_err(|_| PartnerError(register))?;
    let is_couple = |record: &RegisterEntry| {
        let parents = [Some(person_of(&record.key)), father_of(&record.entry)];
        record.register == HOSPITAL_RECORDS && parents.contains(&Some(person)) && parents.contains(&Some(asker))
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
