//! Grievances (办不成事) on the officers' side. The city's grievance office sees all of them, an agency those handed over
//! to it.

use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, ETAG};
use axum::response::{IntoResponse, Response};
use contract::api::{GrievanceDetail, GrievanceEntry, GrievanceStep, ProblemDocument};

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::{IfMatch, Json, Path};
use crate::grievance;
use crate::officer::AuthenticatedOfficer;
use crate::store::{GrievanceRecord, OfficerRecord};

/// What is open first, by its day.
#[utoipa::path(get, path = "/api/agency/grievances", tag = "agency",
    responses((status = 200, body = Vec<GrievanceEntry>), (status = 401)))]
pub(in crate::routes) async fn list_agency_grievances(
    State(backend): State<Backend>,
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
) -> Result<Json<Vec<GrievanceEntry>>, ApiError> {
    Ok(Json(grievance::entries(&backend, &officer).await?))
}

/// One with the phone of the person. Opening it is one line of the audit.
#[utoipa::path(get, path = "/api/agency/grievances/{number}", tag = "agency", params(("number" = String, Path)),
    responses((status = 200, body = GrievanceDetail, headers(("ETag" = String))), (status = 401), (status = 404)))]
pub(in crate::routes) async fn find_agency_grievance(
    State(backend): State<Backend>,
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
    Path(number): Path<String>,
) -> Result<Response, ApiError> {
    let record = grievance::for_officer(&backend, &officer, &number).await?;
    backend.store.note(&format!("officer:{}", officer.id), "view", &number, backend.now()).await?;
    tagged(&backend, &officer, record).await
}

/// Takes a step. State, history, audit and message are written together.
#[utoipa::path(post, path = "/api/agency/grievances/{number}/steps", tag = "agency", request_body = GrievanceStep,
    params(("number" = String, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = GrievanceDetail), (status = 401), (status = 404),
        (status = 409, body = ProblemDocument, description = "the step is not allowed here"), (status = 412),
        (status = 422, body = ProblemDocument, description = "words are missing"), (status = 428)))]
pub(in crate::routes) async fn create_grievance_step(
    State(backend): State<Backend>,
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
    Path(number): Path<String>,
    IfMatch(version): IfMatch,
    Json(step): Json<GrievanceStep>,
) -> Result<Response, ApiError> {
    let record = grievance::for_officer(&backend, &officer, &number).await?;
    if record.version != version {
        return Err(ApiError::TaskChanged);
    }
    grievance::step(&backend, &officer, record, step).await?;
    let record = grievance::for_officer(&backend, &officer, &number).await?;
    tagged(&backend, &officer, record).await
}

async fn tagged(backend: &Backend, officer: &OfficerRecord, record: GrievanceRecord) -> Result<Response, ApiError> {
    let detail = grievance::detail(backend, officer, record).await?;
    let tag = HeaderValue::from_str(&format!("\"{}\"", detail.version)).map_err(|_| ApiError::Internal)?;
    Ok(([(CACHE_CONTROL, HeaderValue::from_static("no-store")), (ETAG, tag)], Json(detail)).into_response())
}
