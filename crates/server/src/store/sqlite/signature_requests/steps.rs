//! Steps of requests to sign: state, audit and message together, or nothing.

use contract::api::SignatureRequestState;
use sqlx::{SqliteConnection, query, query_as};

use super::super::casework::moves::{audit, enqueue_sms};
use super::super::casework::word;
use super::super::rate_limits;
use crate::store::{
    Admission, NewMessage, NewSignatureRequestRecord, RateLimitUse, Seconds, SignatureChanges, SignatureRequestEnd,
    SignatureRequestRecord, SignedPlace, StoreError,
};

pub(super) async fn request(
    connection: &mut SqliteConnection,
    new: NewSignatureRequestRecord,
    uses: Vec<RateLimitUse>,
) -> Result<Admission<SignatureRequestRecord>, StoreError> {
    let live: Option<SignatureRequestRecord> = query_as(
        "select * from signature_requests where draft = ? and field = ? and row = ? and state in ('sent', 'seen')",
    )
    .bind(&new.draft)
    .bind(&new.place.field)
    .bind(&new.place.row)
    .fetch_optional(&mut *connection)
    .await?;
    let is_same = |one: &SignatureRequestRecord| one.signer == new.signer && one.ends_at > new.asked_at;
    if let Some(live) = live.clone().filter(is_same) {
        return Ok(Admission::Granted(live));
    }
    if let Admission::Refused { seconds } = rate_limits::count(&mut *connection, uses, new.asked_at).await? {
        return Ok(Admission::Refused { seconds });
    }
    let actor = format!("citizen:{}", new.owner);
    if let Some(live) = live {
        let state =
            if live.ends_at > new.asked_at { SignatureRequestState::Cancelled } else { SignatureRequestState::Ended };
        let (id, reason, actor) = (live.id, String::new(), actor.clone());
        let end = SignatureRequestEnd { id, state, reason, actor, message: None, at: new.asked_at };
        self::end(&mut *connection, end).await?;
    }
    let created: SignatureRequestRecord = query_as(
        "insert into signature_requests (id, draft, field, row, name, phone, resident_id, state, since, asked_at, ends_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'sent', ?8, ?8, ?9) returning *",
    )
    .bind(&new.id)
    .bind(&new.draft)
    .bind(&new.place.field)
    .bind(&new.place.row)
    .bind(&new.signer.name)
    .bind(&new.signer.phone)
    .bind(&new.signer.resident_id)
    .bind(new.asked_at)
    .bind(new.ends_at)
    .fetch_one(&mut *connection)
    .await?;
    audit(&mut *connection, &actor, "request-signature", &object(&created), new.asked_at).await?;
    send(connection, &new.message, new.asked_at).await?;
    Ok(Admission::Granted(created))
}

pub(super) async fn see(
    connection: &mut SqliteConnection,
    id: String,
    signer: String,
    hash: String,
    review: String,
    now: Seconds,
) -> Result<(), StoreError> {
    query("update signature_requests set seen_hash = ?, seen_review = ? where id = ? and state in ('sent', 'seen')")
        .bind(hash)
        .bind(review)
        .bind(&id)
        .execute(&mut *connection)
        .await?;
    let opened: Option<SignatureRequestRecord> =
        query_as("update signature_requests set state = 'seen', since = ? where id = ? and state = 'sent' returning *")
            .bind(now)
            .bind(&id)
            .fetch_optional(&mut *connection)
            .await?;
    match opened {
        Some(opened) => audit(connection, &format!("citizen:{signer}"), "open-signature", &object(&opened), now).await,
        None => Ok(()),
    }
}

pub(super) async fn end(connection: &mut SqliteConnection, end: SignatureRequestEnd) -> Result<bool, StoreError> {
    let ended: Option<SignatureRequestRecord> = query_as(
        "update signature_requests set state = ?, reason = ?, since = ?, seen_review = '[]'
         where id = ? and state in ('sent', 'seen') returning *",
    )
    .bind(word(end.state)?)
    .bind(&end.reason)
    .bind(end.at)
    .bind(&end.id)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(ended) = ended else { return Ok(false) };
    let action = match end.state {
        SignatureRequestState::Objected => "object-to-signature",
        SignatureRequestState::Ended => "end-signature-request",
        _ => "cancel-signature-request",
    };
    audit(&mut *connection, &end.actor, action, &object(&ended), end.at).await?;
    if let Some(message) = &end.message {
        send(connection, message, end.at).await?;
    }
    Ok(true)
}

