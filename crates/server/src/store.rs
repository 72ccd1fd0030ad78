//! The storage interface: one trait a subject, so that another database needs only its own SQL.

mod cases;
mod casework;
mod catalogue;
mod deliverables;
mod drafts;
mod figures;
mod grievances;
mod integrations;
mod notices;
mod rate_limits;
mod sessions;
mod signature_requests;
mod sqlite;
mod uploads;

use async_trait::async_trait;

pub(crate) use cases::{CaseRecord, CaseStore, NewCase, NewNotification, Submission, Submitted, TaskRecord};
pub(crate) use casework::{
    AssigneeChange, CaseworkStore, DueDateChange, EventRecord, Move, NewOfficerSession, OfficerRecord, QueueRecord,
    Step,
};
pub(crate) use catalogue::{CatalogueStore, Published};
pub(crate) use deliverables::{DeliverableStore, IssuedRecord, PaymentRecord, RefundRecord};
pub(crate) use drafts::{ChangedDraft, DraftRecord, DraftStore, FileCopy, NewDraftRecord, Saved};
pub(crate) use figures::{CountedCase, CountedDecision, Counts, FigureStore, Scope, SolvedRecord};
pub(crate) use grievances::{
    GrievanceEventRecord, GrievanceMove, GrievanceRecord, GrievanceStore, NewGrievanceRecord, NewRatingRecord,
    RatingRecord,
};
pub(crate) use integrations::{
    Backlog, DemoPerson, IntegrationStore, Message, RegisterEntry, WaitingMessage, WalletEntry,
};
pub(crate) use notices::{Notice, NoticeStore, ServedNotice};
pub(crate) use rate_limits::{Admission, RateLimitStore, RateLimitUse};
pub(crate) use sessions::{Citizen, Code, Known, NewCode, SessionStore, Vouched};
pub(crate) use signature_requests::{
    AnsweredRequest, FoundSignatureRequest, NewMessage, NewSignatureRequestRecord, SignatureChanges,
    SignatureRequestEnd, SignatureRequestRecord, SignatureRequestStore, SignedPlace, Signer,
};
pub(crate) use sqlite::Sqlite;
pub(crate) use uploads::{AttachmentRecord, Begun, FileLimits, Orphans, UploadRecord, UploadStore};

use crate::full_disk::is_full_disk;

/// Codes of SQLite: a write that found no room, the index of the write-ahead log that could not grow, a sync that
/// failed for whatever reason, and somebody else's transaction that was waited for long enough.
const FULL: i32 = 13;
const NO_ROOM_FOR_INDEX: i32 = 4874;
const NOT_SYNCED: i32 = 1034;
const LOCKED: i32 = 5;

/// Why the store did not answer.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// More is waiting than is good: come again.
    #[error("too much is waiting")]
    Busy,
    /// There is no room on the disk: nothing can be written until somebody makes some.
    #[error("the disk is full")]
    Full,
    /// A write may not have reached the disk, and SQLite does not say why.
    #[error("the disk does not take what was written")]
    NotSynced,
    #[error("the database: {0}")]
    Database(String),
    #[error("unreadable data: {0}")]
    Corrupt(String),
    /// The write relied on a state that has changed meanwhile.
    #[error("changed meanwhile")]
    Changed,
}

impl StoreError {
    pub(crate) fn is_changed(&self) -> bool {
        matches!(self, Self::Changed)
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(|error| error.code()).and_then(|code| code.parse().ok());
        match code {
            Some(FULL | NO_ROOM_FOR_INDEX) => Self::Full,
            Some(NOT_SYNCED) => Self::NotSynced,
            Some(LOCKED) => Self::Busy,
            _ if matches!(error, sqlx::Error::PoolTimedOut) => Self::Busy,
            _ if is_full_disk(&error) => Self::Full,
            _ => Self::Database(error.to_string()),
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
    + RateLimitStore
    + SessionStore
    + DraftStore
    + SignatureRequestStore
    + UploadStore
    + CaseStore
    + CaseworkStore
    + DeliverableStore
    + NoticeStore
    + GrievanceStore
    + FigureStore
    + IntegrationStore
{
    /// Whether it can be written to.
    async fn ping(&self) -> Result<(), StoreError>;

    /// Takes what was deleted out of every file, also out of those that keep earlier states for a while. `Busy` when
    /// somebody still reads an earlier state.
    async fn erase_deleted(&self) -> Result<(), StoreError>;
}
