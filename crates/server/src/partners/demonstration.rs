//! The demonstration's partners: they answer from invented entries in our own database.

use std::sync::Arc;

use async_trait::async_trait;
use contract::Text;
use serde_json::{Map, Value};

use super::family::released;
use super::fault::{
    BUSINESS_REGISTER, CERTIFICATES, IDENTITY, NAME_REGISTER, PROMISE_REGISTER, REGISTERS, SMS, simulate_fault,
};
use super::{Certificate, CertificateLibrary, Clock, Identity, PartnerError, Partners, Person, Register, SmsGateway};
use crate::store::{Citizen, DemoPerson, Store, WalletEntry};

pub(super) fn partners(store: &Arc<dyn Store>, clock: Arc<dyn Clock>) -> Partners {
    let register = |name| -> (&'static str, Arc<dyn Register>) {
        (name, Arc::new(DemonstrationRegister { name, store: Arc::clone(store) }))
    };
    let everybody = Arc::new(Demonstration { store: Arc::clone(store), clock: Arc::clone(&clock) });
    Partners {
        clock,
        registers: REGISTERS.into_iter().map(register).collect(),
        certificates: everybody.clone(),
        identity: everybody.clone(),
        sms: everybody.clone(),
        numbers: everybody.clone(),
        payment: everybody,
    }
}

struct DemonstrationRegister {
    name: &'static str,
    store: Arc<dyn Store>,
}

#[async_trait]
impl Register for DemonstrationRegister {
    async fn find(&self, key: &str, requester: &Citizen) -> Result<Option<Map<String, Value>>, PartnerError> {
        let wrong = simulate_fault(&*self.store, self.name).await?;
        let entry = self.store.demo_register_entry(self.name, key).await.map_err(|_| PartnerError(self.name))?;
        if !wrong {
            return match (self.name, entry) {
                (BUSINESS_REGISTER, entry) => Ok(entry),
                // Of a name that nobody bears, that register says so.
                (NAME_REGISTER, entry) => Ok(Some(entry.unwrap_or_else(nobody))),
                (PROMISE_REGISTER, entry) => Ok(Some(entry.unwrap_or_else(no_false_promise))),
                (_, None) => Ok(None),
                (_, Some(entry)) => released(&*self.store, self.name, key, &requester.resident_id, entry).await,
            };
        }
        // Somebody else's entry, as after a mix-up at the register.
        let others = self.store.demo_register().await.map_err(|_| PartnerError(self.name))?;
        Ok(others.into_iter().find(|other| other.register == self.name && other.key != key).map(|other| other.entry))
    }
}

fn nobody() -> Map<String, Value> {
    Map::from_iter([("count".to_owned(), Value::from("0"))])
}

fn no_false_promise() -> Map<String, Value> {
    Map::from_iter([("broken".to_owned(), Value::from("no"))])
}

pub(super) struct Demonstration {
    pub(super) store: Arc<dyn Store>,
    pub(super) clock: Arc<dyn Clock>,
}

#[async_trait]
impl CertificateLibrary for Demonstration {
    async fn wallet(&self, citizen: &Citizen) -> Result<Vec<Certificate>, PartnerError> {
        let wrong = simulate_fault(&*self.store, CERTIFICATES).await?;
        if wrong {
            return Ok(Vec::new());
        }
        let wallet = self.store.demo_wallet(&citizen.resident_id).await.map_err(|_| PartnerError(CERTIFICATES))?;
        Ok(wallet.into_iter().map(Certificate::from).collect())
    }
}

impl From<WalletEntry> for Certificate {
    fn from(entry: WalletEntry) -> Self {
        Self {
            id: entry.id,
            r#type: entry.r#type,
            title: Text::new(entry.title_zh, entry.title_en),
            number: entry.number,
            holder: entry.holder,
            valid_until: entry.valid_until,
        }
    }
}

#[async_trait]
impl Identity for Demonstration {
    async fn by_phone(&self, phone: &str) -> Result<Option<Person>, PartnerError> {
        self.person(|person| person.phone == phone).await
    }

    async fn by_ticket(&self, ticket: &str) -> Result<Option<Person>, PartnerError> {
        // What follows a dot makes another ticket for the same person: each opens one session.
        let ticket = ticket.split_once('.').map_or(ticket, |(ticket, _)| ticket);
        self.person(|person| person.ticket == ticket).await
    }
}

impl Demonstration {
    async fn person(&self, is_it: impl Fn(&DemoPerson) -> bool + Send) -> Result<Option<Person>, PartnerError> {
        let wrong = simulate_fault(&*self.store, IDENTITY).await?;
        let people = self.store.demo_people().await.map_err(|_| PartnerError(IDENTITY))?;
        let found = people.into_iter().find(is_it).filter(|_| !wrong);
        Ok(found.map(|person| Person { phone: person.phone, name: person.name, resident_id: person.resident_id }))
    }
}

#[async_trait]
impl SmsGateway for Demonstration {
    async fn send(&self, key: &str, phone: &str, text: &str) -> Result<(), PartnerError> {
        // Wrong, for a gateway: it says yes and the message never comes.
        if simulate_fault(&*self.store, SMS).await? {
            return Ok(());
        }
        let received = self.store.receive_demo_message(key, phone, text, self.clock.seconds()).await;
        received.map_err(|_| PartnerError(SMS))
    }
}
