//! Reports of what could not be done (办不成事), and ratings (好差评).

use async_trait::async_trait;
use contract::grievance::{Action, Actor, GrievanceKind, GrievanceStatus, Source, Weight};

use super::{Seconds, StoreError};

#[derive(Clone, Debug)]
pub(crate) struct GrievanceRecord {
    pub(crate) number: String,
    pub(crate) citizen: Option<String>,
    pub(crate) service: Option<String>,
    pub(crate) step: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) happened: String,
    pub(crate) phone: String,
    pub(crate) created_at: Seconds,
    pub(crate) status: GrievanceStatus,
    pub(crate) version: u64,
    pub(crate) source: Source,
    pub(crate) kind: Option<GrievanceKind>,
    pub(crate) weight: Option<Weight>,
    pub(crate) agency: Option<String>,
    pub(crate) due: Option<String>,
    pub(crate) published: String,
    pub(crate) ended_at: Option<Seconds>,
}

#[derive(Clone, Debug)]
pub(crate) struct NewGrievanceRecord {
    /// Of somebody who is signed in.
    pub(crate) citizen: Option<String>,
    pub(crate) network: String,
    pub(crate) service: Option<String>,
    pub(crate) step: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) happened: String,
    pub(crate) phone: String,
    pub(crate) source: Source,
    /// The day until which somebody calls.
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

/// A step: the grievance as it is afterwards, what is kept of it, and what the person reads.
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
    pub(crate) level: u32,
    pub(crate) at: Seconds,
    pub(crate) follow_level: Option<u32>,
}

/// How many tries to follow may fail within a while.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TriesAllowed {
    /// With one number from one network.
    pub(crate) of_number: i64,
    /// From one network in all.
    pub(crate) of_network: i64,
}

#[async_trait]
pub(crate) trait GrievanceStore: Send + Sync {
    /// One that was told in the same words a moment ago is given back in its place.
    async fn create_grievance(&self, grievance: NewGrievanceRecord) -> Result<GrievanceRecord, StoreError>;
    async fn grievance(&self, number: &str) -> Result<Option<GrievanceRecord>, StoreError>;
    async fn grievances_of(&self, citizen: &str) -> Result<Vec<GrievanceRecord>, StoreError>;
    async fn grievances_from(&self, network: &str, since: Seconds) -> Result<i64, StoreError>;
    async fn grievance_events(&self, number: &str) -> Result<Vec<GrievanceEventRecord>, StoreError>;

    /// Those of an agency, or all: what is open first, by its day.
    async fn grievances_for(&self, agency: Option<&str>) -> Result<Vec<GrievanceRecord>, StoreError>;

    /// State, event, audit and message together. `false` where it changed meanwhile.
    async fn move_grievance(&self, moved: GrievanceMove) -> Result<bool, StoreError>;

    /// Writes down a try to follow; `false`, and nothing written, where there were too many since then.
    async fn try_to_follow(
        &self,
        network: &str,
        number: &str,
        most: TriesAllowed,
        now: Seconds,
        since: Seconds,
    ) -> Result<bool, StoreError>;
    /// Forgets the tries of who turned out to know.
    async fn followed(&self, network: &str, number: &str) -> Result<(), StoreError>;
    async fn forget_tries(&self, before: Seconds) -> Result<(), StoreError>;

    async fn rating_of(&self, reference: &str) -> Result<Option<RatingRecord>, StoreError>;

    /// Writes a rating and what it opens. `false` where there is one already.
    async fn rate(&self, rating: NewRatingRecord) -> Result<bool, StoreError>;

    /// Writes the one follow-up. `false` where there is one already, or nothing to follow.
    async fn rate_again(&self, rating: NewRatingRecord, first_since: Seconds) -> Result<bool, StoreError>;
}
