//! What was done how often: the counts behind limits of time.

use async_trait::async_trait;

use super::{Seconds, StoreError};

/// One use of a limit.
#[derive(Clone, Debug)]
pub(crate) struct RateLimitUse {
    pub(crate) limit: &'static str,
    pub(crate) most: i64,
    /// How long a use counts.
    pub(crate) seconds: Seconds,
    /// A pseudonym of whom or what the limit counts.
    pub(crate) subject: String,
    /// A pseudonym of what is used, where the same again counts as one use; otherwise empty.
    pub(crate) thing: String,
}

/// Whether there was room under all limits.
#[derive(Clone, Debug)]
pub(crate) enum Admission<T> {
    Granted(T),
    /// After so many seconds there is room again.
    Refused {
        seconds: Seconds,
    },
}

#[async_trait]
pub(crate) trait RateLimitStore: Send + Sync {
    /// Counts one use under each limit, or none where one of them is used up.
    async fn count_uses(&self, uses: Vec<RateLimitUse>, now: Seconds) -> Result<Admission<Vec<i64>>, StoreError>;

    /// Deletes what was counted, and everything under one limit and subject.
    async fn forget_uses(&self, counted: Vec<i64>, also: RateLimitUse) -> Result<(), StoreError>;

    /// Deletes what no longer counts.
    async fn delete_old_uses(&self, now: Seconds) -> Result<(), StoreError>;
}
