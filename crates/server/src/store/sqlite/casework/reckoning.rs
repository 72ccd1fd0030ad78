//! A last day set right: task, history, audit and message together, or nothing.

use sqlx::{SqliteConnection, query};

use super::moves::{audit, tell};
use crate::store::{Reckoning, StoreError};

pub(super) async fn set(connection: &mut SqliteConnection, reckoning: Reckoning) -> Result<bool, StoreError> {
    let updated = query(
        "update tasks set due = ?, due_is_provisional = ?, version = version + 1
         where reference = ? and item = ? and version = ?",
    )
    .bind(&reckoning.due)
    .bind(reckoning.due_is_provisional)
    .bind(&reckoning.reference)
    .bind(&reckoning.item)
    .bind(reckoning.version.cast_signed())
    .execute(&mut *connection)
    .await?;
    if updated.rows_affected() == 0 {
        return Ok(false);
    }
    query("insert into reckonings (reference, item, at, due_before, due) values (?, ?, ?, ?, ?)")
        .bind(&reckoning.reference)
        .bind(&reckoning.item)
        .bind(reckoning.at)
        .bind(&reckoning.due_before)
        .bind(&reckoning.due)
        .execute(&mut *connection)
        .await?;
    let object = format!("{}/{}", reckoning.reference, reckoning.item);
    audit(connection, "system", "reckon", &object, reckoning.at).await?;
    if let Some(message) = &reckoning.message {
        tell(connection, &reckoning.phone, message, reckoning.at).await?;
    }
    Ok(true)
}
