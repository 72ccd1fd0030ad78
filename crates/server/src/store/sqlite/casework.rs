//! Officers, and how tasks move.

mod due_dates;
pub(super) mod moves;
mod officers;

use async_trait::async_trait;
use contract::api::Reason;
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row, query, query_as, query_scalar};

use super::Sqlite;
use super::cases::named;
use crate::store::Citizen;
use crate::store::{
    AssigneeChange, CaseRecord, CaseworkStore, DueDateChange, EventRecord, Move, NewOfficerSession, OfficerRecord,
    QueueRecord, Seconds, StoreError, TaskRecord,
};

#[async_trait]
impl CaseworkStore for Sqlite {
    async fn seed_officers(&self, all: Vec<OfficerRecord>) -> Result<(), StoreError> {
        self.write(move |connection| Box::pin(officers::seed(connection, all))).await
    }

    async fn officers(&self) -> Result<Vec<OfficerRecord>, StoreError> {
        Ok(query_as("select * from officers order by name").fetch_all(&self.readers).await?)
    }

    async fn officer_named(&self, name: &str) -> Result<Option<OfficerRecord>, StoreError> {
        Ok(query_as("select * from officers where name = ?").bind(name).fetch_optional(&self.readers).await?)
    }

    async fn is_browser_of(&self, browser: &str, officer: &str) -> Result<bool, StoreError> {
        let is_one = query_scalar("select exists (select 1 from officer_browsers where hash = ? and officer = ?)")
            .bind(browser)
            .bind(officer)
            .fetch_one(&self.readers)
            .await?;
        Ok(is_one)
    }

    async fn is_known_browser(&self, browser: &str) -> Result<bool, StoreError> {
        let is_known = query_scalar("select exists (select 1 from officer_browsers where hash = ?)")
            .bind(browser)
            .fetch_one(&self.readers)
            .await?;
        Ok(is_known)
    }

    async fn delete_unused_browsers(&self, seen_before: Seconds) -> Result<(), StoreError> {
        self.write(move |connection| Box::pin(officers::delete_unused_browsers(connection, seen_before))).await
    }

    async fn open_officer_session(&self, session: NewOfficerSession, now: Seconds) -> Result<bool, StoreError> {
        self.write(move |connection| Box::pin(officers::open_session(connection, session, now))).await
    }

