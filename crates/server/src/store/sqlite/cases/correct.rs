//! Mending a returned case, in one savepoint. What was sent before stays in the audit of its files; answers are replaced.

use sqlx::{SqliteConnection, query};

use super::submit::{bind_attachment, close_draft, insert_submission, submission};
use crate::store::sqlite::casework::moves;
use crate::store::sqlite::uploads::take_left_over;
use crate::store::{Move, NewCase, Step, StoreError, Submitted};

pub(super) async fn correct(
    connection: &mut SqliteConnection,
    reference: String,
    mended: NewCase,
    steps: Vec<Step>,
) -> Result<Submitted, StoreError> {
    if let Some(before) = submission(connection, &mended).await? {
        return Ok(Submitted::Before(before));
    }
    if !close_draft(connection, &mended, &reference).await? {
        return Err(StoreError::Changed);
    }
    query("update cases set answers = ? where reference = ? and citizen = ?")
        .bind(serde_json::to_string(&mended.answers)?)
        .bind(&reference)
        .bind(&mended.citizen)
        .execute(&mut *connection)
        .await?;
    for attachment in &mended.attachments {
        bind_attachment(connection, &mended.draft, attachment, &reference).await?;
    }
    let left_over = take_left_over(connection, &mended.draft).await?;
    insert_submission(connection, &mended, &reference).await?;
    let moved = Move {
        reference: reference.clone(),
        steps,
        actor: format!("citizen:{}", mended.citizen),
        phone: mended.phone,
        messages: vec![format!("【一件事】办件 {reference}：您补的内容收到了，工作人员接着办。")],
        at: mended.received_at,
    };
    moves::take(connection, moved).await?;
    Ok(Submitted::Now { reference, left_over })
}
