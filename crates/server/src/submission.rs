//! Sending. The whole form is evaluated again with the code that the browser runs; registers, wallet and files are asked
//! again; and only then is everything written at once.

mod evidence;
mod in_flight;
mod tasks;

use contract::api::{Receipt, Submit};
use contract::{FieldError, Journey, Text};

use crate::backend::Backend;
use crate::case;
use crate::casework;
use crate::draft::OpenDraft;
use crate::error::ApiError;
use crate::messages;
use crate::partners::in_changde;
use crate::secret::digest;
use crate::store::{CaseRecord, Citizen, NewCase, Submission, Submitted};

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
    let body = digest(format!("{id}\n{}\n{}", seen.version, seen.content_hash).as_bytes());
    let before = async || backend.store.submission(&citizen.id, key).await;
    if let Some(before) = before().await? {
        return repeated(backend, citizen, &before, &body).await;
    }
    match sent(backend, citizen, id, key, &body, seen).await {
        // Another copy of the server may have sent the same meanwhile, and the draft is gone.
        Err(error @ (ApiError::NotFound | ApiError::Stale(_))) => match before().await? {
            Some(before) => repeated(backend, citizen, &before, &body).await,
            None => Err(error),
        },
        other => other,
    }
}

/// `body` is what the key will stand for.
async fn sent(
    backend: &Backend,
    citizen: &Citizen,
    id: &str,
    key: &str,
    body: &str,
    seen: &Submit,
) -> Result<Receipt, ApiError> {
    let draft = OpenDraft::of(backend, citizen, id).await?.must_be_version(seen.version)?;
    let draft = evidence::asked_again(backend, citizen, draft).await?;
    let case = checked(backend, citizen, &draft, seen).await?;
    let case = NewCase { key: key.to_owned(), body: body.to_owned(), ..case };
    if let Some(reference) = &draft.record.corrects {
        return corrected(backend, citizen, reference, case).await;
    }
    match backend.store.submit(case).await? {
        Submitted::Now { reference, left_over } => {
            tidy_up(backend, left_over);
            receipt(backend, citizen, &reference).await
        }
        Submitted::Before(before) => repeated(backend, citizen, &before, body).await,
        Submitted::Changed => Err(OpenDraft::of(backend, citizen, id).await?.stale()),
    }
}

/// Takes mended answers into the case that was returned, and hands its tasks back to the office.
async fn corrected(
    backend: &Backend,
    citizen: &Citizen,
    reference: &str,
    mended: NewCase,
) -> Result<Receipt, ApiError> {
    let case = backend.store.case_of(&citizen.id, reference).await?.ok_or(ApiError::NotFound)?;
    let steps = casework::mended(&case, backend);
    if steps.is_empty() {
        return Err(ApiError::StepNotAllowed);
    }
    let body = mended.body.clone();
    let draft = mended.draft.clone();
    match backend.store.correct(reference, mended, steps).await? {
        Submitted::Now { reference, left_over } => {
            tidy_up(backend, left_over);
            receipt(backend, citizen, &reference).await
        }
        Submitted::Before(before) => repeated(backend, citizen, &before, &body).await,
        Submitted::Changed => Err(OpenDraft::of(backend, citizen, &draft).await?.stale()),
    }
}

/// The same key with the same content gets the same receipt.
async fn repeated(backend: &Backend, citizen: &Citizen, before: &Submission, body: &str) -> Result<Receipt, ApiError> {
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
async fn checked(backend: &Backend, citizen: &Citizen, draft: &OpenDraft, seen: &Submit) -> Result<NewCase, ApiError> {
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
    let certain = evidence::certain(backend, citizen, draft, &journey).await?;
    Ok(new_case(backend, citizen, draft, &journey, certain))
}

fn new_case(
    backend: &Backend,
    citizen: &Citizen,
    draft: &OpenDraft,
    journey: &Journey<'_>,
    certain: evidence::Certain,
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
        tasks: tasks::tasks(&draft.service, journey, &backend.calendar, received_at),
        family: draft.record.family.clone(),
        answers: certain.answers,
        attachments: certain.attachments,
        received_at,
        year: day.year(),
        month: day.month().into(),
        key: String::new(),
        body: String::new(),
        phone: citizen.phone.clone(),
        message: format!("【一件事】您的“{title}”已经收到，办件编号 {{reference}}。进度可在“我的办件”里看，不用跑。"),
    }
}

/// What need not be waited for: files that no answer holds, and the message.
fn tidy_up(backend: &Backend, left_over: Vec<String>) {
    let backend = backend.clone();
    tokio::spawn(async move {
        backend.discard(left_over).await;
        messages::deliver(&backend).await;
    });
}
