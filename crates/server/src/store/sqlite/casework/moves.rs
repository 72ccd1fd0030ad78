//! Steps of tasks: state, event, audit and message together, or nothing.

use sqlx::{SqliteConnection, query};

use super::word;
use crate::store::sqlite::deliverables::issue;
use crate::store::sqlite::notices::serve;
use crate::store::{AssigneeChange, Move, Seconds, Step, StoreError};

pub(in crate::store::sqlite) async fn apply(connection: &mut SqliteConnection, moved: Move) -> Result<(), StoreError> {
    for step in &moved.steps {
        update_task(connection, &moved, step).await?;
        insert_event(connection, &moved, step).await?;
        if let Some(issued) = &step.issued {
            issue(connection, issued).await?;
        }
        if let Some(notice) = &step.notice {
            serve(connection, &moved.reference, notice, moved.at).await?;
        }
        let object = format!("{}/{}", moved.reference, step.item);
        audit(connection, &moved.actor, &word(step.action)?, &object, moved.at).await?;
    }
    for message in &moved.messages {
        enqueue_sms(connection, &moved.phone, message, moved.at).await?;
    }
    Ok(())
}

/// Writes a message into the outbox.
pub(in crate::store::sqlite) async fn enqueue_sms(
    connection: &mut SqliteConnection,
    phone: &str,
    message: &str,
    at: Seconds,
) -> Result<(), StoreError> {
    query("insert into outbox (phone, text, created_at) values (?, ?, ?)")
        .bind(phone)
        .bind(message)
        .bind(at)
        .execute(connection)
        .await?;
    Ok(())
}

/// Fails, and so undoes the whole move, when the task is no longer at its version.
async fn update_task(connection: &mut SqliteConnection, moved: &Move, step: &Step) -> Result<(), StoreError> {
    let updated = query(
        "update tasks set status = ?1, due = ?2, due_is_provisional = ?3, officer = ?4, version = version + 1,
             since = case when status = ?1 then since else ?5 end
         where reference = ?6 and item = ?7 and version = ?8 and status = ?9",
    )
    .bind(word(step.to)?)
    .bind(&step.due)
    .bind(step.due_is_provisional)
    .bind(&step.assignee)
    .bind(moved.at)
    .bind(&moved.reference)
    .bind(&step.item)
    .bind(step.version.cast_signed())
    .bind(word(step.from)?)
    .execute(connection)
    .await?;
    if updated.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Changed) }
}

async fn insert_event(connection: &mut SqliteConnection, moved: &Move, step: &Step) -> Result<(), StoreError> {
    query(
        "insert into case_events (reference, item, at, action, status, actor, officer, says, basis, reasons)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&moved.reference)
    .bind(&step.item)
    .bind(moved.at)
    .bind(word(step.action)?)
    .bind(word(step.to)?)
    .bind(word(step.by)?)
    .bind(&step.done_by)
    .bind(&step.says)
    .bind(&step.basis)
    .bind(serde_json::to_string(&step.reasons)?)
    .execute(connection)
    .await?;
    Ok(())
}

pub(in crate::store::sqlite) async fn audit(
    connection: &mut SqliteConnection,
    actor: &str,
    action: &str,
    object: &str,
    now: Seconds,
) -> Result<(), StoreError> {
    query("insert into audit (at, actor, action, object) values (?, ?, ?, ?)")
        .bind(now)
        .bind(actor)
        .bind(action)
        .bind(object)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn assign(connection: &mut SqliteConnection, change: AssigneeChange) -> Result<bool, StoreError> {
    let updated =
        query("update tasks set officer = ?, version = version + 1 where reference = ? and item = ? and version = ?")
            .bind(change.is_claim.then_some(&change.officer))
            .bind(&change.reference)
            .bind(&change.item)
            .bind(change.version.cast_signed())
            .execute(&mut *connection)
            .await?;
    if updated.rows_affected() == 0 {
        return Ok(false);
    }
    let (actor, action) = (format!("officer:{}", change.officer), if change.is_claim { "claim" } else { "release" });
    audit(connection, &actor, action, &format!("{}/{}", change.reference, change.item), change.at).await?;
    Ok(true)
}
