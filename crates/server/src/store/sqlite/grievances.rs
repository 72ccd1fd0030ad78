//! Reports of what could not be done, and ratings.

mod steps;

use async_trait::async_trait;
use serde::de::DeserializeOwned;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row, query_as};

use super::Sqlite;
use super::cases::named;
use crate::store::{
    Admission, GrievanceEventRecord, GrievanceMove, GrievanceRecord, GrievanceStore, NewGrievanceRecord,
    NewRatingRecord, RateLimitUse, RatingRecord, Seconds, StoreError,
};

#[async_trait]
impl GrievanceStore for Sqlite {
    async fn create_grievance(
        &self,
        grievance: NewGrievanceRecord,
        uses: Vec<RateLimitUse>,
    ) -> Result<Admission<GrievanceRecord>, StoreError> {
        self.write(move |connection| Box::pin(steps::report(connection, grievance, uses))).await
    }

    async fn grievance(&self, number: &str) -> Result<Option<GrievanceRecord>, StoreError> {
        Ok(query_as("select * from grievances where number = ?").bind(number).fetch_optional(&self.readers).await?)
    }

    async fn grievances_of(&self, citizen: &str) -> Result<Vec<GrievanceRecord>, StoreError> {
        let grievances = query_as("select * from grievances where citizen = ? order by created_at desc, number desc")
            .bind(citizen)
            .fetch_all(&self.readers)
            .await?;
        Ok(grievances)
    }

    async fn grievance_events(&self, number: &str) -> Result<Vec<GrievanceEventRecord>, StoreError> {
        let events = query_as(
            "select grievance_events.*, officers.name as officer_name
             from grievance_events left join officers on officers.id = grievance_events.officer
             where number = ? order by grievance_events.id",
        )
        .bind(number)
        .fetch_all(&self.readers)
        .await?;
        Ok(events)
    }

    async fn grievances_for(&self, agency_in: Option<(&str, &str)>) -> Result<Vec<GrievanceRecord>, StoreError> {
        let grievances = query_as(
            "select * from grievances where ?1 is null or agency = ?1 and division like ?2 || '%'
             order by ended_at is not null, due is null, due, created_at desc limit 500",
        )
        .bind(agency_in.map(|(agency, _)| agency))
        .bind(agency_in.map(|(_, divisions)| divisions))
        .fetch_all(&self.readers)
        .await?;
        Ok(grievances)
    }

    async fn move_grievance(&self, moved: GrievanceMove) -> Result<bool, StoreError> {
        done(self.write(move |connection| Box::pin(steps::take(connection, moved))).await)
    }

    async fn ratings_of(&self, reference: &str) -> Result<Vec<RatingRecord>, StoreError> {
        let ratings = query_as("select item, level, at, follow_level from ratings where reference = ?")
            .bind(reference)
            .fetch_all(&self.readers)
            .await?;
        Ok(ratings)
    }

    async fn rate(&self, rating: NewRatingRecord) -> Result<bool, StoreError> {
        done(self.write(move |connection| Box::pin(steps::rate(connection, rating))).await)
    }

    async fn rate_again(&self, rating: NewRatingRecord, first_since: Seconds) -> Result<bool, StoreError> {
        done(self.write(move |connection| Box::pin(steps::rate_again(connection, rating, first_since))).await)
    }
}

fn done(written: Result<(), StoreError>) -> Result<bool, StoreError> {
    match written {
        Ok(()) => Ok(true),
        Err(StoreError::Changed) => Ok(false),
        Err(error) => Err(error),
    }
}

impl FromRow<'_, SqliteRow> for GrievanceRecord {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            number: row.try_get("number")?,
            citizen: row.try_get("citizen")?,
            service: row.try_get("service")?,
            step: row.try_get("step")?,
            reference: row.try_get("reference")?,
            item: row.try_get("item")?,
            happened: row.try_get("happened")?,
            phone: row.try_get("phone")?,
            created_at: row.try_get("created_at")?,
            status: word_of(row, "status")?,
            version: row.try_get::<i64, _>("version")?.unsigned_abs(),
            source: word_of(row, "source")?,
            kind: perhaps(row, "kind")?,
            weight: perhaps(row, "weight")?,
            agency: row.try_get("agency")?,
            division: row.try_get("division")?,
            due: row.try_get("due")?,
            published: row.try_get("published")?,
            ended_at: row.try_get("ended_at")?,
        })
    }
}

impl FromRow<'_, SqliteRow> for GrievanceEventRecord {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            at: row.try_get("at")?,
            action: word_of(row, "action")?,
            status: word_of(row, "status")?,
            by: word_of(row, "actor")?,
            officer: row.try_get("officer_name")?,
            says: row.try_get("says")?,
        })
    }
}

fn word_of<T: DeserializeOwned>(row: &SqliteRow, column: &str) -> Result<T, sqlx::Error> {
    named(&row.try_get::<String, _>(column)?)
}

fn perhaps<T: DeserializeOwned>(row: &SqliteRow, column: &str) -> Result<Option<T>, sqlx::Error> {
    row.try_get::<Option<String>, _>(column)?.map(|word| named(&word)).transpose()
}
