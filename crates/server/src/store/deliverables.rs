//! Deliverables of cases: certificates and payments.

use async_trait::async_trait;

use super::{Seconds, StoreError};

/// An electronic certificate that the approval of an item issued.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct IssuedRecord {
    pub(crate) reference: String,
    pub(crate) item: String,
    pub(crate) r#type: String,
    pub(crate) title_zh: String,
    pub(crate) title_en: String,
    pub(crate) number: String,
    pub(crate) holder: String,
    pub(crate) agency_zh: String,
    pub(crate) agency_en: String,
    pub(crate) issued_at: Seconds,
    /// 128 random bits in hex.
    pub(crate) code: String,
    /// The last day on which it holds, where it ends.
    pub(crate) valid_until: Option<String>,
    /// The day on which its holder is reminded of that.
    pub(crate) remind_on: Option<String>,
    /// The code of the certificate whose place it takes.
    pub(crate) replaces: Option<String>,
    /// When another one took its place.
    pub(crate) replaced_at: Option<Seconds>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct PaymentRecord {
    pub(crate) reference: String,
    pub(crate) cents: i64,
    /// The payment service's.
    pub(crate) number: String,
    pub(crate) paid_at: Seconds,
    /// The time of the refund, if there was one.
    pub(crate) refunded_at: Option<Seconds>,
}

/// The refund of a payment for a case.
#[derive(Clone, Debug)]
pub(crate) struct RefundRecord {
    pub(crate) reference: String,
    pub(crate) cents: i64,
    /// The payment service's.
    pub(crate) number: String,
    pub(crate) refunded_at: Seconds,
}

#[async_trait]
pub(crate) trait DeliverableStore: Send + Sync {
    async fn issued_of_case(&self, reference: &str) -> Result<Vec<IssuedRecord>, StoreError>;
    /// All of a citizen's cases, the newest first.
    async fn issued_of(&self, citizen: &str) -> Result<Vec<IssuedRecord>, StoreError>;
    async fn issued_with(&self, code: &str) -> Result<Option<IssuedRecord>, StoreError>;
    /// The newest application that was sent to renew a certificate and that no office has turned down.
    async fn renewal_of(&self, code: &str) -> Result<Option<String>, StoreError>;

    /// Certificates whose holder is to be reminded until this day and was not, with the holder's id: they hold still, and
    /// no office is asked to renew them.
    async fn ending(&self, today: &str) -> Result<Vec<(String, IssuedRecord)>, StoreError>;
    /// Keeps that the holder was reminded, with the message, unless that was done or it was replaced meanwhile.
    async fn keep_reminder(&self, code: &str, citizen: &str, message: String, now: Seconds) -> Result<(), StoreError>;

    async fn payment_of(&self, reference: &str) -> Result<Option<PaymentRecord>, StoreError>;
    /// Keeps a payment with its audit and message; one that is kept already stays as it is.
    async fn keep_payment(&self, payment: PaymentRecord, citizen: &str, message: String) -> Result<(), StoreError>;

    /// Records the order before it is charged.
    async fn order_payment(&self, reference: &str, now: Seconds) -> Result<(), StoreError>;
    /// Cases with an item that was not granted and for which a payment may be left to refund. A case that was neither
    /// ordered nor ended since `since`, and is not known to be paid, was never paid.
    async fn perhaps_refundable(&self, since: Seconds) -> Result<Vec<String>, StoreError>;
    /// Keeps a refund with its audit and message, once.
    async fn keep_refund(&self, refund: RefundRecord, message: String) -> Result<(), StoreError>;

    /// Counts the events of a case: steps, its payment, its refund, and recomputed due dates.
    async fn happened(&self, reference: &str) -> Result<u64, StoreError>;
}
