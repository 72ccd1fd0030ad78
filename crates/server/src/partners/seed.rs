//! Puts the invented people and entries of `data/demonstration.toml` into the store.

use std::collections::BTreeMap;

use contract::{Text, date};
use serde::Deserialize;
use serde_json::{Map, Value};
use time::{Date, Duration};

use crate::secret;
use crate::store::{DemoPerson, OfficerRecord, RegisterEntry, Store, StoreError, WalletEntry};

/// Of every invented officer.
pub(crate) const PASSWORD: &str = "changde-2026";
const SEED_DATA: &str = include_str!("../../data/demonstration.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedData {
    people: Vec<Person>,
    registers: BTreeMap<String, Vec<Map<String, Value>>>,
    certificates: Vec<Certificate>,
    officers: Vec<Officer>,
}

/// An invented officer. `totp` is the shared secret in hex; the password is everybody's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Officer {
    id: String,
    name: String,
    agency: String,
    division: String,
    #[serde(default)]
    office: String,
    resident_id: String,
    totp: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    phone: String,
    name: String,
    resident_id: String,
    ticket: String,
    says: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Certificate {
    id: String,
    phone: String,
    r#type: String,
    title: Text,
    number: String,
    holder: String,
    valid_until: Option<String>,
}

/// Days written as `today-4` become days: the newborns of the demonstration stay newborns.
pub(super) async fn seed(store: &dyn Store, today: Date) -> Result<(), StoreError> {
    let seed_data: SeedData = toml::from_str(SEED_DATA).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    store.seed_wallets(wallets(&seed_data.people, seed_data.certificates)).await?;
    store.seed_people(seed_data.people.into_iter().map(DemoPerson::from).collect()).await?;
    let mut entries = entries(seed_data.registers);
    entries.iter_mut().flat_map(|one| one.entry.values_mut()).for_each(|value| set_day(value, today));
    store.seed_register(entries).await?;
    let password =
        secret::slow_hash(PASSWORD.to_owned()).await.map_err(|error| StoreError::Corrupt(error.to_string()))?;
    store.seed_officers(seed_data.officers.into_iter().map(|officer| officer.record(&password)).collect()).await
}

fn set_day(value: &mut Value, today: Date) {
    let Some(rest) = value.as_str().and_then(|text| text.strip_prefix("today-")) else { return };
    let (days, time) = rest.find('T').map_or((rest, ""), |at| rest.split_at(at));
    if let Ok(days) = days.parse() {
        *value = Value::from(date::print(today.saturating_sub(Duration::days(days))) + time);
    }
}

/// The number is the key; the rest is the entry.
fn entries(registers: BTreeMap<String, Vec<Map<String, Value>>>) -> Vec<RegisterEntry> {
    let mut all = Vec::new();
    for (register, entries) in registers {
        for mut entry in entries {
            let number = entry.remove("number");
            let key = number.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
            all.push(RegisterEntry { register: register.clone(), key, entry });
        }
    }
    all
}

impl Officer {
    fn record(self, password: &str) -> OfficerRecord {
        OfficerRecord {
            id: self.id,
            name: self.name,
            agency: self.agency,
            division: self.division,
            office: self.office,
            resident_id: self.resident_id,
            password: password.to_owned(),
            totp: self.totp,
        }
    }
}

impl From<Person> for DemoPerson {
    fn from(person: Person) -> Self {
        Self {
            phone: person.phone,
            name: person.name,
            resident_id: person.resident_id,
            ticket: person.ticket,
            says_zh: person.says.zh,
            says_en: person.says.en,
        }
    }
}

/// The certificates in the wallets of the people whose phones they name.
fn wallets(people: &[Person], certificates: Vec<Certificate>) -> Vec<WalletEntry> {
    let owner = |phone: &str| people.iter().find(|person| person.phone == phone);
    let entry = |certificate: Certificate| {
        Some(WalletEntry {
            resident_id: owner(&certificate.phone)?.resident_id.clone(),
            id: certificate.id,
            r#type: certificate.r#type,
            title_zh: certificate.title.zh,
            title_en: certificate.title.en,
            number: certificate.number,
            holder: certificate.holder,
            valid_until: certificate.valid_until,
        })
    };
    certificates.into_iter().filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use contract::field::Kind;
    use contract::kinds::{CreditCode, Phone, ResidentId};
    use contract::service::CITY;

    use super::*;
    use crate::offices::Offices;

    /// So that every task of a family finds its office.
    #[test]
    fn hospitals_and_stations_of_the_registers_are_offices_with_officers_in_at_least_four_counties() {
        let seed_data: SeedData = toml::from_str(SEED_DATA).unwrap();
        let (offices, entries) = (Offices::load().unwrap(), entries(seed_data.registers));
        for (register, name) in [("hospital-records", "hospital"), ("household-register", "station")] {
            for entry in entries.iter().filter(|entry| entry.register == register) {
                let office = entry.entry[name].as_str().and_then(|name| offices.of_name(name)).unwrap();
                let home = entry.entry.get("home").and_then(|home| home["division"].as_str());
                assert_eq!(home.unwrap_or(&office.division), office.division, "{}", entry.key);
            }
        }
        let staffed = seed_data.officers.iter().filter(|officer| officer.division != CITY);
        let counties: BTreeSet<&str> = staffed.map(|officer| officer.division.as_str()).collect();
        assert!(counties.len() >= 4, "{counties:?}");
        for officer in seed_data.officers.iter().filter(|officer| !officer.office.is_empty()) {
            let office = offices.of_code(&officer.office).unwrap();
            let of_officer = (officer.agency.as_str(), officer.division.as_str());
            assert_eq!((office.agency.as_str(), office.division.as_str()), of_officer, "{}", officer.name);
        }
    }

    #[test]
    fn invented_numbers_have_right_check_digits() {
        let seed_data: SeedData = toml::from_str(SEED_DATA).unwrap();
        for person in &seed_data.people {
            assert!(
                ResidentId::default().check(&Value::from(person.resident_id.as_str())).is_empty(),
                "{}",
                person.name
            );
            assert!(Phone::default().check(&Value::from(person.phone.as_str())).is_empty(), "{}", person.name);
        }
        for entry in entries(seed_data.registers).iter().filter(|entry| entry.register == "business-register") {
            assert!(CreditCode::default().check(&Value::from(entry.key.as_str())).is_empty(), "{}", entry.key);
        }
    }
}
