//! Definitions as they were published.

use async_trait::async_trait;
use sqlx::{query, query_as};

use super::Sqlite;
use crate::store::{CatalogueStore, Published, Seconds, StoreError};

#[async_trait]
impl CatalogueStore for Sqlite {
    async fn published(&self, service: &str, version: u32) -> Result<Option<Published>, StoreError> {
        let found =
            query_as("select service, version, hash, definition from published where service = ? and version = ?")
                .bind(service)
                .bind(version)
                .fetch_optional(&self.readers)
                .await?;
        Ok(found)
    }

    async fn publish(&self, published: Published, replace: bool, now: Seconds) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                query(
                    "insert into published (service, version, hash, definition, published_at) values (?, ?, ?, ?, ?)
                     on conflict do update set hash = excluded.hash, definition = excluded.definition where ?",
                )
                .bind(published.service)
                .bind(published.version)
                .bind(published.hash)
                .bind(published.definition)
                .bind(now)
                .bind(replace)
                .execute(connection)
                .await?;
                Ok(())
            })
        })
        .await
    }
}
