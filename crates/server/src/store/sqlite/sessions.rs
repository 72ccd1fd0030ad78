//! People, codes and sessions.

mod citizens;

use async_trait::async_trait;
use sqlx::{FromRow, Row, query, query_as};
use uuid::Uuid;

use super::Sqlite;
use crate::store::{Citizen, Code, Known, NewCode, Seconds, SessionStore, StoreError};

#[async_trait]
impl SessionStore for Sqlite {
    async fn add_code(&self, code: NewCode) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                query("update codes set used = 1 where phone = ? and used = 0")
                    .bind(&code.phone)
                    .execute(&mut *connection)
                    .await?;
                query("insert into codes (id, phone, hash, sent_at, expires_at) values (?, ?, ?, ?, ?)")
                    .bind(Uuid::now_v7().to_string())
                    .bind(code.phone)
                    .bind(code.hash)
                    .bind(code.sent_at)
                    .bind(code.expires_at)
                    .execute(connection)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    async fn attempt_code(&self, phone: &str, max_attempts: u32, now: Seconds) -> Result<Option<Code>, StoreError> {
        let phone = phone.to_owned();
        self.write(move |connection| {
            Box::pin(async move {
                let code = query_as(
                    "update codes set tries = tries + 1
                     where phone = ? and used = 0 and expires_at > ? and tries < ? returning id, hash",
                )
                .bind(phone)
                .bind(now)
                .bind(max_attempts)
                .fetch_optional(connection)
                .await?;
                Ok(code)
            })
        })
        .await
    }

    async fn use_code(&self, id: &str) -> Result<bool, StoreError> {
        let id = id.to_owned();
        self.write(move |connection| {
            Box::pin(async move {
                let used =
                    query("update codes set used = 1 where id = ? and used = 0").bind(id).execute(connection).await?;
                Ok(used.rows_affected() == 1)
            })
        })
        .await
    }

    async fn citizen_with(&self, known: Known, now: Seconds) -> Result<Citizen, StoreError> {
        self.write(move |connection| Box::pin(citizens::sign_in(connection, known, now))).await
    }

    async fn use_ticket(&self, hash: &str, now: Seconds) -> Result<bool, StoreError> {
        let hash = hash.to_owned();
        self.write(move |connection| {
            Box::pin(async move {
                let used = query("insert into used_tickets (hash, used_at) values (?, ?) on conflict do nothing")
                    .bind(hash)
                    .bind(now)
                    .execute(connection)
                    .await?;
                Ok(used.rows_affected() == 1)
            })
        })
        .await
    }

    async fn open_session(&self, hash: &str, citizen: &str, now: Seconds) -> Result<(), StoreError> {
        let (hash, citizen) = (hash.to_owned(), citizen.to_owned());
        self.write(move |connection| {
            Box::pin(async move {
                query("insert into sessions (hash, citizen, opened_at, seen_at) values (?, ?, ?, ?)")
                    .bind(hash)
                    .bind(citizen)
                    .bind(now)
                    .bind(now)
                    .execute(connection)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    async fn session(
        &self,
        hash: &str,
        opened_after: Seconds,
        seen_after: Seconds,
    ) -> Result<Option<(Citizen, Seconds)>, StoreError> {
        let row = query(
            "select citizens.id, phone, name, resident_id, journal_key, seen_at
             from sessions join citizens on citizens.id = sessions.citizen
             where hash = ? and opened_at > ? and seen_at > ?",
        )
        .bind(hash)
        .bind(opened_after)
        .bind(seen_after)
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| Ok((Citizen::from_row(&row)?, row.try_get("seen_at")?))).transpose()
    }

    async fn touch_session(&self, hash: &str, now: Seconds) -> Result<(), StoreError> {
        let hash = hash.to_owned();
        self.write(move |connection| {
            Box::pin(async move {
                query("update sessions set seen_at = ? where hash = ?")
                    .bind(now)
                    .bind(hash)
                    .execute(connection)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    async fn close_session(&self, hash: &str) -> Result<(), StoreError> {
        let hash = hash.to_owned();
        self.write(move |connection| {
            Box::pin(async move {
                query("delete from sessions where hash = ?").bind(hash).execute(connection).await?;
                Ok(())
            })
        })
        .await
    }

    async fn delete_expired_sessions(&self, opened_before: Seconds) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                query("delete from sessions where opened_at < ?").bind(opened_before).execute(connection).await?;
                Ok(())
            })
        })
        .await
    }

    async fn delete_expired_codes(&self, sent_before: Seconds) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                query("delete from codes where sent_at < ?").bind(sent_before).execute(connection).await?;
                Ok(())
            })
        })
        .await
    }
}
