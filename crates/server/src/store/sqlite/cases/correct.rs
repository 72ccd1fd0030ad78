//! Writes the correction of a returned case in one savepoint. It replaces the answers; the files sent before stay with
//! the case.

use sqlx::{SqliteConnection, query};

use super::submit::{bind_attachment, close_draft, insert_submission, submission};
use crate::store::sqlite::casework::moves;
use crate::store::sqlite::uploads::remove_orphaned;
use crate::store::{Move, NewCase, Step, StoreError, Submitted, TaskRecord};

pub(super) async fn correct(
    connection: &mut SqliteConnection,
    reference: String,
    correction: NewCase,
    steps: Vec<Step>,
) -> Result<Submitted, StoreError> {
    if let Some(before) = submission(connection, &correction).await? {
        return Ok(Submitted::Before(before));
    }
    if !close_draft(connection, &correction, &reference).await? {
        return Err(StoreError::Changed);
    }
    query("update cases set answers = ? where reference = ? and citizen = ?")
        .bind(serde_json::to_string(&correction.answers)?)
        .bind(&reference)
        .bind(&correction.citizen)
        .execute(&mut *connection)
        .await?;
    for attachment in &correction.attachments {
        bind_attachment(connection, &correction.draft, attachment, &reference).await?;
    }
    let orphaned = remove_orphaned(connection, &correction.draft).await?;
    insert_submission(connection, &correction, &reference).await?;
    let moved = Move {
        reference: reference.clone(),
        steps,
        actor: format!("citizen:{}", correction.citizen),
        phone: correction.phone.clone(),
        messages: vec![correction.message.clone()],
        at: correction.received_at,
    };
    moves::apply(connection, moved).await?;
    for task in &correction.tasks {
        redirect(connection, &reference, task).await?;
    }
    Ok(Submitted::Now { reference, orphaned })
}

/// A corrected answer may name another office: the task goes there, and whoever claimed it has it no longer.
async fn redirect(connection: &mut SqliteConnection, reference: &str, task: &TaskRecord) -> Result<(), StoreError> {
    query(
        "update tasks set division = ?1, office = ?2, officer = null, version = version + 1
         where reference = ?3 and item = ?4 and (division <> ?1 or office <> ?2)
             and status not in ('approved', 'not-accepted', 'refused', 'delivered', 'withdrawn', 'void')",
    )
    .bind(&task.destination.division)
    .bind(&task.destination.office)
    .bind(reference)
    .bind(&task.item)
    .execute(connection)
    .await?;
    Ok(())
}