pub(super) async fn remind(
    connection: &mut SqliteConnection,
    id: String,
    number: u32,
    message: NewMessage,
    now: Seconds,
) -> Result<bool, StoreError> {
    let reminded: Option<SignatureRequestRecord> = query_as(
        "update signature_requests set reminders = ?1
         where id = ?2 and reminders < ?1 and state in ('sent', 'seen') returning *",
    )
    .bind(number)
    .bind(id)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(reminded) = reminded else { return Ok(false) };
    audit(&mut *connection, "system", "remind-signer", &object(&reminded), now).await?;
    send(connection, &message, now).await?;
    Ok(true)
}

/// What follows for the requests of a draft from a change of its signatures, in the savepoint of the change.
pub(in super::super) async fn follow(
    connection: &mut SqliteConnection,
    draft: &str,
    owner: &str,
    changes: &SignatureChanges,
    now: Seconds,
) -> Result<(), StoreError> {
    if let Some(answered) = &changes.answered {
        let signed: Option<SignatureRequestRecord> = query_as(
            "update signature_requests set state = 'signed', since = ?1, seen_review = '[]'
             where id = ?2 and draft = ?3 and state in ('sent', 'seen') and ends_at > ?1 returning *",
        )
        .bind(now)
        .bind(&answered.id)
        .bind(draft)
        .fetch_optional(&mut *connection)
        .await?;
        // It was answered, taken back or ended meanwhile: the signature does not land either.
        let signed = signed.ok_or(StoreError::Changed)?;
        audit(&mut *connection, &format!("citizen:{}", answered.signer), "sign", &object(&signed), now).await?;
        send(&mut *connection, &answered.message, now).await?;
    }
    let owner = format!("citizen:{owner}");
    for place in &changes.written {
        for request in cancel_at(&mut *connection, draft, place, now).await? {
            audit(&mut *connection, &owner, "cancel-signature-request", &object(&request), now).await?;
        }
    }
    let mut is_told = false;
    for id in &changes.lost {
        let Some(request) = void(&mut *connection, id, now).await? else { continue };
        audit(&mut *connection, &owner, "void-signature", &object(&request), now).await?;
        // Whoever has just signed in its place knows.
        if changes.answered.is_none() {
            is_told = true;
            let (phone, text) = (request.signer.phone, changes.says_to_signers.clone());
            send(&mut *connection, &NewMessage { phone, text }, now).await?;
        }
    }
    match changes.to_owner.as_ref().filter(|_| is_told) {
        Some(message) => send(connection, message, now).await,
        None => Ok(()),
    }
}

/// Ends the request that waits at a place.
async fn cancel_at(
    connection: &mut SqliteConnection,
    draft: &str,
    place: &SignedPlace,
    now: Seconds,
) -> Result<Vec<SignatureRequestRecord>, StoreError> {
    let cancelled = query_as(
        "update signature_requests set state = 'cancelled', since = ?, seen_review = '[]'
         where draft = ? and field = ? and row = ? and state in ('sent', 'seen') returning *",
    )
    .bind(now)
    .bind(draft)
    .bind(&place.field)
    .bind(&place.row)
    .fetch_all(connection)
    .await?;
    Ok(cancelled)
}

/// Takes its force from a request that was signed, for this draft or for the application that this draft corrects.
async fn void(
    connection: &mut SqliteConnection,
    id: &str,
    now: Seconds,
) -> Result<Option<SignatureRequestRecord>, StoreError> {
    let voided = query_as(
        "update signature_requests set state = 'voided', since = ?
         where id = ? and state = 'signed' returning *",
    )
    .bind(now)
    .bind(id)
    .fetch_optional(connection)
    .await?;
    Ok(voided)
}

/// A person whose number somebody else has now gets no message.
async fn send(connection: &mut SqliteConnection, message: &NewMessage, now: Seconds) -> Result<(), StoreError> {
    if message.phone.is_empty() {
        return Ok(());
    }
    enqueue_sms(connection, &message.phone, &message.text, now).await
}

/// As a line of the audit names it.
fn object(request: &SignatureRequestRecord) -> String {
    format!("{}/{}", request.draft, request.id)
}
