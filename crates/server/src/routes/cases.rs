//! Following what was sent.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use contract::api::{CaseSummary, CaseView, NewRating, ProblemDocument, Receipt};

use crate::backend::Backend;
use crate::case::OpenCase;
use crate::deliverable;
use crate::error::ApiError;
use crate::extract::{Json, Path};
use crate::routes::plain::scanned_path;
use crate::routes::qr;
use crate::session::SignedIn;

/// The resident's cases, the newest first.
#[utoipa::path(get, path = "/api/cases", tag = "cases",
    responses((status = 200, body = Vec<CaseSummary>), (status = 401)))]
pub(super) async fn list_cases(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
) -> Result<Json<Vec<CaseSummary>>, ApiError> {
    let mut summaries = Vec::new();
    for record in backend.store.cases_of(&citizen.id).await? {
        summaries.push(OpenCase::with(&backend, record).await?.summary());
    }
    Ok(Json(summaries))
}

#[utoipa::path(get, path = "/api/cases/{reference}", tag = "cases", params(("reference" = String, Path)),
    responses((status = 200, body = CaseView), (status = 401), (status = 404)))]
pub(super) async fn find_case(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(reference): Path<String>,
) -> Result<Json<CaseView>, ApiError> {
    Ok(Json(OpenCase::of(&backend, &citizen, &reference).await?.view(&backend).await?))
}

/// Withdraws a case, while no task of it is decided.
#[utoipa::path(post, path = "/api/cases/{reference}/withdrawal", tag = "cases", params(("reference" = String, Path)),
    responses((status = 200, body = CaseView), (status = 401), (status = 404),
        (status = 409, body = ProblemDocument, description = "somebody has decided already")))]
pub(super) async fn withdraw_case(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(reference): Path<String>,
) -> Result<Json<CaseView>, ApiError> {
    OpenCase::of(&backend, &citizen, &reference).await?.withdraw(&backend).await?;
    Ok(Json(OpenCase::of(&backend, &citizen, &reference).await?.view(&backend).await?))
}

/// How an item was handled: once when it has ended, and once more within fifteen days.
#[utoipa::path(post, path = "/api/cases/{reference}/ratings", tag = "cases", request_body = NewRating,
    params(("reference" = String, Path)),
    responses((status = 201, body = CaseView), (status = 401), (status = 404),
        (status = 409, body = ProblemDocument, description = "not ended yet, or rated already"), (status = 422)))]
pub(super) async fn create_rating(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(reference): Path<String>,
    Json(rating): Json<NewRating>,
) -> Result<(StatusCode, Json<CaseView>), ApiError> {
    OpenCase::of(&backend, &citizen, &reference).await?.rate(&backend, &citizen, rating).await?;
    let case = OpenCase::of(&backend, &citizen, &reference).await?;
    Ok((StatusCode::CREATED, Json(case.view(&backend).await?)))
}

#[utoipa::path(get, path = "/api/cases/{reference}/receipt", tag = "cases", params(("reference" = String, Path)),
    responses((status = 200, body = Receipt), (status = 401), (status = 404)))]
pub(super) async fn find_receipt(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(reference): Path<String>,
) -> Result<Json<Receipt>, ApiError> {
    Ok(Json(OpenCase::of(&backend, &citizen, &reference).await?.receipt()))
}

/// The address of the case as a picture: an officer who scans it looks the case up, its owner comes to the case page.
#[utoipa::path(get, path = "/api/cases/{reference}/qr.svg", tag = "cases", params(("reference" = String, Path)),
    responses((status = 200, content_type = "image/svg+xml", body = String), (status = 401), (status = 404)))]
pub(super) async fn draw_case_code(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(reference): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let case = OpenCase::of(&backend, &citizen, &reference).await?;
    qr::drawn(&backend, &headers, &scanned_path(&case.record.reference))
}

/// Pays what is owed for a case. Safe to send again: it is paid once.
#[utoipa::path(post, path = "/api/cases/{reference}/payment", tag = "cases", params(("reference" = String, Path)),
    responses((status = 200, body = CaseView), (status = 401), (status = 404),
        (status = 409, body = ProblemDocument, description = "nothing is to be paid, or not yet"),
        (status = 503, body = ProblemDocument, description = "the payment service does not answer")))]
pub(super) async fn pay_case(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(reference): Path<String>,
) -> Result<Json<CaseView>, ApiError> {
    deliverable::pay(&backend, &citizen, &reference).await?;
    Ok(Json(OpenCase::of(&backend, &citizen, &reference).await?.view(&backend).await?))
}
