//! Unfinished applications.

use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row, SqliteConnection, query, query_as};
use uuid::Uuid;

use super::Sqlite;
use super::signature_requests::follow;
use super::uploads::{remove_files, remove_orphaned};
use crate::store::{
    ChangedDraft, DraftRecord, DraftStore, FileCopy, NewDraftRecord, Orphans, Saved, Seconds, StoreError,
};

impl FromRow<'_, SqliteRow> for DraftRecord {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let answers: String = row.try_get("answers")?;
        let version: i64 = row.try_get("version")?;
        let begun_with: Option<String> = row.try_get("begun_with")?;
        let read =
            |answers: String| serde_json::from_str(&answers).map_err(|error| sqlx::Error::Decode(Box::new(error)));
        Ok(Self {
            id: row.try_get("id")?,
            service: row.try_get("service")?,
            service_version: row.try_get("service_version")?,
            division: row.try_get("division")?,
            answers: read(answers)?,
            step: row.try_get("step")?,
            version: version.unsigned_abs(),
            saved_at: row.try_get("saved_at")?,
            family: row.try_get("family")?,
            corrects: row.try_get("corrects")?,
            renews: row.try_get("renews")?,
            begun_with: begun_with.map(read).transpose()?,
        })
    }
}

#[async_trait]
impl DraftStore for Sqlite {
    async fn create_draft(
        &self,
        draft: NewDraftRecord,
        most: i64,
        now: Seconds,
    ) -> Result<Option<DraftRecord>, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                if let Some(begun) = begun_before(&mut *connection, &draft).await? {
                    return Ok(Some(begun));
                }
                let created: Option<DraftRecord> = query_as(
                    "insert into drafts
                         (id, citizen, service, service_version, division, answers, version, created_at, saved_at, family, corrects,
                          begun_with, channel, channel_code, renews)
                     select ?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?7, ?8, ?9, iif(?9 is null, null, ?6), ?11, ?12, ?13
                     where ?10 > (select count(*) from drafts where citizen = ?2 and reference is null) returning *",
                )
                .bind(Uuid::new_v4().to_string())
                .bind(&draft.citizen)
                .bind(draft.service)
                .bind(draft.service_version)
                .bind(draft.division)
                .bind(serde_json::to_string(&draft.answers)?)
                .bind(now)
                .bind(&draft.family)
                .bind(&draft.corrects)
                .bind(most)
                .bind(draft.channel.word())
                .bind(draft.channel.code())
                .bind(&draft.renews)
                .fetch_optional(&mut *connection)
                .await?;
                let Some(created) = created else { return Ok(None) };
                if let Some(family) = draft.family.as_ref().filter(|_| draft.corrects.is_none()) {
                    found_family(connection, &draft.citizen, family).await?;
                }
                for copy in &draft.copies {
                    copy_file(connection, &draft.citizen, copy, &created.id, now).await?;
                }
                Ok(Some(created))
            })
        })
        .await
    }

    async fn drafts_of(&self, citizen: &str) -> Result<Vec<DraftRecord>, StoreError> {
        let drafts =
            query_as("select * from drafts where citizen = ? and reference is null order by saved_at desc, id")
                .bind(citizen)
                .fetch_all(&self.readers)
                .await?;
        Ok(drafts)
    }

    async fn draft_of(&self, citizen: &str, id: &str) -> Result<Option<DraftRecord>, StoreError> {
        let draft = query_as("select * from drafts where citizen = ? and id = ? and reference is null")
            .bind(citizen)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(draft)
    }

    async fn save_draft(
        &self,
        citizen: &str,
        id: &str,
        from: u64,
        changed: ChangedDraft,
        now: Seconds,
    ) -> Result<Saved, StoreError> {
        let (citizen, id) = (citizen.to_owned(), id.to_owned());
        let ChangedDraft { answers, removed_files, step, division, signatures } = changed;
        let answers = serde_json::to_string(&answers)?;
        self.write(move |connection| {
            Box::pin(async move {
                let saved = query_as(
                    "update drafts set answers = ?, step = coalesce(?, step), division = ?,
                         version = version + 1, saved_at = ?
                     where citizen = ? and id = ? and version = ? and reference is null returning *",
                )
                .bind(answers)
                .bind(step)
                .bind(division)
                .bind(now)
                .bind(&citizen)
                .bind(&id)
                .bind(from.cast_signed())
                .fetch_optional(&mut *connection)
                .await?;
                match saved {
                    Some(draft) => {
                        follow(&mut *connection, &id, &citizen, &signatures, now).await?;
                        Ok(Saved::Yes(draft, remove_files(connection, &id, &removed_files).await?))
                    }
                    None => Ok(open_draft(connection, &citizen, &id).await?.map_or(Saved::Gone, Saved::Stale)),
                }
            })
        })
        .await
    }

    async fn delete_draft(&self, citizen: &str, id: &str) -> Result<Option<Orphans>, StoreError> {
        let (citizen, id) = (citizen.to_owned(), id.to_owned());
        self.write(move |connection| {
            Box::pin(async move {
                let deleted = query("delete from drafts where citizen = ? and id = ? and reference is null")
                    .bind(citizen)
                    .bind(&id)
                    .execute(&mut *connection)
                    .await?;
                if deleted.rows_affected() == 0 { Ok(None) } else { remove_orphaned(connection, &id).await.map(Some) }
            })
        })
        .await
    }
}

/// The first application belongs to the family that bears its name.
async fn found_family(connection: &mut SqliteConnection, citizen: &str, family: &str) -> Result<(), StoreError> {
    query("update cases set family = ?1 where reference = ?1 and citizen = ?2 and family is null")
        .bind(family)
        .bind(citizen)
        .execute(connection)
        .await?;
    Ok(())
}

/// A case has one draft that corrects it, and a certificate one that applies for it again.
async fn begun_before(
    connection: &mut SqliteConnection,
    draft: &NewDraftRecord,
) -> Result<Option<DraftRecord>, StoreError> {
    let begun =
        query_as("select * from drafts where citizen = ? and (corrects = ? or renews = ?) and reference is null")
            .bind(&draft.citizen)
            .bind(&draft.corrects)
            .bind(&draft.renews)
            .fetch_optional(connection)
            .await?;
    Ok(begun)
}

async fn copy_file(
    connection: &mut SqliteConnection,
    citizen: &str,
    copy: &FileCopy,
    draft: &str,
    now: Seconds,
) -> Result<(), StoreError> {
    query(
        "insert into attachments (id, citizen, draft, field, row, name, media_type, bytes, width, height, sha256, object,
             thumbnail, created_at)
         select ?, citizen, ?, field, row, name, media_type, bytes, width, height, sha256, object, thumbnail, ?
         from attachments where id = ? and citizen = ?",
    )
    .bind(&copy.to)
    .bind(draft)
    .bind(now)
    .bind(&copy.from)
    .bind(citizen)
    .execute(connection)
    .await?;
    Ok(())
}

async fn open_draft(
    connection: &mut SqliteConnection,
    citizen: &str,
    id: &str,
) -> Result<Option<DraftRecord>, StoreError> {
    let draft = query_as("select * from drafts where citizen = ? and id = ? and reference is null")
        .bind(citizen)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    Ok(draft)
}
