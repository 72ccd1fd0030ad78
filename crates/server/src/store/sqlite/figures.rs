//! Figures, counted from cases, their history, ratings and grievances.

use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row, query_as};

use super::Sqlite;
use super::cases::named;
use crate::store::{CountedCase, CountedDecision, Counts, FigureStore, Scope, SolvedRecord, StoreError};

#[async_trait]
impl FigureStore for Sqlite {
    async fn counted_cases(&self, scope: &Scope) -> Result<Vec<CountedCase>, StoreError> {
        let cases = query_as(
            "select service, iif(channel = 'unrecorded', null, channel in ('own-phone', 'poster')) as online
             from cases
             where exists (select 1 from tasks where tasks.reference = cases.reference
                 and tasks.division like ?2 || '%' and (?1 is null or tasks.agency = ?1))",
        )
        .bind(&scope.agency)
        .bind(&scope.divisions)
        .fetch_all(&self.readers)
        .await?;
        Ok(cases)
    }

    async fn counted_divisions(&self, scope: &Scope) -> Result<Vec<String>, StoreError> {
        let divisions = query_as(
            "select division from tasks where division like ?2 || '%' and (?1 is null or agency = ?1)
             group by reference, division",
        )
        .bind(&scope.agency)
        .bind(&scope.divisions)
        .fetch_all(&self.readers)
        .await?;
        Ok(divisions.into_iter().map(|(division,)| division).collect())
    }

    async fn counted_decisions(&self, scope: &Scope) -> Result<Vec<CountedDecision>, StoreError> {
        // The day of the decision is Changde's: UTC+8.
        let decisions = query_as(
            "select cases.service, tasks.division, decided.at - cases.received_at as seconds,
                 tasks.due is null or strftime('%Y-%m-%d', decided.at + 28800, 'unixepoch') <= tasks.due as on_time,
                 exists (select 1 from case_events where case_events.reference = tasks.reference
                     and case_events.item = tasks.item and case_events.action = 'return') as returned
             from tasks join cases on cases.reference = tasks.reference
             join (select reference, item, min(at) as at from case_events
                 where action in ('approve', 'refuse', 'decline') group by reference, item) as decided
                 on decided.reference = tasks.reference and decided.item = tasks.item
             where tasks.division like ?2 || '%' and (?1 is null or tasks.agency = ?1)
                 -- An after-check begins when the decision was had.
                 and not exists (select 1 from case_events where case_events.reference = tasks.reference
                     and case_events.item = tasks.item and case_events.action = 'request-materials')",
        )
        .bind(&scope.agency)
        .bind(&scope.divisions)
        .fetch_all(&self.readers)
        .await?;
        Ok(decisions)
    }

    async fn counts(&self, scope: &Scope) -> Result<Counts, StoreError> {
        let counts = query_as(
            "with rated as (select coalesce(follow_level, level) as level from ratings
                 where exists (select 1 from tasks where tasks.reference = ratings.reference
                     and tasks.division like ?2 || '%' and (?1 is null or tasks.agency = ?1)
                     and ratings.item in ('', tasks.item)))
             select (select count(*) from rated) as ratings, (select count(*) from rated where level >= 3) as satisfied,
                 (select count(*) from grievances where ended_at is null
                     and (?1 is null or agency = ?1 and division like ?2 || '%')) as grievances_open,
                 (select count(*) from grievances where status = 'checked'
                     and (?1 is null or agency = ?1 and division like ?2 || '%')) as grievances_solved",
        )
        .bind(&scope.agency)
        .bind(&scope.divisions)
        .fetch_one(&self.readers)
        .await?;
        Ok(counts)
    }

    async fn solved(&self) -> Result<Vec<SolvedRecord>, StoreError> {
        let solved = query_as(
            "select status, kind, service, agency, published, created_at, ended_at from grievances
             where status in ('handed-over', 'solved', 'reported-back', 'checked')
             order by ended_at is null, ended_at desc, created_at desc limit 200",
        )
        .fetch_all(&self.readers)
        .await?;
        Ok(solved)
    }
}

impl FromRow<'_, SqliteRow> for SolvedRecord {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let kind: Option<String> = row.try_get("kind")?;
        Ok(Self {
            status: named(&row.try_get::<String, _>("status")?)?,
            kind: kind.map(|kind| named(&kind)).transpose()?,
            service: row.try_get("service")?,
            agency: row.try_get("agency")?,
            published: row.try_get("published")?,
            created_at: row.try_get("created_at")?,
            ended_at: row.try_get("ended_at")?,
        })
    }
}
