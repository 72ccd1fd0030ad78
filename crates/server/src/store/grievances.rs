//! Reports of what could not be done (办不成事), and ratings (好差评).

use async_trait::async_trait;
use contract::grievance::{Action, Actor, GrievanceKind, GrievanceStatus, Source, Weight};

use super::{Admission, RateLimitUse, Seconds, StoreError};

#[derive(Clone, Debug)]
pub(crate) struct GrievanceRecord {
    pub(crate) number: String,
    pub(crate) citizen: Option<String>,
    pub(crate) service: Option<String>,
    pub(crate) step: Option<String>,
    pub(crate) reference: Option<String>,
    /// Of a low rating: the item that was rated.
    pub(crate) item: Option<String>,
    pub(crate) happened: String,
    pub(crate) phone: String,
    pub(crate) created_at: Seconds,
    pub(crate) status: GrievanceStatus,
    pub(crate) version: u64,
    pub(crate) source: Source,
    pub(crate) kind: Option<GrievanceKind>,
    pub(crate) weight: Option<Weight>,
    pub(crate) agency: Option<String>,
    /// The division whose officers of that agency see it.
    pub(crate) division: Option<String>,
    pub(crate) due: Option<String>,
    pub(crate) published: String,
    pub(crate) ended_at: Option<Seconds>,
}

#[derive(Clone, Debug)]
pub(crate) struct NewGrievanceRecord {
    /// The reporter, if signed in.
    pub(crate) citizen: Option<String>,
    pub(crate) service: Option<String>,
    pub(crate) step: Option<String>,
    pub(crate) reference: Option<String>,
    /// Of a low rating: the item that was rated, and the office that handled it.
    pub(crate) item: Option<String>,
    pub(crate) agency: Option<String>,
    pub(crate) division: Option<String>,
    pub(crate) happened: String,
    pub(crate) phone: String,
    pub(crate) source: Source,
    /// The day until which an officer must call.
    pub(crate) due: String,
    pub(crate) created_at: Seconds,
    pub(crate) year: i32,
    pub(crate) month: u8,
}

#[derive(Clone, Debug)]
pub(crate) struct GrievanceEventRecord {
    pub(crate) at: Seconds,
    pub(crate) action: Action,
    pub(crate) status: GrievanceStatus,
    pub(crate) by: Actor,
    pub(crate) officer: Option<String>,
    pub(crate) says: String,
}

/// A step: the grievance after it, its record, and the message to the reporter.
#[derive(Clone, Debug)]
pub(crate) struct GrievanceMove {
    /// Its `version` is the one that was looked at.
    pub(crate) after: GrievanceRecord,
    pub(crate) from: GrievanceStatus,
    pub(crate) action: Action,
    pub(crate) by: Actor,
    pub(crate) officer: Option<String>,
    pub(crate) says: String,
    pub(crate) message: Option<String>,
    pub(crate) at: Seconds,
}

#[derive(Clone, Debug)]
pub(crate) struct NewRatingRecord {
    pub(crate) reference: String,
    /// Empty for the case as a whole.
    pub(crate) item: String,
    pub(crate) citizen: String,
    pub(crate) level: u32,
    pub(crate) points: Vec<String>,
    pub(crate) says: String,
    pub(crate) at: Seconds,
    /// Of the two lowest: what is opened with it.
    pub(crate) call_back: Option<NewGrievanceRecord>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct RatingRecord {
    /// Empty for the case as a whole.
    pub(crate) item: String,
    pub(crate) level: u32,
    pub(crate) at: Seconds,
    pub(crate) follow_level: Option<u32>,
}

#[async_trait]
pub(crate) trait GrievanceStore: Send + Sync {
    /// A report in the same words from the same phone a moment ago is returned instead of a new one. A new one counts.
    async fn create_grievance(
        &self,
        grievance: NewGrievanceRecord,
        uses: Vec<RateLimitUse>,
    ) -> Result<Admission<GrievanceRecord>, StoreError>;
    async fn grievance(&self, number: &str) -> Result<Option<GrievanceRecord>, StoreError>;
    async fn grievances_of(&self, citizen: &str) -> Result<Vec<GrievanceRecord>, StoreError>;
    async fn grievance_events(&self, number: &str) -> Result<Vec<GrievanceEventRecord>, StoreError>;

    /// The grievances of an agency in divisions that begin so, or all of them: open ones first, by due date.
    async fn grievances_for(&self, agency_in: Option<(&str, &str)>) -> Result<Vec<GrievanceRecord>, StoreError>;

    /// State, event, audit and message together. `false` where it changed meanwhile.
    async fn move_grievance(&self, moved: GrievanceMove) -> Result<bool, StoreError>;

    /// The ratings of a case and its items.
    async fn ratings_of(&self, reference: &str) -> Result<Vec<RatingRecord>, StoreError>;

    /// Writes a rating and what it opens. `false` where there is one already.
    async fn rate(&self, rating: NewRatingRecord) -> Result<bool, StoreError>;

    /// Writes the one follow-up. `false` where there is one already, or nothing to follow.
    async fn rate_again(&self, rating: NewRatingRecord, first_since: Seconds) -> Result<bool, StoreError>;
}
