//! Integrations with other systems: one trait each, so that a real connection replaces a demonstration without other
//! changes.

mod clock;
mod deadline;
mod demonstration;
mod family;
mod fault;
mod numbers;
mod seed;
mod unconnected;

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use contract::service::NumberRule;
use serde_json::{Map, Value};
use time::Date;

use crate::store::{Citizen, Store, StoreError};

pub use clock::{Clock, SystemClock};
pub(crate) use clock::{clock_time, in_changde, readable, rfc3339};
pub(crate) use fault::{FAULTY_PARTNERS, FaultMode};
pub(crate) use seed::PASSWORD as DEMO_PASSWORD;

/// A partner did not answer in time, or not at all.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0} does not answer")]
pub(crate) struct PartnerError(pub(crate) &'static str);

/// A register that is queried by a number: business register, population register. A register of people answers only
/// the person and the family; for others, a number is not found.
#[async_trait]
pub(crate) trait Register: Send + Sync {
    /// The entry under the key, if the requester may know it.
    async fn find(&self, key: &str, requester: &Citizen) -> Result<Option<Map<String, Value>>, PartnerError>;
}

/// What the public registers of businesses and of their credit show to everybody (国家企业信用信息公示系统, 信用中国).
const PUBLIC_OF_BUSINESSES: [&str; 8] = ["name", "kind", "operator", "address", "home", "since", "status", "standing"];

/// Whether a register may tell a requester this of an entry: anybody may ask for a business, and learns what is public.
pub(crate) fn may_be_told(register: &str, name: &str) -> bool {
    register != fault::BUSINESS_REGISTER || PUBLIC_OF_BUSINESSES.contains(&name)
}

/// Electronic certificates (电子证照).
#[async_trait]
pub(crate) trait CertificateLibrary: Send + Sync {
    async fn wallet(&self, citizen: &Citizen) -> Result<Vec<Certificate>, PartnerError>;
}

/// A certificate with its full number; only redacted ones leave the server.
#[derive(Clone, Debug)]
pub(crate) struct Certificate {
    pub(crate) id: String,
    pub(crate) r#type: String,
    pub(crate) title: contract::Text,
    pub(crate) number: String,
    pub(crate) holder: String,
    pub(crate) valid_until: Option<String>,
}

/// Finds the person who owns a phone number or a super-app's ticket.
#[async_trait]
pub(crate) trait Identity: Send + Sync {
    async fn by_phone(&self, phone: &str) -> Result<Option<Person>, PartnerError>;
    async fn by_ticket(&self, ticket: &str) -> Result<Option<Person>, PartnerError>;
}

#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) phone: String,
    pub(crate) name: String,
    pub(crate) resident_id: String,
}

#[async_trait]
pub(crate) trait SmsGateway: Send + Sync {
    /// Safe to send again: what a key stands for goes out once.
    async fn send(&self, key: &str, phone: &str, text: &str) -> Result<(), PartnerError>;
}

/// Gives out the numbers of what is issued: birth certificates, resident IDs, permits.
#[async_trait]
pub(crate) trait NumberRegister: Send + Sync {
    /// Safe to ask again: an order has one number.
    async fn number(&self, order: &NumberOrder) -> Result<String, PartnerError>;
}

/// The order for a number.
#[derive(Clone, Debug)]
pub(crate) struct NumberOrder {
    /// The same for the same thing.
    pub(crate) key: String,
    pub(crate) rule: NumberRule,
    pub(crate) pattern: String,
    pub(crate) division: String,
    pub(crate) year: i32,
    pub(crate) born: Option<Date>,
    pub(crate) is_male: bool,
}

/// Charges the resident, and gives back.
#[async_trait]
pub(crate) trait Payment: Send + Sync {
    /// Safe to send again: an order is charged once. Gives the payment service's number.
    async fn charge(&self, order: &str, cents: i64) -> Result<String, PartnerError>;
    /// Gives back this much of what was charged for an order, once. `None` where nothing was charged.
    async fn refund(&self, order: &str, cents: i64) -> Result<Option<String>, PartnerError>;
}

/// All of them.
#[derive(Clone)]
pub(crate) struct Partners {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) registers: BTreeMap<&'static str, Arc<dyn Register>>,
    pub(crate) certificates: Arc<dyn CertificateLibrary>,
    pub(crate) identity: Arc<dyn Identity>,
    pub(crate) sms: Arc<dyn SmsGateway>,
    pub(crate) numbers: Arc<dyn NumberRegister>,
    pub(crate) payment: Arc<dyn Payment>,
}

impl Partners {
    /// Invented people and registers, kept in the store.
    pub(crate) async fn demonstration(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        seed::seed(&*store, in_changde(clock.seconds()).date()).await?;
        Ok(demonstration::partners(&store, clock))
    }

    /// No connection yet: everything that needs one says so.
    pub(crate) fn unconnected(clock: Arc<dyn Clock>) -> Self {
        unconnected::partners(clock)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_business_nothing_is_told_that_is_not_public() {
        for (register, name, is_told) in [
            ("business-register", "operator", true),
            ("business-register", "operator-id", false),
            ("business-register", "phone", false),
            ("population-register", "address", true),
        ] {
            assert_eq!(may_be_told(register, name), is_told, "{register}: {name}");
        }
    }
}
