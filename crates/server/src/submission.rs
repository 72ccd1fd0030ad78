//! Sending. The whole form is evaluated again with the code that the browser runs; registers, wallet and files are
//! asked again; and only then is everything written at once.

mod in_flight;
mod tasks;
mod verify;

use contract::api::{Receipt, Submit};
use contract::{FieldError, Journey, Service, Text};

use crate::backend::Backend;
use crate::case;
use crate::casework;
use crate::draft::OpenDraft;
use crate::error::ApiError;
use crate::messages;
use crate::partners::in_changde;
use crate::renewal;
use crate::secret::digest;
use crate::store::{CaseRecord, Citizen, NewCase, NewNotification, Orphans, Submission, Submitted};

pub(crate) use in_flight::InFlight;

/// Makes a case of a draft, or finds the one that the key stands for.
pub(crate) async fn submit(
    backend: &Backend,
    citizen: &Citizen,
    id: &str,
    key: &str,
    seen: &Submit,
) -> Result<Receipt, ApiError> {
    let _sending = backend.in_flight.begin(&citizen.id, key).ok_or(ApiError::InFlight)?;
    let returns = if seen.returns.is_empty() { String::new() } else { serde_json::to_string(&seen.returns)? };
    let body = digest(format!("{id}\n{}\n{}{returns}", seen.version, seen.content_hash).as_bytes());
    let before = async || backend.store.submission(&citizen.id, key).await;
    if let Some(before) = before().await? {
        return repeated_receipt(backend, citizen, &before, &body).await;
    }
    match submit_once(backend, citizen, id, key, &body, seen).await {
        // Another copy of the server may have sent the same meanwhile, and the draft is gone.
        Err(error @ (ApiError::NotFound | ApiError::Stale(_))) => match before().await? {
            Some(before) => repeated_receipt(backend, citizen, &before, &body).await,
            None => Err(error),
        },
        other => other,
    }
}

/// `body` is the digest of the request that the key will stand for.
async fn submit_once(
    backend: &Backend,
    citizen: &Citizen,
    id: &str,
    key: &str,
    body: &str,
    seen: &Submit,
) -> Result<Receipt, ApiError> {
    let draft = OpenDraft::of(backend, citizen, id).await?.require_version(seen.version)?;
    let renews = renewal::applied_for(backend, citizen, &draft).await?;
    let draft = verify::reverify_lookups(backend, citizen, draft).await?;
    let case = verified_case(backend, citizen, &draft, seen).await?;
    let case = NewCase { key: key.to_owned(), body: body.to_owned(), renews, ..case };
    if let Some(reference) = &draft.record.corrects {
        return submit_correction(backend, citizen, reference, case, seen).await;
    }
    match backend.store.submit(case).await? {
        Submitted::Now { reference, orphaned } => {
            delete_orphaned_and_notify(backend, orphaned);
            receipt(backend, citizen, &reference).await
        }
        Submitted::Before(before) => repeated_receipt(backend, citizen, &before, body).await,
        Submitted::Changed => Err(OpenDraft::of(backend, citizen, id).await?.stale()),
    }
}

/// Takes the corrected answers into the returned case, and gives the tasks whose returns the resident has seen back to
/// the office.
async fn submit_correction(
    backend: &Backend,
    citizen: &Citizen,
    reference: &str,
    correction: NewCase,
    seen: &Submit,
) -> Result<Receipt, ApiError> {
    let case = backend.store.case_of(&citizen.id, reference).await?.ok_or(ApiError::NotFound)?;
    let open = case::OpenCase::with(backend, case.clone()).await?;
    let steps = casework::correction_steps(backend, &case, &open.service, &seen.returns).await?;
    let (body, draft) = (correction.body.clone(), correction.draft.clone());
    if steps.is_empty() {
        return Err(OpenDraft::of(backend, citizen, &draft).await?.stale());
    }
    let correction = NewCase { message: casework::correction_message(&case, &steps), ..correction };
    match backend.store.correct(reference, correction, steps).await? {
        Submitted::Now { reference, orphaned } => {
            delete_orphaned_and_notify(backend, orphaned);
            receipt(backend, citizen, &reference).await
        }
        Submitted::Before(before) => repeated_receipt(backend, citizen, &before, &body).await,
        Submitted::Changed => Err(OpenDraft::of(backend, citizen, &draft).await?.stale()),
    }
}

