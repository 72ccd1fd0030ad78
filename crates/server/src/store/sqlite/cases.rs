//! Cases and their tasks.

mod correct;
mod submit;

use async_trait::async_trait;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row, query_as, query_scalar};

pub(super) use submit::next_number;

use super::Sqlite;
use crate::offices::Destination;
use crate::store::{CaseRecord, CaseStore, NewCase, Step, StoreError, Submission, Submitted, TaskRecord};

#[async_trait]
impl CaseStore for Sqlite {
    async fn submission(&self, citizen: &str, key: &str) -> Result<Option<Submission>, StoreError> {
        let submission = query_as("select body, reference from submissions where citizen = ? and key = ?")
            .bind(citizen)
            .bind(key)
            .fetch_optional(&self.readers)
            .await?;
        Ok(submission)
    }

    async fn submit(&self, case: NewCase) -> Result<Submitted, StoreError> {
        let submitted = self.write(move |connection| Box::pin(submit::submit(connection, case))).await;
        match submitted {
            Err(StoreError::Changed) => Ok(Submitted::Changed),
            other => other,
        }
    }

    async fn correct(&self, reference: &str, correction: NewCase, steps: Vec<Step>) -> Result<Submitted, StoreError> {
        let reference = reference.to_owned();
        let corrected =
            self.write(move |connection| Box::pin(correct::correct(connection, reference, correction, steps))).await;
        match corrected {
            Err(StoreError::Changed) => Ok(Submitted::Changed),
            other => other,
        }
    }

    async fn cases_of(&self, citizen: &str) -> Result<Vec<CaseRecord>, StoreError> {
        let mut cases: Vec<CaseRecord> =
            query_as("select * from cases where citizen = ? order by received_at desc, reference desc")
                .bind(citizen)
                .fetch_all(&self.readers)
                .await?;
        for case in &mut cases {
            case.tasks = self.tasks_of(&case.reference).await?;
        }
        Ok(cases)
    }

    async fn case_of(&self, citizen: &str, reference: &str) -> Result<Option<CaseRecord>, StoreError> {
        let case: Option<CaseRecord> = query_as("select * from cases where citizen = ? and reference = ?")
            .bind(citizen)
            .bind(reference)
            .fetch_optional(&self.readers)
            .await?;
        let Some(mut case) = case else { return Ok(None) };
        case.tasks = self.tasks_of(reference).await?;
        Ok(Some(case))
    }

    async fn family_of(&self, citizen: &str, family: &str) -> Result<Vec<String>, StoreError> {
        let references = query_scalar(
            "select reference from cases where citizen = ? and family = ? order by received_at, reference",
        )
        .bind(citizen)
        .bind(family)
        .fetch_all(&self.readers)
        .await?;
        Ok(references)
    }
}

impl Sqlite {
    pub(super) async fn tasks_of(&self, reference: &str) -> Result<Vec<TaskRecord>, StoreError> {
        let tasks = query_as("select * from tasks where reference = ? order by position")
            .bind(reference)
            .fetch_all(&self.readers)
            .await?;
        Ok(tasks)
    }
}

impl FromRow<'_, SqliteRow> for CaseRecord {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let answers: String = row.try_get("answers")?;
        Ok(Self {
            reference: row.try_get("reference")?,
            citizen: row.try_get("citizen")?,
            service: row.try_get("service")?,
            service_version: row.try_get("service_version")?,
            division: row.try_get("division")?,
            track: row.try_get("track")?,
            family: row.try_get("family")?,
            renews: row.try_get("renews")?,
            answers: serde_json::from_str(&answers).map_err(unreadable)?,
            received_at: row.try_get("received_at")?,
            tasks: Vec::new(),
        })
    }
}

impl FromRow<'_, SqliteRow> for TaskRecord {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let status: String = row.try_get("status")?;
        Ok(Self {
            item: row.try_get("item")?,
            status: named(&status)?,
            due: row.try_get("due")?,
            due_is_provisional: row.try_get("due_is_provisional")?,
            agency: row.try_get("agency")?,
            destination: Destination { division: row.try_get("division")?, office: row.try_get("office")? },
            version: row.try_get::<i64, _>("version")?.unsigned_abs(),
            assignee: row.try_get("officer")?,
            promised: row.try_get("promised")?,
            since: row.try_get("since")?,
        })
    }
}

/// Words are kept as they are on the wire.
pub(super) fn named<T: DeserializeOwned>(word: &str) -> Result<T, sqlx::Error> {
    serde_json::from_value(Value::from(word)).map_err(unreadable)
}

fn unreadable(error: serde_json::Error) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(error))
}
