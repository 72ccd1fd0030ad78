//! People, the codes that prove their phone, and their sessions.

use async_trait::async_trait;

use super::{Seconds, StoreError};

/// A resident who has signed in at least once.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Citizen {
    pub(crate) id: String,
    /// Where messages go. Empty where somebody else has the number now.
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
    /// Whether a code came to the phone just now. Another phone does not replace the one that an account has.
    pub(crate) phone_is_proved: bool,
    /// The phone alone opens an account that was last opened after this.
    pub(crate) phone_opens_since: Seconds,
    pub(crate) vouched: Vouched,
    /// For somebody who has none yet.
    pub(crate) journal_key: String,
}

/// What the identity service says of the person.
#[derive(Clone, Debug)]
pub(crate) enum Vouched {
    Person {
        name: String,
        /// Not empty.
        resident_id: String,
    },
    /// It knows nobody with this phone.
    Nobody,
    NoAnswer,
}

#[cfg(test)]
impl Known {
    /// A person of whom only the phone is known.
    pub(crate) fn by_phone(phone: &str) -> Self {
        let (phone, journal_key) = (phone.to_owned(), String::new());
        Self { phone, phone_is_proved: true, phone_opens_since: 0, vouched: Vouched::Nobody, journal_key }
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

    /// The account of this person, made if new: by resident number, and by the phone alone only where that is all that
    /// is known. A journal's key that is there stays.
    async fn citizen_with(&self, known: Known, now: Seconds) -> Result<Citizen, StoreError>;

    /// Marks a ticket as used; false when it was used before.
    async fn use_ticket(&self, hash: &str, now: Seconds) -> Result<bool, StoreError>;

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
