//! Reports of what could not be done (办不成事).

use async_trait::async_trait;

use super::{Seconds, StoreError};

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct GrievanceRecord {
    pub(crate) number: String,
    pub(crate) service: Option<String>,
    pub(crate) step: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) happened: String,
    pub(crate) created_at: Seconds,
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
    pub(crate) created_at: Seconds,
    pub(crate) year: i32,
    pub(crate) month: u8,
}

#[async_trait]
pub(crate) trait GrievanceStore: Send + Sync {
    async fn create_grievance(&self, grievance: NewGrievanceRecord) -> Result<GrievanceRecord, StoreError>;
    async fn grievances_of(&self, citizen: &str) -> Result<Vec<GrievanceRecord>, StoreError>;
    async fn grievances_from(&self, network: &str, since: Seconds) -> Result<i64, StoreError>;
}
