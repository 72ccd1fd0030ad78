//! The outbox, and the demonstration's integrations, which live in the same database.

use async_trait::async_trait;
use serde_json::{Map, Value};

use super::{Seconds, StoreError};

/// An SMS that arrived.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Message {
    pub(crate) text: String,
    pub(crate) at: Seconds,
}

/// An SMS that is to be sent now.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct WaitingMessage {
    pub(crate) id: i64,
    pub(crate) phone: String,
    pub(crate) text: String,
    /// The number of failed attempts.
    pub(crate) failures: u32,
}

/// The messages that have not gone out, counted.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub(crate) struct Backlog {
    pub(crate) waiting: u32,
    /// Messages with at least one failed attempt.
    pub(crate) failing: u32,
    pub(crate) most_failures: u32,
    /// Since when the oldest waits.
    pub(crate) oldest_at: Option<Seconds>,
}

/// An invented person.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct DemoPerson {
    pub(crate) phone: String,
    pub(crate) name: String,
    pub(crate) resident_id: String,
    pub(crate) ticket: String,
    pub(crate) says_zh: String,
    pub(crate) says_en: String,
}

/// An entry of an invented register.
#[derive(Clone, Debug)]
pub(crate) struct RegisterEntry {
    pub(crate) register: String,
    pub(crate) key: String,
    pub(crate) entry: Map<String, Value>,
}

/// A certificate in somebody's invented wallet.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct WalletEntry {
    pub(crate) id: String,
    pub(crate) resident_id: String,
    pub(crate) r#type: String,
    pub(crate) title_zh: String,
    pub(crate) title_en: String,
    pub(crate) number: String,
    pub(crate) holder: String,
    pub(crate) valid_until: Option<String>,
}

#[async_trait]
pub(crate) trait IntegrationStore: Send + Sync {
    /// Leases waiting messages, the oldest first, so that no other sender takes them before `until`.
    async fn take_messages(&self, most: u32, now: Seconds, until: Seconds) -> Result<Vec<WaitingMessage>, StoreError>;
    /// The message could not be sent: no sender tries again before `until`.
    async fn message_waits(&self, id: i64, until: Seconds) -> Result<(), StoreError>;
    async fn message_was_sent(&self, id: i64, now: Seconds) -> Result<(), StoreError>;
    async fn backlog(&self) -> Result<Backlog, StoreError>;

    async fn seed_people(&self, people: Vec<DemoPerson>) -> Result<(), StoreError>;
    async fn seed_register(&self, entries: Vec<RegisterEntry>) -> Result<(), StoreError>;
    async fn seed_wallets(&self, entries: Vec<WalletEntry>) -> Result<(), StoreError>;

    async fn demo_people(&self) -> Result<Vec<DemoPerson>, StoreError>;
    async fn demo_register(&self) -> Result<Vec<RegisterEntry>, StoreError>;
    async fn demo_register_entry(&self, register: &str, key: &str) -> Result<Option<Map<String, Value>>, StoreError>;
    async fn demo_wallet(&self, resident_id: &str) -> Result<Vec<WalletEntry>, StoreError>;

    /// Once for a key.
    async fn receive_demo_message(&self, key: &str, phone: &str, text: &str, now: Seconds) -> Result<(), StoreError>;
    async fn demo_messages(&self, phone: &str) -> Result<Vec<Message>, StoreError>;

    /// The number of an order in a series; the next one for a new order.
    async fn demo_number(&self, series: &str, order: &str) -> Result<u32, StoreError>;
    /// Charges an order once and gives the number of the charge.
    async fn demo_charge(&self, order: &str, cents: i64, now: Seconds) -> Result<i64, StoreError>;
    async fn demo_refund(&self, order: &str, cents: i64, now: Seconds) -> Result<Option<i64>, StoreError>;

    async fn demo_fault(&self, partner: &str) -> Result<Option<String>, StoreError>;
    async fn set_demo_fault(&self, partner: &str, mode: &str) -> Result<(), StoreError>;
}
