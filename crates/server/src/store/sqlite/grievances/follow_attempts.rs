//! Counts attempts to follow a grievance, so that nobody can guess a phone number.

use sqlx::{SqliteConnection, query, query_as};

use crate::store::{AttemptLimits, Seconds, StoreError};

pub(super) async fn record(
    connection: &mut SqliteConnection,
    network: String,
    number: String,
    most: AttemptLimits,
    now: Seconds,
    since: Seconds,
) -> Result<bool, StoreError> {
    let (of_number, of_network): (i64, i64) = query_as(
        "select count(*) filter (where number = ?2), count(*) from follow_tries where network = ?1 and at > ?3",
    )
    .bind(&network)
    .bind(&number)
    .bind(since)
    .fetch_one(&mut *connection)
    .await?;
    if of_number >= most.of_number || of_network >= most.of_network {
        return Ok(false);
    }
    query("insert into follow_tries (network, number, at) values (?, ?, ?)")
        .bind(network)
        .bind(number)
        .bind(now)
        .execute(connection)
        .await?;
    Ok(true)
}

pub(super) async fn reset(
    connection: &mut SqliteConnection,
    network: String,
    number: String,
) -> Result<(), StoreError> {
    query("delete from follow_tries where network = ? and number = ?")
        .bind(network)
        .bind(number)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn delete_old(connection: &mut SqliteConnection, before: Seconds) -> Result<(), StoreError> {
    query("delete from follow_tries where at < ?").bind(before).execute(connection).await?;
    Ok(())
}
