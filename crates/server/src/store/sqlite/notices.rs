//! Notices that were served.

use async_trait::async_trait;
use sqlx::{SqliteConnection, query, query_as};

use super::Sqlite;
use crate::store::{Notice, NoticeStore, Seconds, ServedNotice, StoreError};

#[async_trait]
impl NoticeStore for Sqlite {
    async fn notices_of(&self, reference: &str) -> Result<Vec<ServedNotice>, StoreError> {
        let served = query_as("select * from notices where reference = ? order by ordinal")
            .bind(reference)
            .fetch_all(&self.readers)
            .await?;
        Ok(served)
    }

    async fn notice(&self, reference: &str, ordinal: u32) -> Result<Option<ServedNotice>, StoreError> {
        let served = query_as("select * from notices where reference = ? and ordinal = ?")
            .bind(reference)
            .bind(ordinal)
            .fetch_optional(&self.readers)
            .await?;
        Ok(served)
    }

    async fn notice_with(&self, code: &str) -> Result<Option<ServedNotice>, StoreError> {
        Ok(query_as("select * from notices where code = ?").bind(code).fetch_optional(&self.readers).await?)
    }
}

/// Writes the notice of a step, in the step's own savepoint.
pub(super) async fn serve(
    connection: &mut SqliteConnection,
    reference: &str,
    notice: &Notice,
    at: Seconds,
) -> Result<(), StoreError> {
    query(
        "insert into notices (reference, ordinal, item, title_zh, title_en, agency_zh, agency_en, facts, code, at)
         values (?1, (select coalesce(max(ordinal), 0) + 1 from notices where reference = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )
    .bind(reference)
    .bind(&notice.item)
    .bind(&notice.title_zh)
    .bind(&notice.title_en)
    .bind(&notice.agency_zh)
    .bind(&notice.agency_en)
    .bind(&notice.facts)
    .bind(&notice.code)
    .bind(at)
    .execute(connection)
    .await?;
    Ok(())
}
