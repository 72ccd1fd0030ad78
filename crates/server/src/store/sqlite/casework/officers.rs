//! Officers and their sessions.

use sqlx::{SqliteConnection, query};

use crate::store::{NewOfficerSession, OfficerRecord, Seconds, StoreError};

/// Inserts new officers. A known officer stays as they are.
pub(super) async fn seed(connection: &mut SqliteConnection, all: Vec<OfficerRecord>) -> Result<(), StoreError> {
    for officer in all {
        query(
            "insert into officers (id, name, agency, division, office, resident_id, password, totp)
             values (?, ?, ?, ?, ?, ?, ?, ?)
             on conflict do nothing",
        )
        .bind(officer.id)
        .bind(officer.name)
        .bind(officer.agency)
        .bind(officer.division)
        .bind(officer.office)
        .bind(officer.resident_id)
        .bind(officer.password)
        .bind(officer.totp)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

pub(super) async fn open_session(
    connection: &mut SqliteConnection,
    session: NewOfficerSession,
    now: Seconds,
) -> Result<bool, StoreError> {
    let used = query("update officers set used_step = ?1 where id = ?2 and used_step < ?1")
        .bind(session.step)
        .bind(&session.officer)
        .execute(&mut *connection)
        .await?;
    if used.rows_affected() == 0 {
        return Ok(false);
    }
    query(
        "insert into officer_browsers (hash, officer, seen_at) values (?, ?, ?)
         on conflict (hash, officer) do update set seen_at = excluded.seen_at",
    )
    .bind(session.browser)
    .bind(&session.officer)
    .bind(now)
    .execute(&mut *connection)
    .await?;
    query("insert into officer_sessions (hash, officer, opened_at, seen_at) values (?, ?, ?, ?)")
        .bind(session.hash)
        .bind(session.officer)
        .bind(now)
        .bind(now)
        .execute(connection)
        .await?;
    Ok(true)
}

pub(super) async fn delete_unused_browsers(
    connection: &mut SqliteConnection,
    seen_before: Seconds,
) -> Result<(), StoreError> {
    query("delete from officer_browsers where seen_at < ?").bind(seen_before).execute(connection).await?;
    Ok(())
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
