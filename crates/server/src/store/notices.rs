//! Notices that were served (文书).

use async_trait::async_trait;

use super::{Seconds, StoreError};

/// The notice that a step serves.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Notice {
    pub(crate) item: String,
    pub(crate) title_zh: String,
    pub(crate) title_en: String,
    pub(crate) agency_zh: String,
    pub(crate) agency_en: String,
    /// JSON, as the program that prints reads it.
    pub(crate) facts: String,
    /// 80 random bits, spelled for people.
    pub(crate) code: String,
}

/// One that was served, with its place among those of its case.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct ServedNotice {
    pub(crate) reference: String,
    pub(crate) ordinal: u32,
    pub(crate) at: Seconds,
    #[sqlx(flatten)]
    pub(crate) notice: Notice,
}

#[async_trait]
pub(crate) trait NoticeStore: Send + Sync {
    /// The oldest first.
    async fn notices_of(&self, reference: &str) -> Result<Vec<ServedNotice>, StoreError>;
    async fn notice(&self, reference: &str, ordinal: u32) -> Result<Option<ServedNotice>, StoreError>;
    async fn notice_with(&self, code: &str) -> Result<Option<ServedNotice>, StoreError>;
}
