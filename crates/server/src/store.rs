//! What is kept, as questions. One trait a subject, so that another database needs only its own SQL.

mod catalogue;
mod drafts;
mod outside;
mod sessions;
mod sqlite;
mod uploads;

use async_trait::async_trait;

pub(crate) use catalogue::{CatalogueStore, Published};
pub(crate) use drafts::{DraftRecord, DraftStore, NewDraftRecord, Saved};
pub(crate) use outside::{DemoPerson, Message, OutsideStore, RegisterEntry, WalletEntry};
pub(crate) use sessions::{Citizen, Code, NewCode, SentCodes, SessionStore};
pub(crate) use sqlite::Sqlite;
pub(crate) use uploads::{AttachmentRecord, UploadRecord, UploadStore};

/// Why the store did not answer.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// More is waiting to be written than is good: come again.
    #[error("the write queue is full")]
    Busy,
    #[error("the database: {0}")]
    Database(String),
    #[error("unreadable data: {0}")]
    Corrupt(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.to_string())
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}

/// Seconds since 1970, as all times are kept.
pub(crate) type Seconds = i64;

/// Everything that is kept.
#[async_trait]
pub(crate) trait Store: CatalogueStore + SessionStore + DraftStore + UploadStore + OutsideStore {}
