//! The counts behind limits of time.

use async_trait::async_trait;
use sqlx::{SqliteConnection, query, query_scalar};

use super::Sqlite;
use crate::store::{Admission, RateLimitStore, RateLimitUse, Seconds, StoreError};

#[async_trait]
impl RateLimitStore for Sqlite {
    async fn count_uses(&self, uses: Vec<RateLimitUse>, now: Seconds) -> Result<Admission<Vec<i64>>, StoreError> {
        self.write(move |connection| Box::pin(count(connection, uses, now))).await
    }

    async fn forget_uses(&self, counted: Vec<i64>, also: RateLimitUse) -> Result<(), StoreError> {
        self.write(move |connection| Box::pin(forget(connection, counted, also))).await
    }

    async fn delete_old_uses(&self, now: Seconds) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                query("delete from rate_limit_uses where ends_at <= ?").bind(now).execute(connection).await?;
                Ok(())
            })
        })
        .await
    }
}

/// For writes that count themselves. Refused, it leaves nothing behind.
pub(super) async fn count(
    connection: &mut SqliteConnection,
    uses: Vec<RateLimitUse>,
    now: Seconds,
) -> Result<Admission<Vec<i64>>, StoreError> {
    let mut counted = Vec::with_capacity(uses.len());
    for one in &uses {
        if is_counted(&mut *connection, one, now).await? {
            continue;
        }
        match count_one(&mut *connection, one, now).await? {
            Some(id) => counted.push(id),
            None => {
                delete(&mut *connection, &counted).await?;
                return Ok(Admission::Refused { seconds: seconds_until_free(connection, one, now).await? });
            }
        }
    }
    Ok(Admission::Granted(counted))
}

/// Whether the same thing counts already.
async fn is_counted(connection: &mut SqliteConnection, one: &RateLimitUse, now: Seconds) -> Result<bool, StoreError> {
    let is_counted = query_scalar(
        "select ?3 != '' and exists
             (select 1 from rate_limit_uses where limit_name = ?1 and subject = ?2 and thing = ?3 and ends_at > ?4)",
    )
    .bind(one.limit)
    .bind(&one.subject)
    .bind(&one.thing)
    .bind(now)
    .fetch_one(connection)
    .await?;
    Ok(is_counted)
}

async fn count_one(
    connection: &mut SqliteConnection,
    one: &RateLimitUse,
    now: Seconds,
) -> Result<Option<i64>, StoreError> {
    let id = query_scalar(
        "insert into rate_limit_uses (limit_name, subject, ends_at, thing)
         select ?1, ?2, ?3 + ?4, ?6 where ?5 >
             (select count(*) from rate_limit_uses where limit_name = ?1 and subject = ?2 and ends_at > ?3)
         returning id",
    )
    .bind(one.limit)
    .bind(&one.subject)
    .bind(now)
    .bind(one.seconds)
    .bind(one.most)
    .bind(&one.thing)
    .fetch_optional(connection)
    .await?;
    Ok(id)
}

async fn seconds_until_free(
    connection: &mut SqliteConnection,
    one: &RateLimitUse,
    now: Seconds,
) -> Result<Seconds, StoreError> {
    let ends_at: Option<Seconds> =
        query_scalar("select min(ends_at) from rate_limit_uses where limit_name = ? and subject = ? and ends_at > ?")
            .bind(one.limit)
            .bind(&one.subject)
            .bind(now)
            .fetch_one(connection)
            .await?;
    Ok(ends_at.map_or(one.seconds, |ends_at| ends_at - now).max(1))
}

async fn forget(connection: &mut SqliteConnection, counted: Vec<i64>, also: RateLimitUse) -> Result<(), StoreError> {
    delete(&mut *connection, &counted).await?;
    query("delete from rate_limit_uses where limit_name = ? and subject = ?")
        .bind(also.limit)
        .bind(also.subject)
        .execute(connection)
        .await?;
    Ok(())
}

async fn delete(connection: &mut SqliteConnection, counted: &[i64]) -> Result<(), StoreError> {
    for id in counted {
        query("delete from rate_limit_uses where id = ?").bind(id).execute(&mut *connection).await?;
    }
    Ok(())
}