    async fn officer_session(
        &self,
        hash: &str,
        opened_after: Seconds,
        seen_after: Seconds,
    ) -> Result<Option<(OfficerRecord, Seconds)>, StoreError> {
        let row = query(
            "select officers.*, seen_at from officer_sessions join officers on officers.id = officer_sessions.officer
             where hash = ? and opened_at > ? and seen_at > ?",
        )
        .bind(hash)
        .bind(opened_after)
        .bind(seen_after)
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| Ok((OfficerRecord::from_row(&row)?, row.try_get("seen_at")?))).transpose()
    }

    async fn touch_officer_session(&self, hash: &str, now: Seconds) -> Result<(), StoreError> {
        let hash = hash.to_owned();
        self.write(move |connection| Box::pin(officers::touch_session(connection, hash, now))).await
    }

    async fn close_officer_session(&self, hash: &str) -> Result<(), StoreError> {
        let hash = hash.to_owned();
        self.write(move |connection| Box::pin(officers::close_session(connection, hash))).await
    }

    async fn queue(&self, agency: &str, divisions: &str, office: &str) -> Result<Vec<QueueRecord>, StoreError> {
        let rows = query_as(
            "select tasks.*, cases.service, cases.service_version, cases.division as applied_in, cases.received_at,
                 officers.name as officer_name
             from tasks join cases on cases.reference = tasks.reference left join officers on officers.id = tasks.officer
             where tasks.agency = ?1 and tasks.division like ?2 || '%' and (?3 = '' or tasks.office = ?3)
             order by tasks.status in ('not-accepted', 'refused', 'delivered', 'withdrawn', 'void'),
                 tasks.due is null, tasks.due, cases.received_at, tasks.reference limit 500",
        )
        .bind(agency)
        .bind(divisions)
        .bind(office)
        .fetch_all(&self.readers)
        .await?;
        Ok(rows)
    }

    async fn case(&self, reference: &str) -> Result<Option<CaseRecord>, StoreError> {
        let case: Option<CaseRecord> =
            query_as("select * from cases where reference = ?").bind(reference).fetch_optional(&self.readers).await?;
        let Some(mut case) = case else { return Ok(None) };
        case.tasks = self.tasks_of(reference).await?;
        Ok(Some(case))
    }

    async fn citizen(&self, id: &str) -> Result<Option<Citizen>, StoreError> {
        let found = query_as("select id, phone, name, resident_id, journal_key from citizens where id = ?")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        Ok(found)
    }

    async fn events_of(&self, reference: &str) -> Result<Vec<EventRecord>, StoreError> {
        let events = query_as(
            "select case_events.*, officers.name as officer_name
             from case_events left join officers on officers.id = case_events.officer where reference = ? order by case_events.id",
        )
        .bind(reference)
        .fetch_all(&self.readers)
        .await?;
        Ok(events)
    }

    async fn move_tasks(&self, moved: Move) -> Result<bool, StoreError> {
        match self.write(move |connection| Box::pin(moves::apply(connection, moved))).await {
            Ok(()) => Ok(true),
            Err(StoreError::Changed) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn to_be_reminded(&self, returned: Seconds, asked: &str) -> Result<Vec<(String, String)>, StoreError> {
        let found = query_as(
            "select reference, item from tasks
             where (status = 'returned' and since < ? or status = 'awaiting-materials' and due <= ?)
                 and not exists (select 1 from case_events where case_events.reference = tasks.reference
                     and case_events.item = tasks.item and action = 'miss-deadline' and at >= tasks.since)
                 and not exists (select 1 from case_events where case_events.reference = tasks.reference
                     and case_events.item = tasks.item and action = 'remind' and at >= tasks.since)",
        )
        .bind(returned)
        .bind(asked)
        .fetch_all(&self.readers)
        .await?;
        Ok(found)
    }

    async fn overdue_materials(&self, day: &str) -> Result<Vec<(String, String)>, StoreError> {
        let found = query_as(
            "select reference, item from tasks where status = 'awaiting-materials' and due < ?
                 and not exists (select 1 from case_events where case_events.reference = tasks.reference
                     and case_events.item = tasks.item and action = 'miss-deadline' and at >= tasks.since)",
        )
        .bind(day)
        .fetch_all(&self.readers)
        .await?;
        Ok(found)
    }

    async fn assign(&self, change: AssigneeChange) -> Result<bool, StoreError> {
        self.write(move |connection| Box::pin(moves::assign(connection, change))).await
    }

    async fn provisional_tasks(&self) -> Result<Vec<(String, String)>, StoreError> {
        let found = query_as(
            "select reference, item from tasks where due_is_provisional = 1
             and status not in ('approved', 'not-accepted', 'refused', 'delivered', 'withdrawn', 'void')",
        )
        .fetch_all(&self.readers)
        .await?;
        Ok(found)
    }

    async fn set_due_date(&self, change: DueDateChange) -> Result<bool, StoreError> {
        self.write(move |connection| Box::pin(due_dates::set(connection, change))).await
    }

    async fn note(&self, actor: &str, action: &str, object: &str, now: Seconds) -> Result<(), StoreError> {
        let (actor, action, object) = (actor.to_owned(), action.to_owned(), object.to_owned());
        self.write(move |connection| {
            Box::pin(async move { moves::audit(connection, &actor, &action, &object, now).await })
        })
        .await
    }

    async fn stopped_by_procedure(&self, before: Seconds) -> Result<Vec<(String, String)>, StoreError> {
        let found = query_as("select reference, item from tasks where status = 'special' and since < ?")
            .bind(before)
            .fetch_all(&self.readers)
            .await?;
        Ok(found)
    }

    async fn unanswered(&self, since: Seconds) -> Result<Vec<(String, String)>, StoreError> {
        let found =
            query_as("select reference, item from tasks where status = 'submitted' and since < ? and since > 0")
                .bind(since)
                .fetch_all(&self.readers)
                .await?;
        Ok(found)
    }
}

impl FromRow<'_, SqliteRow> for QueueRecord {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            reference: row.try_get("reference")?,
            service: row.try_get("service")?,
            service_version: row.try_get("service_version")?,
            division: row.try_get("applied_in")?,
            received_at: row.try_get("received_at")?,
            task: TaskRecord::from_row(row)?,
            assignee_name: row.try_get("officer_name")?,
        })
    }
}

impl FromRow<'_, SqliteRow> for EventRecord {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let text = |name: &str| row.try_get::<String, _>(name);
        Ok(Self {
            id: row.try_get("id")?,
            item: text("item")?,
            at: row.try_get("at")?,
            action: named(&text("action")?)?,
            status: named(&text("status")?)?,
            by: named(&text("actor")?)?,
            officer: row.try_get("officer_name")?,
            says: text("says")?,
            basis: text("basis")?,
            reasons: reasons(&text("reasons")?)?,
        })
    }
}

fn reasons(written: &str) -> Result<Vec<Reason>, sqlx::Error> {
    serde_json::from_str(written).map_err(|error| sqlx::Error::Decode(Box::new(error)))
}

/// A word of the wire, as it is kept.
pub(super) fn word(value: impl serde::Serialize) -> Result<String, StoreError> {
    match serde_json::to_value(value)? {
        Value::String(word) => Ok(word),
        other => Err(StoreError::Corrupt(other.to_string())),
    }
}
