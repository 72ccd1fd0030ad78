//! Uploads and attachments.

use async_trait::async_trait;
use sqlx::{FromRow, Row, SqliteConnection, query, query_as, query_scalar};

use super::Sqlite;
use crate::store::{AttachmentRecord, Seconds, StoreError, UploadRecord, UploadStore};

#[async_trait]
impl UploadStore for Sqlite {
    async fn create_upload(&self, upload: UploadRecord) -> Result<bool, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let created = query(
                    "insert into uploads (id, citizen, draft, expires_at, state) values (?, ?, ?, ?, ?)
                     on conflict do nothing",
                )
                .bind(upload.id)
                .bind(upload.citizen)
                .bind(upload.draft)
                .bind(upload.expires_at)
                .bind(upload.state)
                .execute(connection)
                .await?;
                Ok(created.rows_affected() == 1)
            })
        })
        .await
    }

    async fn save_upload(&self, id: &str, state: &str, expires_at: Option<Seconds>) -> Result<(), StoreError> {
        let (id, state) = (id.to_owned(), state.to_owned());
        self.write(move |connection| {
            Box::pin(async move {
                query("update uploads set state = ?, expires_at = ? where id = ?")
                    .bind(state)
                    .bind(expires_at)
                    .bind(id)
                    .execute(connection)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    async fn upload(&self, id: &str) -> Result<Option<UploadRecord>, StoreError> {
        let upload = query_as("select id, citizen, draft, expires_at, state from uploads where id = ?")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(upload)
    }

    async fn delete_upload(&self, id: &str) -> Result<(), StoreError> {
        let id = id.to_owned();
        self.write(move |connection| {
            Box::pin(async move {
                query("delete from uploads where id = ?").bind(id).execute(connection).await?;
                Ok(())
            })
        })
        .await
    }

    async fn expired_uploads(&self, before: Seconds) -> Result<Vec<String>, StoreError> {
        let ids = query_scalar("select id from uploads where expires_at < ? order by id")
            .bind(before)
            .fetch_all(&self.readers)
            .await?;
        Ok(ids)
    }

    async fn files_of(&self, draft: &str) -> Result<i64, StoreError> {
        let count = query_scalar(
            "select (select count(*) from uploads where draft = ?1) + (select count(*) from attachments where draft = ?1)",
        )
        .bind(draft)
        .fetch_one(&self.readers)
        .await?;
        Ok(count)
    }

    async fn add_attachment(&self, attachment: AttachmentRecord, now: Seconds) -> Result<bool, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let added = query(
                    "insert into attachments (id, citizen, draft, field, row, name, media_type, bytes, width, height,
                         sha256, object, thumbnail, created_at)
                     select ?, ?, id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from drafts where id = ? and reference is null
                     on conflict do nothing",
                )
                .bind(&attachment.id)
                .bind(attachment.citizen)
                .bind(attachment.field)
                .bind(attachment.row)
                .bind(attachment.name)
                .bind(attachment.media_type)
                .bind(attachment.bytes)
                .bind(attachment.width)
                .bind(attachment.height)
                .bind(attachment.sha256)
                .bind(attachment.object)
                .bind(attachment.thumbnail)
                .bind(now)
                .bind(attachment.draft)
                .execute(&mut *connection)
                .await?;
                query("delete from uploads where id = ?").bind(attachment.id).execute(connection).await?;
                Ok(added.rows_affected() == 1)
            })
        })
        .await
    }

    async fn attachment_of(&self, citizen: &str, id: &str) -> Result<Option<AttachmentRecord>, StoreError> {
        let attachment = query_as("select * from attachments where citizen = ? and id = ?")
            .bind(citizen)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(attachment)
    }

    async fn sent_attachment(&self, id: &str) -> Result<Option<(AttachmentRecord, String)>, StoreError> {
        let row = query("select * from attachments where id = ? and reference is not null")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| Ok((AttachmentRecord::from_row(&row)?, row.try_get("reference")?))).transpose()
    }

    async fn attachments_of(&self, draft: &str) -> Result<Vec<AttachmentRecord>, StoreError> {
        let attachments = query_as("select * from attachments where draft = ? order by created_at, id")
            .bind(draft)
            .fetch_all(&self.readers)
            .await?;
        Ok(attachments)
    }

    async fn delete_attachment(&self, citizen: &str, id: &str) -> Result<Option<AttachmentRecord>, StoreError> {
        let (citizen, id) = (citizen.to_owned(), id.to_owned());
        self.write(move |connection| {
            Box::pin(async move {
                let deleted =
                    query_as("delete from attachments where citizen = ? and id = ? and reference is null returning *")
                        .bind(citizen)
                        .bind(id)
                        .fetch_optional(connection)
                        .await?;
                Ok(deleted)
            })
        })
        .await
    }

    async fn is_object_referenced(&self, object: &str) -> Result<bool, StoreError> {
        let named = query_scalar("select exists (select 1 from attachments where object = ?1 or thumbnail = ?1)")
            .bind(object)
            .fetch_one(&self.readers)
            .await?;
        Ok(named)
    }
}

/// Deletes the rows of a draft's files that no case holds, and returns their names in the object store. Uploads under
/// way are left to the next background job, which knows where their pieces are.
pub(super) async fn remove_orphaned(connection: &mut SqliteConnection, draft: &str) -> Result<Vec<String>, StoreError> {
    query("update uploads set expires_at = 0 where draft = ?").bind(draft).execute(&mut *connection).await?;
    let taken: Vec<(String, Option<String>)> =
        query_as("delete from attachments where draft = ? and reference is null returning object, thumbnail")
            .bind(draft)
            .fetch_all(connection)
            .await?;
    Ok(taken.into_iter().flat_map(|(object, thumbnail)| [Some(object), thumbnail]).flatten().collect())
}
