//! Requests to sign a draft on another phone.

mod steps;

use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row, query_as, query_scalar};

pub(super) use steps::follow;

use super::Sqlite;
use super::cases::named;
use crate::store::{
    Admission, Citizen, DraftRecord, FoundSignatureRequest, NewMessage, NewSignatureRequestRecord, RateLimitUse,
    Seconds, SignatureRequestEnd, SignatureRequestRecord, SignatureRequestStore, SignedPlace, Signer, StoreError,
};

impl FromRow<'_, SqliteRow> for SignatureRequestRecord {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let state: String = row.try_get("state")?;
        Ok(Self {
            id: row.try_get("id")?,
            draft: row.try_get("draft")?,
            place: SignedPlace { field: row.try_get("field")?, row: row.try_get("row")? },
            signer: Signer {
                name: row.try_get("name")?,
                phone: row.try_get("phone")?,
                resident_id: row.try_get("resident_id")?,
            },
            state: named(&state)?,
            since: row.try_get("since")?,
            asked_at: row.try_get("asked_at")?,
            ends_at: row.try_get("ends_at")?,
            reason: row.try_get("reason")?,
            reminders: row.try_get("reminders")?,
            seen_hash: row.try_get("seen_hash")?,
            seen_review: row.try_get("seen_review")?,
        })
    }
}

#[async_trait]
impl SignatureRequestStore for Sqlite {
    async fn request_signature(
        &self,
        new: NewSignatureRequestRecord,
        uses: Vec<RateLimitUse>,
    ) -> Result<Admission<SignatureRequestRecord>, StoreError> {
        self.write(move |connection| Box::pin(steps::request(connection, new, uses))).await
    }

    async fn signature_requests_of(&self, draft: &str) -> Result<Vec<SignatureRequestRecord>, StoreError> {
        let requests =
            query_as("select * from signature_requests where draft = ? order by asked_at desc, rowid desc limit 200")
                .bind(draft)
                .fetch_all(&self.readers)
                .await?;
        Ok(requests)
    }

    async fn signature_request(&self, id: &str) -> Result<Option<FoundSignatureRequest>, StoreError> {
        let request: Option<SignatureRequestRecord> =
            query_as("select * from signature_requests where id = ?").bind(id).fetch_optional(&self.readers).await?;
        let Some(request) = request else { return Ok(None) };
        let draft: Option<DraftRecord> =
            query_as("select * from drafts where id = ?").bind(&request.draft).fetch_optional(&self.readers).await?;
        let Some(draft) = draft else { return Ok(None) };
        let owner: Citizen = query_as(
            "select id, phone, name, resident_id, journal_key from citizens
             where id = (select citizen from drafts where id = ?)",
        )
        .bind(&draft.id)
        .fetch_one(&self.readers)
        .await?;
        let is_sent = query_scalar("select reference is not null from drafts where id = ?")
            .bind(&draft.id)
            .fetch_one(&self.readers)
            .await?;
        Ok(Some(FoundSignatureRequest { request, owner, draft, is_sent }))
    }

    async fn see_signature_request(
        &self,
        id: &str,
        signer: &str,
        hash: &str,
        review: &str,
        now: Seconds,
    ) -> Result<(), StoreError> {
        let [id, signer, hash, review] = [id, signer, hash, review].map(str::to_owned);
        self.write(move |connection| Box::pin(steps::see(connection, id, signer, hash, review, now))).await
    }

    async fn end_signature_request(&self, end: SignatureRequestEnd) -> Result<bool, StoreError> {
        self.write(move |connection| Box::pin(steps::end(connection, end))).await
    }

    async fn waiting_signature_requests(&self, asked_before: Seconds, now: Seconds) -> Result<Vec<String>, StoreError> {
        let ids = query_scalar(
            "select id from signature_requests where state in ('sent', 'seen') and (asked_at <= ? or ends_at <= ?)
             order by asked_at",
        )
        .bind(asked_before)
        .bind(now)
        .fetch_all(&self.readers)
        .await?;
        Ok(ids)
    }

    async fn remind_signer(
        &self,
        id: &str,
        number: u32,
        message: NewMessage,
        now: Seconds,
    ) -> Result<bool, StoreError> {
        let id = id.to_owned();
        self.write(move |connection| Box::pin(steps::remind(connection, id, number, message, now))).await
    }
}
