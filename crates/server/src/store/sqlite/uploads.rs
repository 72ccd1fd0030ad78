//! Uploads and attachments.

use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row, SqliteConnection, query, query_as, query_scalar};

use super::Sqlite;
use crate::attachments::RejectedFile;
use crate::store::{AttachmentRecord, Begun, FileLimits, Orphans, Seconds, StoreError, UploadRecord, UploadStore};

impl FromRow<'_, SqliteRow> for UploadRecord {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let refused: Option<String> = row.try_get("refused")?;
        let refused = refused.map(|name| serde_json::from_value(name.into())).transpose();
        Ok(Self {
            id: row.try_get("id")?,
            citizen: row.try_get("citizen")?,
            draft: row.try_get("draft")?,
            expires_at: row.try_get("expires_at")?,
            state: row.try_get("state")?,
            bytes: row.try_get("bytes")?,
            refused: refused.map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
        })
    }
}

#[async_trait]
impl UploadStore for Sqlite {
    async fn create_upload(&self, upload: UploadRecord, limits: FileLimits) -> Result<Begun, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let created = query(
                    "insert into uploads (id, citizen, draft, expires_at, state, bytes)
                     select ?1, ?2, ?3, ?4, ?5, ?6
                     where exists (select 1 from drafts where id = ?3 and citizen = ?2 and reference is null)
                         and (select count(*) from uploads where draft = ?3 and refused is null)
                             + (select count(*) from attachments where draft = ?3) < ?7
                         and (select coalesce(sum(bytes), 0) from uploads where citizen = ?2 and refused is null)
                             + (select coalesce(sum(bytes), 0) from attachments where citizen = ?2 and reference is null)
                             + ?6 <= ?8
                     on conflict do nothing",
                )
                .bind(&upload.id)
                .bind(&upload.citizen)
                .bind(&upload.draft)
                .bind(upload.expires_at)
                .bind(&upload.state)
                .bind(upload.bytes)
                .bind(limits.of_draft)
                .bind(limits.bytes_of_citizen)
                .execute(&mut *connection)
                .await?;
                if created.rows_affected() == 1 { Ok(Begun::Yes) } else { why_not(connection, &upload, limits).await }
            })
        })
        .await
    }

    async fn save_upload(&self, id: &str, state: &str, expires_at: Option<Seconds>) -> Result<bool, StoreError> {
        let (id, state) = (id.to_owned(), state.to_owned());
        self.write(move |connection| {
            Box::pin(async move {
                let saved = query("update uploads set state = ?, expires_at = ? where id = ?")
                    .bind(state)
                    .bind(expires_at)
                    .bind(id)
                    .execute(connection)
                    .await?;
                Ok(saved.rows_affected() == 1)
            })
        })
        .await
    }

    async fn refuse_upload(&self, id: &str, why: RejectedFile) -> Result<(), StoreError> {
        let (id, why) = (id.to_owned(), serde_json::to_value(why)?);
        self.write(move |connection| {
            Box::pin(async move {
                query("update uploads set refused = ? where id = ?")
                    .bind(why.as_str())
                    .bind(id)
                    .execute(connection)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    async fn upload(&self, id: &str) -> Result<Option<UploadRecord>, StoreError> {
        let upload = query_as("select * from uploads where id = ?").bind(id).fetch_optional(&self.readers).await?;
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

/// Why an upload was not written down.
async fn why_not(
    connection: &mut SqliteConnection,
    upload: &UploadRecord,
    limits: FileLimits,
) -> Result<Begun, StoreError> {
    let (is_there, has_draft, files): (bool, bool, i64) = query_as(
        "select exists (select 1 from uploads where id = ?1),
             exists (select 1 from drafts where id = ?3 and citizen = ?2 and reference is null),
             (select count(*) from uploads where draft = ?3 and refused is null)
                 + (select count(*) from attachments where draft = ?3)",
    )
    .bind(&upload.id)
    .bind(&upload.citizen)
    .bind(&upload.draft)
    .fetch_one(connection)
    .await?;
    Ok(match (is_there, has_draft) {
        (true, _) => Begun::Already,
        (_, false) => Begun::NoDraft,
        _ if files >= limits.of_draft => Begun::TooManyFiles,
        _ => Begun::TooManyBytes,
    })
}

/// Deletes the rows of a draft's uploads and of those of its files that no case holds.
pub(super) async fn remove_orphaned(connection: &mut SqliteConnection, draft: &str) -> Result<Orphans, StoreError> {
    let uploads = query_scalar("delete from uploads where draft = ? returning state")
        .bind(draft)
        .fetch_all(&mut *connection)
        .await?;
    let files = query_as("delete from attachments where draft = ? and reference is null returning object, thumbnail")
        .bind(draft)
        .fetch_all(connection)
        .await?;
    Ok(Orphans { objects: objects(files), uploads })
}

/// Deletes the rows of files that were taken out of a draft.
pub(super) async fn remove_files(
    connection: &mut SqliteConnection,
    draft: &str,
    ids: &[String],
) -> Result<Orphans, StoreError> {
    let mut removed = Vec::new();
    for id in ids {
        let file = query_as(
            "delete from attachments where id = ? and draft = ? and reference is null returning object, thumbnail",
        );
        removed.extend(file.bind(id).bind(draft).fetch_optional(&mut *connection).await?);
    }
    Ok(Orphans { objects: objects(removed), uploads: Vec::new() })
}

fn objects(files: Vec<(String, Option<String>)>) -> Vec<String> {
    files.into_iter().flat_map(|(object, thumbnail)| [Some(object), thumbnail]).flatten().collect()
}
