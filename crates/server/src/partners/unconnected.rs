//! Partners of a server that is not connected yet: each says that it does not answer, so that people are shown the
//! paper way.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;

use super::fault::{CERTIFICATES, IDENTITY, NUMBERS, PAYMENT, SMS};
use super::{
    Certificate, CertificateLibrary, Clock, Identity, NumberOrder, NumberRegister, PartnerError, Partners, Payment,
    Person, SmsGateway,
};
use crate::store::Citizen;

pub(super) fn partners(clock: Arc<dyn Clock>) -> Partners {
    let nobody = Arc::new(Nobody);
    Partners {
        clock,
        registers: BTreeMap::new(),
        certificates: nobody.clone(),
        identity: nobody.clone(),
        sms: nobody.clone(),
        numbers: nobody.clone(),
        payment: nobody,
    }
}

struct Nobody;

#[async_trait]
impl CertificateLibrary for Nobody {
    async fn wallet(&self, _: &Citizen) -> Result<Vec<Certificate>, PartnerError> {
        Err(PartnerError(CERTIFICATES))
    }
}

#[async_trait]
impl Identity for Nobody {
    async fn by_phone(&self, _: &str) -> Result<Option<Person>, PartnerError> {
        Err(PartnerError(IDENTITY))
    }

    async fn by_ticket(&self, _: &str) -> Result<Option<Person>, PartnerError> {
        Err(PartnerError(IDENTITY))
    }
}

#[async_trait]
impl SmsGateway for Nobody {
    async fn send(&self, _: &str, _: &str, _: &str) -> Result<(), PartnerError> {
        Err(PartnerError(SMS))
    }
}

#[async_trait]
impl NumberRegister for Nobody {
    async fn number(&self, _: &NumberOrder) -> Result<String, PartnerError> {
        Err(PartnerError(NUMBERS))
    }
}

#[async_trait]
impl Payment for Nobody {
    async fn charge(&self, _: &str, _: i64) -> Result<String, PartnerError> {
        Err(PartnerError(PAYMENT))
    }

    async fn refund(&self, _: &str, _: i64) -> Result<Option<String>, PartnerError> {
        Err(PartnerError(PAYMENT))
    }
}
