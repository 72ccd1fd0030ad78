//! Unfinished applications: begun, changed field by field, found again, thrown away.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, ETAG};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::api::{Draft, DraftChange, DraftSummary, NewDraft, ProblemDocument};
use contract::id::DivisionCode;
use contract::{FieldError, Text};

use crate::backend::Backend;
use crate::casework::CorrectionRequests;
use crate::channel::{self, Channel};
use crate::draft::{
    LARGEST_ANSWERS_BYTES, OpenDraft, answers_as_sent, apply_change, forbidden_changes, invalidate_signatures,
    known_answers, shared,
};
use crate::error::ApiError;
use crate::extract::{IfMatch, Json, Path};
use crate::renewal;
use crate::session::SignedIn;
use crate::store::{Citizen, NewDraftRecord};

/// Of one person, unfinished.
const MOST_DRAFTS: i64 = 50;

/// Begins a draft on the newest version of a service, with what the account knows already, or with what a family shared
/// in an application that was sent, or with what lasts of the application for a certificate that is applied for again.
#[utoipa::path(post, path = "/api/drafts", tag = "drafts", request_body = NewDraft,
    responses((status = 201, body = Draft), (status = 401), (status = 404, description = "no such service or division"),
        (status = 409, description = "the certificate cannot be applied for again now")))]
pub(super) async fn create_draft(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    headers: HeaderMap,
    Json(new): Json<NewDraft>,
) -> Result<Response, ApiError> {
    let channel = channel::of(&backend, &headers).await?;
    if !backend.divisions.serves(&new.division) {
        return Err(ApiError::NotFound);
    }
    let service = backend.catalogue.newest(&*backend.store, &new.service, &new.division).await?;
    let service = service.ok_or(ApiError::NotFound)?;
    if let Some(code) = &new.renews {
        let record = renewal::new_draft(&backend, &citizen, code, channel).await?;
        return created(&backend, record).await;
    }
    if let Some(reference) = &new.corrects {
        return correct(&backend, &citizen, reference, channel).await;
    }
    let (mut answers, mut family, mut copies) = (known_answers(&service, &citizen), None, Vec::new());
    if let Some(sibling) = &new.sibling_of {
        let case = backend.store.case_of(&citizen.id, sibling).await?;
        let case = case.filter(|case| case.service == *service.id).ok_or(ApiError::NotFound)?;
        (answers, copies) = shared(&service, &case.answers);
        family = Some(case.family.unwrap_or(case.reference));
    }
    let record = NewDraftRecord {
        citizen: citizen.id.clone(),
        service: service.id.0.clone(),
        service_version: service.version,
        division: new.division.0,
        answers,
        family,
        corrects: None,
        renews: None,
        channel,
        copies,
    };
    created(&backend, record).await
}

/// Keeps a new draft, or finds the one that was begun for the same.
async fn created(backend: &Backend, record: NewDraftRecord) -> Result<Response, ApiError> {
    let record = backend.store.create_draft(record, MOST_DRAFTS, backend.now()).await?;
    let draft = OpenDraft::with(backend, record.ok_or(ApiError::TooManyDrafts)?).await?;
    Ok((StatusCode::CREATED, tagged(&draft)).into_response())
}

/// The draft that corrects a returned case: the one already begun, or a new one on the case's own version.
async fn correct(
    backend: &Backend,
    citizen: &Citizen,
    reference: &str,
    channel: Channel,
) -> Result<Response, ApiError> {
    let case = backend.store.case_of(&citizen.id, reference).await?.ok_or(ApiError::NotFound)?;
    let requested = CorrectionRequests::of(backend, &case).await?;
    if requested.returns.is_empty() {
        return Err(ApiError::StepNotAllowed);
    }
    let begun = backend.store.drafts_of(&citizen.id).await?.into_iter();
    let record = match begun.into_iter().find(|draft| draft.corrects.as_deref() == Some(reference)) {
        Some(record) => record,
        None => {
            let version = case.service_version;
            let service = backend.catalogue.version(&*backend.store, &case.service, version, &case.division).await?;
            let (answers, copies) =
                answers_as_sent(&*service.ok_or(ApiError::Internal)?, &case.answers, &requested.reasons);
            let record = NewDraftRecord {
                citizen: citizen.id.clone(),
                service: case.service,
                service_version: case.service_version,
                division: case.division,
                answers,
                family: case.family,
                corrects: Some(case.reference),
                renews: None,
                channel,
                copies,
            };
            let record = backend.store.create_draft(record, MOST_DRAFTS, backend.now()).await?;
            record.ok_or(ApiError::TooManyDrafts)?
        }
    };
    Ok((StatusCode::CREATED, tagged(&OpenDraft::with(backend, record).await?)).into_response())
}

