//! Definitions as they were published.

use async_trait::async_trait;

use super::{Seconds, StoreError};

/// One version of a definition.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Published {
    pub(crate) service: String,
    pub(crate) version: u32,
    pub(crate) hash: String,
    /// The TOML text.
    pub(crate) definition: String,
}

#[async_trait]
pub(crate) trait CatalogueStore: Send + Sync {
    async fn published(&self, service: &str, version: u32) -> Result<Option<Published>, StoreError>;

    /// Keeps a version; one that is there already stays as it is unless `replace`.
    async fn publish(&self, published: Published, replace: bool, now: Seconds) -> Result<(), StoreError>;
}
