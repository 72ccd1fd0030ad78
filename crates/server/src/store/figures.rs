//! Figures, counted from the rows themselves, and solved grievances.

use async_trait::async_trait;
use contract::grievance::{GrievanceKind, GrievanceStatus};

use super::{Seconds, StoreError};

/// The scope of figures: an agency within its divisions, or everybody.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    pub(crate) agency: Option<String>,
    /// The beginning of the divisions' codes; empty is everywhere.
    pub(crate) divisions: String,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct CountedCase {
    pub(crate) service: String,
    /// Begun by the person, without help; `None` where nobody wrote it down.
    pub(crate) online: Option<bool>,
}

/// A task that was decided.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct CountedDecision {
    pub(crate) service: String,
    /// Of the task.
    pub(crate) division: String,
    /// From sending to the decision.
    pub(crate) seconds: Seconds,
    pub(crate) on_time: bool,
    pub(crate) returned: bool,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Counts {
    pub(crate) ratings: u32,
    pub(crate) satisfied: u32,
    pub(crate) grievances_open: u32,
    pub(crate) grievances_solved: u32,
}

/// A grievance for everybody to read: nothing of the person is in it.
#[derive(Clone, Debug)]
pub(crate) struct SolvedRecord {
    pub(crate) status: GrievanceStatus,
    pub(crate) kind: Option<GrievanceKind>,
    pub(crate) service: Option<String>,
    pub(crate) agency: Option<String>,
    pub(crate) published: String,
    pub(crate) created_at: Seconds,
    pub(crate) ended_at: Option<Seconds>,
}

#[async_trait]
pub(crate) trait FigureStore: Send + Sync {
    async fn counted_cases(&self, scope: &Scope) -> Result<Vec<CountedCase>, StoreError>;

    /// The divisions that decide the cases, one for each case and division: a case is in several where its tasks are.
    async fn counted_divisions(&self, scope: &Scope) -> Result<Vec<String>, StoreError>;
    async fn counted_decisions(&self, scope: &Scope) -> Result<Vec<CountedDecision>, StoreError>;
    async fn counts(&self, scope: &Scope) -> Result<Counts, StoreError>;

    /// The grievances handed to an agency and those that are checked, the newest first; without those that an officer
    /// declined.
    async fn solved(&self) -> Result<Vec<SolvedRecord>, StoreError>;
}
