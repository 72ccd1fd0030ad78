//! Following what was sent.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::api::{CaseSummary, CaseView, NewRating, ProblemDocument, Receipt};
use qrcode::render::svg::Color;
use qrcode::{EcLevel, QrCode};

use crate::backend::Backend;
use crate::case::OpenCase;
use crate::error::ApiError;
use crate::extract::{Json, Path};
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

/// Takes a case back, while nobody has decided.
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

/// How it was: once when everything is ended, and once more within fifteen days.
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

/// The address of the case as a picture that any window can read.
#[utoipa::path(get, path = "/api/cases/{reference}/qr.svg", tag = "cases", params(("reference" = String, Path)),
    responses((status = 200, content_type = "image/svg+xml", body = String), (status = 401), (status = 404)))]
pub(super) async fn draw_case_code(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(reference): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let case = OpenCase::of(&backend, &citizen, &reference).await?;
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let scheme = if backend.behind_https { "https" } else { "http" };
    let address = format!("{scheme}://{host}/cases/{}", case.receipt().reference);
    let code = QrCode::with_error_correction_level(&address, EcLevel::M).map_err(|_| ApiError::Internal)?;
    let picture = code.render().min_dimensions(240, 240).dark_color(Color("#000")).light_color(Color("#fff")).build();
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, picture).into_response())
}
