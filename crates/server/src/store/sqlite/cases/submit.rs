//! Writes a submission in one savepoint: all of it, or nothing.

use contract::id::Reference;
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::store::sqlite::casework::moves::{audit, enqueue_sms};
use crate::store::sqlite::uploads::remove_orphaned;
use crate::store::{NewCase, NewNotification, StoreError, Submission, Submitted, TaskRecord};

pub(super) async fn submit(connection: &mut SqliteConnection, case: NewCase) -> Result<Submitted, StoreError> {
    if let Some(before) = submission(connection, &case).await? {
        return Ok(Submitted::Before(before));
    }
    let number = next_number(connection, &format!("{:02}{:02}", case.year.rem_euclid(100), case.month)).await?;
    let reference = Reference::new(case.year, case.month, number).0;
    if !close_draft(connection, &case, &reference).await? {
        // Only the number was taken so far, and the rollback of the savepoint frees it.
        return Err(StoreError::Changed);
    }
    insert_case(connection, &case, &reference).await?;
    for (position, task) in case.tasks.iter().enumerate() {
        insert_task(connection, &reference, position, task).await?;
    }
    for attachment in &case.attachments {
        bind_attachment(connection, &case.draft, attachment, &reference).await?;
    }
    let orphaned = remove_orphaned(connection, &case.draft).await?;
    insert_submission(connection, &case, &reference).await?;
    audit(connection, &format!("citizen:{}", case.citizen), "submit", &reference, case.received_at).await?;
    enqueue_messages(connection, &case, &reference).await?;
    Ok(Submitted::Now { reference, orphaned })
}

pub(super) async fn submission(
    connection: &mut SqliteConnection,
    case: &NewCase,
) -> Result<Option<Submission>, StoreError> {
    let before = query_as("select body, reference from submissions where citizen = ? and key = ?")
        .bind(&case.citizen)
        .bind(&case.key)
        .fetch_optional(connection)
        .await?;
    Ok(before)
}

pub(in crate::store::sqlite) async fn next_number(
    connection: &mut SqliteConnection,
    month: &str,
) -> Result<u32, StoreError> {
    let number = query_scalar(
        "insert into case_numbers (month, last) values (?, 1) on conflict do update set last = last + 1 returning last",
    )
    .bind(month)
    .fetch_one(connection)
    .await?;
    Ok(number)
}

pub(super) async fn close_draft(
    connection: &mut SqliteConnection,
    case: &NewCase,
    reference: &str,
) -> Result<bool, StoreError> {
    let closed =
        query("update drafts set reference = ? where citizen = ? and id = ? and version = ? and reference is null")
            .bind(reference)
            .bind(&case.citizen)
            .bind(&case.draft)
            .bind(case.draft_version.cast_signed())
            .execute(connection)
            .await?;
    Ok(closed.rows_affected() == 1)
}

async fn insert_case(connection: &mut SqliteConnection, case: &NewCase, reference: &str) -> Result<(), StoreError> {
    query(
        "insert into cases
             (reference, citizen, draft, service, service_version, division, track, answers, received_at, family, channel,
              channel_code, renews)
         select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, channel, channel_code, ?11 from drafts where id = ?3",
    )
    .bind(reference)
    .bind(&case.citizen)
    .bind(&case.draft)
    .bind(&case.service)
    .bind(case.service_version)
    .bind(&case.division)
    .bind(&case.track)
    .bind(serde_json::to_string(&case.answers)?)
    .bind(case.received_at)
    .bind(&case.family)
    .bind(&case.renews)
    .execute(connection)
    .await?;
    Ok(())
}

async fn insert_task(
    connection: &mut SqliteConnection,
    reference: &str,
    position: usize,
    task: &TaskRecord,
) -> Result<(), StoreError> {
    let status = serde_json::to_value(task.status)?;
    query(
        "insert into tasks
             (reference, position, item, status, due, due_is_provisional, agency, promised, since, division, office)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(reference)
    .bind(i64::try_from(position).unwrap_or(i64::MAX))
    .bind(&task.item)
    .bind(status.as_str().unwrap_or_default())
    .bind(&task.due)
    .bind(task.due_is_provisional)
    .bind(&task.agency)
    .bind(task.promised)
    .bind(task.since)
    .bind(&task.destination.division)
    .bind(&task.destination.office)
    .execute(connection)
    .await?;
    Ok(())
}

/// Fails, and so undoes the submission, when a file was deleted meanwhile.
pub(super) async fn bind_attachment(
    connection: &mut SqliteConnection,
    draft: &str,
    attachment: &str,
    reference: &str,
) -> Result<(), StoreError> {
    let bound = query("update attachments set reference = ? where id = ? and draft = ? and reference is null")
        .bind(reference)
        .bind(attachment)
        .bind(draft)
        .execute(connection)
        .await?;
    if bound.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Changed) }
}

pub(super) async fn insert_submission(
    connection: &mut SqliteConnection,
    case: &NewCase,
    reference: &str,
) -> Result<(), StoreError> {
    query("insert into submissions (citizen, key, body, reference) values (?, ?, ?, ?)")
        .bind(&case.citizen)
        .bind(&case.key)
        .bind(&case.body)
        .bind(reference)
        .execute(connection)
        .await?;
    Ok(())
}

/// The receipt of the resident, and word to whoever else must be told, each with a line of the audit.
async fn enqueue_messages(
    connection: &mut SqliteConnection,
    case: &NewCase,
    reference: &str,
) -> Result<(), StoreError> {
    let numbered = |text: &str| text.replace("{reference}", reference);
    enqueue_sms(connection, &case.phone, &numbered(&case.message), case.received_at).await?;
    for NewNotification { id, phone, text } in &case.notifications {
        enqueue_sms(connection, phone, &numbered(text), case.received_at).await?;
        let (actor, object) = (format!("citizen:{}", case.citizen), format!("{reference}/{id}"));
        audit(connection, &actor, "notify", &object, case.received_at).await?;
    }
    Ok(())
}
