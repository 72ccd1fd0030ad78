//! Officers and their sessions.

use sqlx::{SqliteConnection, query};

use crate::store::{OfficerRecord, Seconds, StoreError};

/// Inserts new officers. A known officer keeps failures and lock.
pub(super) async fn seed(connection: &mut SqliteConnection, all: Vec<OfficerRecord>) -> Result<(), StoreError> {
    for officer in all {
        query(
            "insert into officers (id, name, agency, division, resident_id, password, totp) values (?, ?, ?, ?, ?, ?, ?)
             on conflict do nothing",
        )
        .bind(officer.id)
        .bind(officer.name)
        .bind(officer.agency)
        .bind(officer.division)
        .bind(officer.resident_id)
        .bind(officer.password)
        .bind(officer.totp)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

pub(super) async fn fail(
    connection: &mut SqliteConnection,
    id: String,
    locked_until: Seconds,
) -> Result<(), StoreError> {
    query("update officers set failures = failures + 1, locked_until = max(locked_until, ?) where id = ?")
        .bind(locked_until)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn open_session(
    connection: &mut SqliteConnection,
    hash: String,
    id: String,
    step: i64,
    now: Seconds,
) -> Result<bool, StoreError> {
    let used =
        query("update officers set used_step = ?, failures = 0, locked_until = 0 where id = ? and used_step < ?")
            .bind(step)
            .bind(&id)
            .bind(step)
            .execute(&mut *connection)
            .await?;
    if used.rows_affected() == 0 {
        return Ok(false);
    }
    query("insert into officer_sessions (hash, officer, opened_at, seen_at) values (?, ?, ?, ?)")
        .bind(hash)
        .bind(id)
        .bind(now)
        .bind(now)
        .execute(connection)
        .await?;
    Ok(true)
}

pub(super) async fn touch_session(
    connection: &mut SqliteConnection,
    hash: String,
    now: Seconds,
) -> Result<(), StoreError> {
    query("update officer_sessions set seen_at = ? where hash = ?").bind(now).bind(hash).execute(connection).await?;
    Ok(())
}

pub(super) async fn close_session(connection: &mut SqliteConnection, hash: String) -> Result<(), StoreError> {
    query("delete from officer_sessions where hash = ?").bind(hash).execute(connection).await?;
    Ok(())
}
