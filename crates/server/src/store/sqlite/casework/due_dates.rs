//! Writes a recomputed due date: task, history, audit and message together, or nothing.

use sqlx::{SqliteConnection, query};

use super::moves::{audit, enqueue_sms};
use crate::store::{DueDateChange, StoreError};

pub(super) async fn set(connection: &mut SqliteConnection, change: DueDateChange) -> Result<bool, StoreError> {
    let updated = query(
        "update tasks set due = ?, due_is_provisional = ?, version = version + 1
         where reference = ? and item = ? and version = ?",
    )
    .bind(&change.due)
    .bind(change.due_is_provisional)
    .bind(&change.reference)
    .bind(&change.item)
    .bind(change.version.cast_signed())
    .execute(&mut *connection)
    .await?;
    if updated.rows_affected() == 0 {
        return Ok(false);
    }
    query("insert into reckonings (reference, item, at, due_before, due) values (?, ?, ?, ?, ?)")
        .bind(&change.reference)
        .bind(&change.item)
        .bind(change.at)
        .bind(&change.due_before)
        .bind(&change.due)
        .execute(&mut *connection)
        .await?;
    let object = format!("{}/{}", change.reference, change.item);
    audit(connection, "system", "reckon", &object, change.at).await?;
    if let Some(message) = &change.message {
        enqueue_sms(connection, &change.phone, message, change.at).await?;
    }
    Ok(true)
}
