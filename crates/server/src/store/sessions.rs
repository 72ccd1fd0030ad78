//! People, the codes that prove their phone, and their sessions.

use async_trait::async_trait;

use super::{Seconds, StoreError};

/// A resident who has signed in at least once.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Citizen {
    pub(crate) id: String,
    pub(crate) phone: String,
    /// Empty as long as no identity partner gave it.
    pub(crate) name: String,
    pub(crate) resident_id: String,
    /// 256 random bits in hex, for the journal on the phone.
    pub(crate) journal_key: String,
}

/// The data of a person that signing in gives.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) phone: String,
    /// Empty where no identity partner gave it.
    pub(crate) name: String,
    pub(crate) resident_id: String,
    /// For somebody who has none yet.
    pub(crate) journal_key: String,
}

#[cfg(test)]
impl Known {
    /// A person of whom only the phone is known.
    pub(crate) fn by_phone(phone: &str) -> Self {
        Self { phone: phone.to_owned(), name: String::new(), resident_id: String::new(), journal_key: String::new() }
    }
}

/// A code that was sent and may still be used.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Code {
    pub(crate) id: String,
    pub(crate) hash: String,
}

/// A code to be kept.
#[derive(Clone, Debug)]
pub(crate) struct NewCode {
    pub(crate) phone: String,
    pub(crate) hash: String,
    pub(crate) sent_at: Seconds,
    pub(crate) expires_at: Seconds,
}

#[async_trait]
pub(crate) trait SessionStore: Send + Sync {
    /// Keeps a code; older ones to the same phone no longer open anything.
    async fn add_code(&self, code: NewCode) -> Result<(), StoreError>;

    /// Counts an attempt at the open code before the code is compared. `None` when no attempt is left.
    async fn attempt_code(&self, phone: &str, max_attempts: u32, now: Seconds) -> Result<Option<Code>, StoreError>;

    /// Marks a code as used; false when another request used it first.
    async fn use_code(&self, id: &str) -> Result<bool, StoreError>;

    /// The person with this phone, made if new. What is newly known of them is kept; a journal's key that is there stays.
    async fn citizen_with(&self, known: Known, now: Seconds) -> Result<Citizen, StoreError>;

    async fn open_session(&self, hash: &str, citizen: &str, now: Seconds) -> Result<(), StoreError>;

    /// The owner of a session and when it was last used, unless it began or was used too long ago.
    async fn session(
        &self,
        hash: &str,
        opened_after: Seconds,
        seen_after: Seconds,
    ) -> Result<Option<(Citizen, Seconds)>, StoreError>;

    async fn touch_session(&self, hash: &str, now: Seconds) -> Result<(), StoreError>;
    async fn close_session(&self, hash: &str) -> Result<(), StoreError>;

    /// Deletes what is too old to open anything.
    async fn delete_expired_sessions(&self, opened_before: Seconds) -> Result<(), StoreError>;
    async fn delete_expired_codes(&self, sent_before: Seconds) -> Result<(), StoreError>;
}
