//! Officers, and how tasks move.

use async_trait::async_trait;
use contract::api::Reason;
use contract::case::{Action, Actor, CaseStatus};

use super::{CaseRecord, Citizen, IssuedRecord, Notice, Seconds, StoreError, TaskRecord};

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct OfficerRecord {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) agency: String,
    pub(crate) division: String,
    /// The office below the agency; empty for officers of the agency itself.
    pub(crate) office: String,
    pub(crate) resident_id: String,
    /// Argon2.
    pub(crate) password: String,
    /// The shared secret of the second factor, in hex.
    pub(crate) totp: String,
}

/// A session that an officer opens.
#[derive(Clone, Debug)]
pub(crate) struct NewOfficerSession {
    pub(crate) officer: String,
    /// A digest of its cookie.
    pub(crate) hash: String,
    /// A digest of the browser's cookie.
    pub(crate) browser: String,
    /// The time step of the code.
    pub(crate) step: i64,
}

/// The part of a case that an officer may see before opening a task.
#[derive(Clone, Debug)]
pub(crate) struct QueueRecord {
    pub(crate) reference: String,
    pub(crate) service: String,
    pub(crate) service_version: u32,
    /// Where the application was made.
    pub(crate) division: String,
    pub(crate) received_at: Seconds,
    pub(crate) task: TaskRecord,
    /// The name of the officer who has claimed the task.
    pub(crate) assignee_name: Option<String>,
}

/// A step of one task, with its record.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) item: String,
    /// Status and version of the task at which the step was decided.
    pub(crate) from: CaseStatus,
    pub(crate) version: u64,
    pub(crate) action: Action,
    pub(crate) to: CaseStatus,
    pub(crate) due: Option<String>,
    pub(crate) due_is_provisional: bool,
    /// The id of the officer who has claimed the task after the step.
    pub(crate) assignee: Option<String>,
    pub(crate) by: Actor,
    /// The id of the officer who took the step.
    pub(crate) done_by: Option<String>,
    pub(crate) says: String,
    pub(crate) basis: String,
    /// Not accepted, because nothing needs to be applied for.
    pub(crate) not_needed: bool,
    pub(crate) reasons: Vec<Reason>,
    /// The certificate that an approval issues.
    pub(crate) issued: Option<IssuedRecord>,
    /// The notice that is served with the step.
    pub(crate) notice: Option<Notice>,
}

/// Steps that are written together or not at all, with the messages to the applicant.
#[derive(Clone, Debug)]
pub(crate) struct Move {
    pub(crate) reference: String,
    pub(crate) steps: Vec<Step>,
    /// For the audit: `officer:<id>`, `citizen:<id>` or `system`.
    pub(crate) actor: String,
    pub(crate) phone: String,
    pub(crate) messages: Vec<String>,
    pub(crate) at: Seconds,
}

/// An officer claims a task, or releases it.
#[derive(Clone, Debug)]
pub(crate) struct AssigneeChange {
    pub(crate) reference: String,
    pub(crate) item: String,
    /// The version of the task that the officer saw.
    pub(crate) version: u64,
    pub(crate) officer: String,
    pub(crate) is_claim: bool,
    pub(crate) at: Seconds,
}

/// A recomputed due date, and the message to the applicant if it differs.
#[derive(Clone, Debug)]
pub(crate) struct DueDateChange {
    pub(crate) reference: String,
    pub(crate) item: String,
    /// The version of the task for which the due date was recomputed.
    pub(crate) version: u64,
    pub(crate) due_before: String,
    pub(crate) due: String,
    pub(crate) due_is_provisional: bool,
    pub(crate) phone: String,
    pub(crate) message: Option<String>,
    pub(crate) at: Seconds,
}

#[derive(Clone, Debug)]
pub(crate) struct EventRecord {
    pub(crate) id: i64,
    pub(crate) item: String,
    pub(crate) at: Seconds,
    pub(crate) action: Action,
    pub(crate) status: CaseStatus,
    pub(crate) by: Actor,
    pub(crate) officer: Option<String>,
    pub(crate) says: String,
    pub(crate) basis: String,
    pub(crate) reasons: Vec<Reason>,
}

#[async_trait]
pub(crate) trait CaseworkStore: Send + Sync {
    async fn seed_officers(&self, officers: Vec<OfficerRecord>) -> Result<(), StoreError>;
    async fn officers(&self) -> Result<Vec<OfficerRecord>, StoreError>;
    async fn officer_named(&self, name: &str) -> Result<Option<OfficerRecord>, StoreError>;

    /// Whether the officer has signed in with this browser.
    async fn is_browser_of(&self, browser: &str, officer: &str) -> Result<bool, StoreError>;
    /// Whether any officer has.
    async fn is_known_browser(&self, browser: &str) -> Result<bool, StoreError>;
    async fn delete_unused_browsers(&self, seen_before: Seconds) -> Result<(), StoreError>;

    /// Opens a session with the code of a time step, and writes down the browser; false when that code was used before.
    async fn open_officer_session(&self, session: NewOfficerSession, now: Seconds) -> Result<bool, StoreError>;
    async fn officer_session(
        &self,
        hash: &str,
        opened_after: Seconds,
        seen_after: Seconds,
    ) -> Result<Option<(OfficerRecord, Seconds)>, StoreError>;
    async fn touch_officer_session(&self, hash: &str, now: Seconds) -> Result<(), StoreError>;
    async fn close_officer_session(&self, hash: &str) -> Result<(), StoreError>;

    /// Tasks of an agency in divisions that begin so, and of one office where it is named, those due first.
    async fn queue(&self, agency: &str, divisions: &str, office: &str) -> Result<Vec<QueueRecord>, StoreError>;

    /// Any case. The caller checks that the officer may see one of its tasks.
    async fn case(&self, reference: &str) -> Result<Option<CaseRecord>, StoreError>;
    async fn citizen(&self, id: &str) -> Result<Option<Citizen>, StoreError>;
    async fn events_of(&self, reference: &str) -> Result<Vec<EventRecord>, StoreError>;

    /// Moves tasks with events, audit and messages in one savepoint; false when a task is no longer at its version.
    async fn move_tasks(&self, moved: Move) -> Result<bool, StoreError>;

    /// Reference and item of tasks that were returned before `returned` or whose materials are due until `asked`, and
    /// whose applicant has had no reminder since.
    async fn to_be_reminded(&self, returned: Seconds, asked: &str) -> Result<Vec<(String, String)>, StoreError>;

    /// Reference and item of tasks whose materials were due before this day and whose applicant has had no SMS about it.
    async fn overdue_materials(&self, day: &str) -> Result<Vec<(String, String)>, StoreError>;

    /// Claims or releases a task, with its audit line; false when the task is no longer at this version.
    async fn assign(&self, change: AssigneeChange) -> Result<bool, StoreError>;

    /// Tasks that have not ended and whose last day is provisional.
    async fn provisional_tasks(&self) -> Result<Vec<(String, String)>, StoreError>;

    /// Writes a recomputed due date with its audit line and message; false when the task is no longer at this version.
    async fn set_due_date(&self, change: DueDateChange) -> Result<bool, StoreError>;

    async fn note(&self, actor: &str, action: &str, object: &str, now: Seconds) -> Result<(), StoreError>;

    /// Reference and item of tasks whose clock a special procedure stopped before then.
    async fn stopped_by_procedure(&self, before: Seconds) -> Result<Vec<(String, String)>, StoreError>;

    /// Reference and item of tasks that the office has not answered since then.
    async fn unanswered(&self, since: Seconds) -> Result<Vec<(String, String)>, StoreError>;
}
