//! Partners with a deadline: one that has not answered by then does not answer. Nothing of ours waits for ever for
//! others.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::{Map, Value};
use tokio::time::timeout;

use super::fault::{CERTIFICATES, IDENTITY, NUMBERS, PAYMENT, SMS};
use super::{
    Certificate, CertificateLibrary, Identity, NumberOrder, NumberRegister, PartnerError, Partners, Payment, Person,
    Register, SmsGateway,
};
use crate::store::Citizen;

impl Partners {
    /// The same partners, each of which has so long for an answer.
    pub(crate) fn within(self, deadline: Duration) -> Self {
        let register = |(name, register)| -> (&'static str, Arc<dyn Register>) {
            (name, Arc::new(Bounded { partner: register, name, deadline }))
        };
        Self {
            clock: self.clock,
            registers: self.registers.into_iter().map(register).collect(),
            certificates: Arc::new(Bounded { partner: self.certificates, name: CERTIFICATES, deadline }),
            identity: Arc::new(Bounded { partner: self.identity, name: IDENTITY, deadline }),
            sms: Arc::new(Bounded { partner: self.sms, name: SMS, deadline }),
            numbers: Arc::new(Bounded { partner: self.numbers, name: NUMBERS, deadline }),
            payment: Arc::new(Bounded { partner: self.payment, name: PAYMENT, deadline }),
        }
    }
}

struct Bounded<P: ?Sized> {
    partner: Arc<P>,
    name: &'static str,
    deadline: Duration,
}

impl<P: ?Sized> Bounded<P> {
    async fn within<T>(&self, answer: impl Future<Output = Result<T, PartnerError>>) -> Result<T, PartnerError> {
        timeout(self.deadline, answer).await.unwrap_or(Err(PartnerError(self.name)))
    }
}

#[async_trait]
impl Register for Bounded<dyn Register> {
    async fn find(&self, key: &str, requester: &Citizen) -> Result<Option<Map<String, Value>>, PartnerError> {
        self.within(self.partner.find(key, requester)).await
    }
}

#[async_trait]
impl CertificateLibrary for Bounded<dyn CertificateLibrary> {
    async fn wallet(&self, citizen: &Citizen) -> Result<Vec<Certificate>, PartnerError> {
        self.within(self.partner.wallet(citizen)).await
    }
}

#[async_trait]
impl Identity for Bounded<dyn Identity> {
    async fn by_phone(&self, phone: &str) -> Result<Option<Person>, PartnerError> {
        self.within(self.partner.by_phone(phone)).await
    }

    async fn by_ticket(&self, ticket: &str) -> Result<Option<Person>, PartnerError> {
        self.within(self.partner.by_ticket(ticket)).await
    }
}

#[async_trait]
impl SmsGateway for Bounded<dyn SmsGateway> {
    async fn send(&self, key: &str, phone: &str, text: &str) -> Result<(), PartnerError> {
        self.within(self.partner.send(key, phone, text)).await
    }
}

#[async_trait]
impl NumberRegister for Bounded<dyn NumberRegister> {
    async fn number(&self, order: &NumberOrder) -> Result<String, PartnerError> {
        self.within(self.partner.number(order)).await
    }
}

#[async_trait]
impl Payment for Bounded<dyn Payment> {
    async fn charge(&self, order: &str, cents: i64) -> Result<String, PartnerError> {
        self.within(self.partner.charge(order, cents)).await
    }

    async fn refund(&self, order: &str, cents: i64) -> Result<Option<String>, PartnerError> {
        self.within(self.partner.refund(order, cents)).await
    }
}
