//! What is kept, as questions. One trait a subject, so that another database needs only its own SQL.

mod cases;
mod casework;
mod catalogue;
mod deliverables;
mod drafts;
mod figures;
mod grievances;
mod notices;
mod outside;
mod sessions;
mod sqlite;
mod uploads;

use async_trait::async_trait;

pub(crate) use cases::{CaseRecord, CaseStore, NewCase, Submission, Submitted, TaskRecord};
pub(crate) use casework::{CaseworkStore, EventRecord, Move, OfficerRecord, QueueRecord, Step};
pub(crate) use catalogue::{CatalogueStore, Published};
pub(crate) use deliverables::{DeliverableStore, IssuedRecord, PaymentRecord};
pub(crate) use drafts::{DraftRecord, DraftStore, FileCopy, NewDraftRecord, Saved};
pub(crate) use figures::{CountedCase, CountedDecision, Counts, FigureStore, Scope, SolvedRecord};
pub(crate) use grievances::{
    GrievanceEventRecord, GrievanceMove, GrievanceRecord, GrievanceStore, NewGrievanceRecord, NewRatingRecord,
    RatingRecord, TriesAllowed,
};
pub(crate) use notices::{Notice, NoticeStore, ServedNotice};
pub(crate) use outside::{Backlog, DemoPerson, Message, OutsideStore, RegisterEntry, WaitingMessage, WalletEntry};
pub(crate) use sessions::{Citizen, Code, Known, NewCode, SentCodes, SessionStore};
pub(crate) use sqlite::Sqlite;
pub(crate) use uploads::{AttachmentRecord, UploadRecord, UploadStore};

/// Why the store did not answer.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// More is waiting than is good: come again.
    #[error("too much is waiting")]
    Busy,
    #[error("the database: {0}")]
    Database(String),
    #[error("unreadable data: {0}")]
    Corrupt(String),
    /// What was to be written rested on something that is no longer so.
    #[error("changed meanwhile")]
    Changed,
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut => Self::Busy,
            other => Self::Database(other.to_string()),
        }
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
pub(crate) trait Store:
    CatalogueStore
    + SessionStore
    + DraftStore
    + UploadStore
    + CaseStore
    + CaseworkStore
    + DeliverableStore
    + NoticeStore
    + GrievanceStore
    + FigureStore
    + OutsideStore
{
    /// Whether it can be written to.
    async fn ping(&self) -> Result<(), StoreError>;
}
