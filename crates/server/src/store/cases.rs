//! Submitted cases with their tasks, and the keys that make sending safe to repeat.

use async_trait::async_trait;
use contract::Answers;
use contract::case::CaseStatus;

use super::{Orphans, Seconds, Step, StoreError};
use crate::offices::Destination;

/// A verified application, about to become a case.
#[derive(Clone, Debug)]
pub(crate) struct NewCase {
    pub(crate) citizen: String,
    pub(crate) draft: String,
    /// The version that the resident reviewed.
    pub(crate) draft_version: u64,
    pub(crate) service: String,
    pub(crate) service_version: u32,
    pub(crate) division: String,
    pub(crate) track: Option<String>,
    pub(crate) family: Option<String>,
    /// The code of the certificate that it applies for again.
    pub(crate) renews: Option<String>,
    pub(crate) answers: Answers,
    /// Of the files that the answers hold.
    pub(crate) attachments: Vec<String>,
    pub(crate) tasks: Vec<TaskRecord>,
    pub(crate) received_at: Seconds,
    /// Of the day in Changde; references count by month.
    pub(crate) year: i32,
    pub(crate) month: u8,
    pub(crate) key: String,
    /// Digest of the request that the key stands for.
    pub(crate) body: String,
    pub(crate) phone: String,
    /// The SMS; `{reference}` becomes the number.
    pub(crate) message: String,
    /// Others who are told, once: a correction tells nobody.
    pub(crate) notifications: Vec<NewNotification>,
}

/// An SMS to somebody whose data the application uses; `{reference}` becomes the number.
#[derive(Clone, Debug)]
pub(crate) struct NewNotification {
    /// As the definition calls it.
    pub(crate) id: String,
    pub(crate) phone: String,
    pub(crate) text: String,
}

#[derive(Clone, Debug)]
pub(crate) struct TaskRecord {
    pub(crate) item: String,
    pub(crate) status: CaseStatus,
    pub(crate) due: Option<String>,
    pub(crate) due_is_provisional: bool,
    pub(crate) agency: String,
    /// Whose officers see it.
    pub(crate) destination: Destination,
    pub(crate) version: u64,
    /// The id of the officer who has claimed the task.
    pub(crate) assignee: Option<String>,
    /// Working days of the promise.
    pub(crate) promised: u32,
    /// The time at which its status began.
    pub(crate) since: Seconds,
}

#[derive(Clone, Debug)]
pub(crate) struct CaseRecord {
    pub(crate) reference: String,
    pub(crate) citizen: String,
    pub(crate) service: String,
    pub(crate) service_version: u32,
    pub(crate) division: String,
    pub(crate) track: Option<String>,
    pub(crate) family: Option<String>,
    /// The code of the certificate that it applies for again.
    pub(crate) renews: Option<String>,
    pub(crate) answers: Answers,
    pub(crate) received_at: Seconds,
    pub(crate) tasks: Vec<TaskRecord>,
}

/// The submission that an idempotency key stands for.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Submission {
    pub(crate) body: String,
    pub(crate) reference: String,
}

/// The outcome of a submission.
#[derive(Clone, Debug)]
pub(crate) enum Submitted {
    Now {
        reference: String,
        /// Files that no answer holds.
        orphaned: Orphans,
    },
    /// The key was used, in time to see it.
    Before(Submission),
    /// The draft changed after the resident reviewed it, or is gone.
    Changed,
}

#[async_trait]
pub(crate) trait CaseStore: Send + Sync {
    async fn submission(&self, citizen: &str, key: &str) -> Result<Option<Submission>, StoreError>;

    /// Everything in one transaction: case, tasks, files, draft, key, audit and the message that goes out.
    async fn submit(&self, case: NewCase) -> Result<Submitted, StoreError>;

    /// The same for a case that was returned: its answers are replaced, its tasks take their steps.
    async fn correct(&self, reference: &str, correction: NewCase, steps: Vec<Step>) -> Result<Submitted, StoreError>;

    async fn cases_of(&self, citizen: &str) -> Result<Vec<CaseRecord>, StoreError>;
    async fn case_of(&self, citizen: &str, reference: &str) -> Result<Option<CaseRecord>, StoreError>;

    /// References of a family's applications, the oldest first.
    async fn family_of(&self, citizen: &str, family: &str) -> Result<Vec<String>, StoreError>;
}