/// The same key with the same content gets the same receipt.
async fn repeated_receipt(
    backend: &Backend,
    citizen: &Citizen,
    before: &Submission,
    body: &str,
) -> Result<Receipt, ApiError> {
    if before.body != body {
        return Err(ApiError::KeyReused);
    }
    receipt(backend, citizen, &before.reference).await
}

async fn receipt(backend: &Backend, citizen: &Citizen, reference: &str) -> Result<Receipt, ApiError> {
    let record: CaseRecord = backend.store.case_of(&citizen.id, reference).await?.ok_or(ApiError::NotFound)?;
    Ok(case::OpenCase::with(backend, record).await?.receipt())
}

/// The case that would be written, if everything is right.
async fn verified_case(
    backend: &Backend,
    citizen: &Citizen,
    draft: &OpenDraft,
    seen: &Submit,
) -> Result<NewCase, ApiError> {
    let journey = draft.journey();
    if draft.content_hash(&journey) != seen.content_hash {
        return Err(draft.stale());
    }
    if let Some(gate) = journey.exit {
        return Err(ApiError::Gate(Text::new(
            format!("{}。{}", gate.exit.title.zh, gate.exit.says.zh),
            format!("{}. {}", gate.exit.title.en, gate.exit.says.en),
        )));
    }
    let blocking: Vec<_> = draft.service.check(&journey).into_iter().filter(FieldError::blocks).collect();
    if !blocking.is_empty() {
        return Err(ApiError::NotReady(blocking));
    }
    let verified = verify::verify(backend, citizen, draft, &journey).await?;
    Ok(new_case(backend, citizen, draft, &journey, verified))
}

fn new_case(
    backend: &Backend,
    citizen: &Citizen,
    draft: &OpenDraft,
    journey: &Journey<'_>,
    verified: verify::Verified,
) -> NewCase {
    let received_at = backend.now();
    let day = in_changde(received_at).date();
    let title = &draft.service.title.zh;
    NewCase {
        citizen: citizen.id.clone(),
        draft: draft.record.id.clone(),
        draft_version: draft.record.version,
        service: draft.record.service.clone(),
        service_version: draft.record.service_version,
        division: draft.record.division.clone(),
        track: tasks::track(&draft.service, journey).map(|track| track.id.0.clone()),
        tasks: tasks::tasks(backend, &draft.service, journey, &draft.record.division, received_at),
        family: draft.record.family.clone(),
        renews: None,
        answers: verified.answers,
        attachments: verified.attachments,
        received_at,
        year: day.year(),
        month: day.month().into(),
        key: String::new(),
        body: String::new(),
        phone: citizen.phone.clone(),
        message: format!("【一件事】您的“{title}”已经收到，办件编号 {{reference}}。进度可在“我的办件”里看，不用跑。"),
        notifications: notifications(&draft.service, journey),
    }
}

/// In both languages: nobody knows which one they read who never opened the app.
fn notifications(service: &Service, journey: &Journey<'_>) -> Vec<NewNotification> {
    let told = service.notifications_of(journey);
    let written = told.map(|(notification, phone)| NewNotification {
        id: notification.id.0.clone(),
        phone: phone.to_owned(),
        text: format!("【一件事】{}\n{}", notification.says.zh, notification.says.en),
    });
    written.collect()
}

/// Deletes orphaned files and sends the SMS in the background: the response does not wait for them.
fn delete_orphaned_and_notify(backend: &Backend, orphaned: Orphans) {
    let backend = backend.clone();
    tokio::spawn(async move {
        backend.erase(orphaned).await;
        messages::deliver(&backend).await;
    });
}