/// The resident's drafts, the last saved first.
#[utoipa::path(get, path = "/api/drafts", tag = "drafts",
    responses((status = 200, body = Vec<DraftSummary>), (status = 401)))]
pub(super) async fn list_drafts(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
) -> Result<Json<Vec<DraftSummary>>, ApiError> {
    let mut summaries = Vec::new();
    for record in backend.store.drafts_of(&citizen.id).await? {
        let draft = OpenDraft::with(&backend, record).await?;
        if !draft.is_obsolete() {
            summaries.push(draft.summary());
        }
    }
    Ok(Json(summaries))
}

#[utoipa::path(get, path = "/api/drafts/{id}", tag = "drafts", params(("id" = String, Path)),
    responses((status = 200, body = Draft, headers(("ETag" = String))), (status = 401), (status = 404)))]
pub(super) async fn find_draft(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    Ok(tagged(&OpenDraft::of(&backend, &citizen, &id).await?))
}

/// Sets the answers that are named; others stay. A lookup whose number changed is forgotten with what it filled in. In
/// another division the draft is judged by that division's limits, and what was signed is signed again.
#[utoipa::path(patch, path = "/api/drafts/{id}", tag = "drafts", request_body = DraftChange,
    params(("id" = String, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Draft), (status = 401), (status = 404),
        (status = 409, body = ProblemDocument, description = "a correction stays in its division"),
        (status = 412, body = ProblemDocument, description = "changed elsewhere; `current` is the draft as it is"),
        (status = 413), (status = 422, body = ProblemDocument), (status = 428)))]
pub(super) async fn update_draft(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    Json(change): Json<DraftChange>,
) -> Result<Response, ApiError> {
    let mut draft = OpenDraft::of(&backend, &citizen, &id).await?.require_version(version)?;
    let before = draft.record.division.clone();
    if let Some(division) = change.division.filter(|division| **division != *before) {
        draft = move_to(&backend, draft, division).await?;
    }
    let step = change.step.map(|step| step.0);
    if let Some(step) = step.as_ref().filter(|step| !draft.service.steps.iter().any(|known| known.id == ***step)) {
        return Err(unknown(step, "unknown-step", Text::new("这份表里没有这一步", "This form has no such step")));
    }
    if draft.record.corrects.is_some() {
        let begun_with = draft.record.begun_with.as_ref().unwrap_or(&draft.record.answers);
        let requested = &draft.requested_corrections.reasons;
        let errors = forbidden_changes(&draft.service, requested, begun_with, &change.answers);
        if !errors.is_empty() {
            return Err(ApiError::Invalid(errors));
        }
    }
    let mut answers = apply_change(&draft.service, &draft.record.answers, change.answers).map_err(ApiError::Invalid)?;
    backend.divisions.name_places(&draft.service, &mut answers);
    if draft.record.division != before {
        invalidate_signatures(&draft.service, &mut answers);
    }
    let bytes = serde_json::to_vec(&answers).map_err(|_| ApiError::Internal)?.len();
    if bytes > LARGEST_ANSWERS_BYTES {
        return Err(ApiError::TooLarge);
    }
    Ok(tagged(&draft.save(&backend, &citizen, answers, step).await?))
}

/// A draft that is not begun on a case, and a division that decides cases.
async fn move_to(backend: &Backend, draft: OpenDraft, division: DivisionCode) -> Result<OpenDraft, ApiError> {
    if draft.record.corrects.is_some() {
        return Err(ApiError::StepNotAllowed);
    }
    if !backend.divisions.serves(&division) {
        return Err(unknown("", "unknown-division", Text::new("没有这个区县", "There is no such division")));
    }
    draft.moved_to(backend, division.0).await
}

/// Throws a draft away with its files.
#[utoipa::path(delete, path = "/api/drafts/{id}", tag = "drafts", params(("id" = String, Path)),
    responses((status = 204), (status = 401), (status = 404)))]
pub(super) async fn delete_draft(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let orphaned = backend.store.delete_draft(&citizen.id, &id).await?.ok_or(ApiError::NotFound)?;
    backend.erase(orphaned).await;
    backend.erase_deleted_rows().await;
    Ok(StatusCode::NO_CONTENT)
}

/// A draft with its version as tag. No cache may keep it.
pub(super) fn tagged(draft: &OpenDraft) -> Response {
    let tag = HeaderValue::from_str(&format!("\"{}\"", draft.record.version));
    let mut response = ([(CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(draft.view())).into_response();
    if let Ok(tag) = tag {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

fn unknown(step: &str, code: &str, message: Text) -> ApiError {
    ApiError::Invalid(vec![FieldError {
        step: step.into(),
        field: String::new(),
        row: None,
        severity: contract::service::Severity::Block,
        code: code.to_owned(),
        message,
    }])
}
