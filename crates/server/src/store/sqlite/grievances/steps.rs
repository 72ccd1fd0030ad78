//! Writes a step of a grievance or a rating: everything that belongs together, or nothing.

use contract::id::Reference;
use sqlx::{SqliteConnection, query, query_as};

use super::super::cases::next_number;
use super::super::casework::{moves::audit, word};
use super::super::rate_limits;
use crate::store::{
    Admission, GrievanceMove, GrievanceRecord, NewGrievanceRecord, NewRatingRecord, RateLimitUse, Seconds, StoreError,
};

const SENT_TWICE_SECONDS: i64 = 60 * 60;

/// Counts a report that was not told before.
pub(super) async fn report(
    connection: &mut SqliteConnection,
    grievance: NewGrievanceRecord,
    uses: Vec<RateLimitUse>,
) -> Result<Admission<GrievanceRecord>, StoreError> {
    if let Some(before) = told_before(&mut *connection, &grievance).await? {
        return Ok(Admission::Granted(before));
    }
    match rate_limits::count(&mut *connection, uses, grievance.created_at).await? {
        Admission::Granted(_) => Ok(Admission::Granted(create(connection, grievance).await?)),
        Admission::Refused { seconds } => Ok(Admission::Refused { seconds }),
    }
}

async fn create(
    connection: &mut SqliteConnection,
    grievance: NewGrievanceRecord,
) -> Result<GrievanceRecord, StoreError> {
    let month = format!("grievance-{:02}{:02}", grievance.year.rem_euclid(100), grievance.month);
    let number = next_number(&mut *connection, &month).await?;
    // Like a reference, with letters of its own, so that the two are not mixed up on the phone.
    let number = Reference::new(grievance.year, grievance.month, number).0.replacen("CD", "BB", 1);
    let created = query_as(
        "insert into grievances
             (number, citizen, service, step, reference, item, agency, division, happened, phone, created_at, source, due)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning *",
    )
    .bind(number)
    .bind(grievance.citizen)
    .bind(grievance.service)
    .bind(grievance.step)
    .bind(grievance.reference)
    .bind(grievance.item)
    .bind(grievance.agency)
    .bind(grievance.division)
    .bind(grievance.happened)
    .bind(grievance.phone)
    .bind(grievance.created_at)
    .bind(word(grievance.source)?)
    .bind(grievance.due)
    .fetch_one(connection)
    .await?;
    Ok(created)
}

/// A report in the same words from the same phone within an hour is a repetition: an answer was lost, or a button
/// pressed twice.
async fn told_before(
    connection: &mut SqliteConnection,
    grievance: &NewGrievanceRecord,
) -> Result<Option<GrievanceRecord>, StoreError> {
    let before = query_as(
        "select * from grievances where phone = ? and created_at > ? and happened = ? and citizen is ? and service is ? and step is ?
             and reference is ? and source = ? and source = 'report'",
    )
    .bind(&grievance.phone)
    .bind(grievance.created_at - SENT_TWICE_SECONDS)
    .bind(&grievance.happened)
    .bind(&grievance.citizen)
    .bind(&grievance.service)
    .bind(&grievance.step)
    .bind(&grievance.reference)
    .bind(word(grievance.source)?)
    .fetch_optional(connection)
    .await?;
    Ok(before)
}

pub(super) async fn take(connection: &mut SqliteConnection, moved: GrievanceMove) -> Result<(), StoreError> {
    update(connection, &moved).await?;
    query(
        "insert into grievance_events (number, at, action, status, actor, officer, says) values (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&moved.after.number)
    .bind(moved.at)
    .bind(word(moved.action)?)
    .bind(word(moved.after.status)?)
    .bind(word(moved.by)?)
    .bind(&moved.officer)
    .bind(&moved.says)
    .execute(&mut *connection)
    .await?;
    let actor = match (&moved.officer, &moved.after.citizen) {
        (Some(officer), _) => format!("officer:{officer}"),
        (None, Some(citizen)) => format!("citizen:{citizen}"),
        (None, None) => "citizen".to_owned(),
    };
    audit(&mut *connection, &actor, &word(moved.action)?, &moved.after.number, moved.at).await?;
    if let Some(message) = &moved.message {
        query("insert into outbox (phone, text, created_at) values (?, ?, ?)")
            .bind(&moved.after.phone)
            .bind(message)
            .bind(moved.at)
            .execute(connection)
            .await?;
    }
    Ok(())
}

/// Fails, and so undoes the step, when the grievance is no longer at its version.
async fn update(connection: &mut SqliteConnection, moved: &GrievanceMove) -> Result<(), StoreError> {
    let after = &moved.after;
    let updated = query(
        "update grievances set status = ?, kind = ?, weight = ?, agency = ?, division = ?, due = ?, published = ?,
             ended_at = ?,
             version = version + 1
         where number = ? and version = ? and status = ?",
    )
    .bind(word(after.status)?)
    .bind(after.kind.map(word).transpose()?)
    .bind(after.weight.map(word).transpose()?)
    .bind(&after.agency)
    .bind(&after.division)
    .bind(&after.due)
    .bind(&after.published)
    .bind(after.ended_at)
    .bind(&after.number)
    .bind(after.version.cast_signed())
    .bind(word(moved.from)?)
    .execute(connection)
    .await?;
    if updated.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Changed) }
}

pub(super) async fn rate(connection: &mut SqliteConnection, mut rating: NewRatingRecord) -> Result<(), StoreError> {
    let call_back = match rating.call_back.take() {
        Some(call_back) => Some(create(&mut *connection, call_back).await?.number),
        None => None,
    };
    let written = query(
        "insert into ratings (reference, item, level, points, says, at, grievance) values (?, ?, ?, ?, ?, ?, ?)
         on conflict do nothing",
    )
    .bind(&rating.reference)
    .bind(&rating.item)
    .bind(rating.level)
    .bind(serde_json::to_string(&rating.points)?)
    .bind(&rating.says)
    .bind(rating.at)
    .bind(call_back)
    .execute(&mut *connection)
    .await?;
    must_be_one(written.rows_affected())?;
    audit(connection, &format!("citizen:{}", rating.citizen), "rate", &object(&rating), rating.at).await
}

pub(super) async fn rate_again(
    connection: &mut SqliteConnection,
    rating: NewRatingRecord,
    first_since: Seconds,
) -> Result<(), StoreError> {
    let written = query(
        "update ratings set follow_level = ?, follow_says = ?, follow_at = ?
         where reference = ? and item = ? and follow_level is null and at >= ?",
    )
    .bind(rating.level)
    .bind(&rating.says)
    .bind(rating.at)
    .bind(&rating.reference)
    .bind(&rating.item)
    .bind(first_since)
    .execute(&mut *connection)
    .await?;
    must_be_one(written.rows_affected())?;
    audit(connection, &format!("citizen:{}", rating.citizen), "rate-again", &object(&rating), rating.at).await
}

/// What was rated, as a line of the audit names it: a case, or an item of it.
fn object(rating: &NewRatingRecord) -> String {
    let NewRatingRecord { reference, item, .. } = rating;
    if item.is_empty() { reference.clone() } else { format!("{reference}/{item}") }
}

fn must_be_one(rows: u64) -> Result<(), StoreError> {
    if rows == 1 { Ok(()) } else { Err(StoreError::Changed) }
}
