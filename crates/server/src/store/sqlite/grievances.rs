//! Reports of what could not be done.

use async_trait::async_trait;
use contract::id::Reference;
use sqlx::{query_as, query_scalar};

use super::Sqlite;
use super::cases::next_number;
use crate::store::{GrievanceRecord, GrievanceStore, NewGrievanceRecord, Seconds, StoreError};

#[async_trait]
impl GrievanceStore for Sqlite {
    async fn create_grievance(&self, grievance: NewGrievanceRecord) -> Result<GrievanceRecord, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let month = format!("grievance-{:02}{:02}", grievance.year.rem_euclid(100), grievance.month);
                let number = next_number(&mut *connection, &month).await?;
                // Like a reference, with letters of its own, so that the two are not mixed up on the phone.
                let number = Reference::new(grievance.year, grievance.month, number).0.replacen("CD", "BB", 1);
                let created = query_as(
                    "insert into grievances
                         (number, citizen, network, service, step, reference, happened, phone, created_at)
                     values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning *",
                )
                .bind(number)
                .bind(grievance.citizen)
                .bind(grievance.network)
                .bind(grievance.service)
                .bind(grievance.step)
                .bind(grievance.reference)
                .bind(grievance.happened)
                .bind(grievance.phone)
                .bind(grievance.created_at)
                .fetch_one(connection)
                .await?;
                Ok(created)
            })
        })
        .await
    }

    async fn grievances_of(&self, citizen: &str) -> Result<Vec<GrievanceRecord>, StoreError> {
        let grievances = query_as("select * from grievances where citizen = ? order by created_at desc, number desc")
            .bind(citizen)
            .fetch_all(&self.readers)
            .await?;
        Ok(grievances)
    }

    async fn grievances_from(&self, network: &str, since: Seconds) -> Result<i64, StoreError> {
        let count = query_scalar("select count(*) from grievances where network = ? and created_at > ?")
            .bind(network)
            .bind(since)
            .fetch_one(&self.readers)
            .await?;
        Ok(count)
    }
}
