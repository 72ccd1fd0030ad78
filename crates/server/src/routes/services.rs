//! The catalogue. A version of a service never changes and may be kept for ever; the newest one is asked for again.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::Service;
use contract::api::ServiceSummary;
use contract::service::CITY;
use serde::Deserialize;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::{Json, Parameters, Path};
use crate::secret::digest;

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("public, no-cache");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    /// A name, a common word, pinyin or initials.
    #[serde(default)]
    q: String,
    /// Six digits; the city's own definitions without it.
    division: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Where {
    /// Six digits; the city's own definition without it.
    division: Option<String>,
}

#[utoipa::path(get, path = "/api/services", tag = "services",
    params(("q" = Option<String>, Query), ("division" = Option<String>, Query)),
    responses((status = 200, body = Vec<ServiceSummary>)))]
pub(super) async fn list_services(
    State(backend): State<Backend>,
    Parameters(search): Parameters<Search>,
) -> Result<impl IntoResponse, ApiError> {
    let division = known(&backend, search.division)?;
    Ok(([(CACHE_CONTROL, ASK_AGAIN)], Json(backend.catalogue.summaries(&division, &search.q))))
}

/// The newest version.
#[utoipa::path(get, path = "/api/services/{id}", tag = "services",
    params(("id" = String, Path), ("division" = Option<String>, Query)),
    responses((status = 200, description = "the definition", body = Object), (status = 304), (status = 404)))]
pub(super) async fn find_service(
    State(backend): State<Backend>,
    Path(id): Path<String>,
    Parameters(place): Parameters<Where>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let division = known(&backend, place.division)?;
    let service = backend.catalogue.newest(&*backend.store, &id, &division).await?.ok_or(ApiError::NotFound)?;
    definition(&service, &headers, ASK_AGAIN)
}

/// A version as it was published.
#[utoipa::path(get, path = "/api/services/{id}/versions/{version}",
    params(("id" = String, Path), ("version" = u32, Path), ("division" = Option<String>, Query)), tag = "services",
    responses((status = 200, description = "the definition", body = Object), (status = 304), (status = 404)))]
pub(super) async fn find_service_version(
    State(backend): State<Backend>,
    Path((id, version)): Path<(String, u32)>,
    Parameters(place): Parameters<Where>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let division = known(&backend, place.division)?;
    let service = backend.catalogue.version(&*backend.store, &id, version, &division).await?;
    // While a demonstration is being written, its versions still change.
    let cache = if backend.demo { ASK_AGAIN } else { FOR_EVER };
    let service = service.ok_or(ApiError::NotFound)?;
    definition(&service, &headers, cache)
}

/// The city where none is named; 404 for one that does not exist.
fn known(backend: &Backend, division: Option<String>) -> Result<String, ApiError> {
    let division = division.unwrap_or_else(|| CITY.to_owned());
    if backend.divisions.serves(&division) { Ok(division) } else { Err(ApiError::NotFound) }
}

fn definition(service: &Service, headers: &HeaderMap, cache: HeaderValue) -> Result<Response, ApiError> {
    let body = serde_json::to_vec(service).map_err(|_| ApiError::Internal)?;
    let tag = format!("\"{}\"", &digest(&body)[..16]);
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let tagged = [(ETAG, HeaderValue::from_str(&tag).map_err(|_| ApiError::Internal)?), (CACHE_CONTROL, cache)];
    if known.contains(&tag) {
        return Ok((StatusCode::NOT_MODIFIED, tagged).into_response());
    }
    Ok((tagged, [(CONTENT_TYPE, "application/json")], body).into_response())
}
