//! The catalogue. A version of a service never changes and may be kept for ever; the newest one is asked for again.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use contract::Service;
use contract::api::ServiceSummary;
use contract::kinds::{Choice, Choosable};
use contract::service::CITY;
use serde::{Deserialize, Serialize};

use crate::backend::Backend;
use crate::compressed::Compressed;
use crate::error::ApiError;
use crate::extract::{Json, Parameters, Path};
use crate::pinyin_keys;

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
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let division = known(&backend, search.division)?;
    let summaries = || backend.catalogue.summaries(&division, &search.q);
    // A search is one person's; the whole list is everybody's.
    if !search.q.is_empty() {
        return Ok(([(CACHE_CONTROL, ASK_AGAIN)], Json(summaries())).into_response());
    }
    let list = json_once(&backend, format!("services in {division}"), summaries)?;
    Ok(list.answer(&headers, Some(&ASK_AGAIN)))
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
    definition(&backend, &service, &division, &headers, ASK_AGAIN)
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
    definition(&backend, &service, &division, &headers, cache)
}

/// A code list that a choice of a version takes its options from, with the pinyin by which they are found.
#[utoipa::path(get, path = "/api/services/{id}/versions/{version}/lists/{list}",
    params(("id" = String, Path), ("version" = u32, Path), ("list" = String, Path)), tag = "services",
    responses((status = 200, description = "the entries in their order", body = [Object]), (status = 304), (status = 404)))]
pub(super) async fn find_list(
    State(backend): State<Backend>,
    Path((id, version, list)): Path<(String, u32, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let service = backend.catalogue.version(&*backend.store, &id, version, CITY).await?.ok_or(ApiError::NotFound)?;
    let mut choices = service.listed_choices();
    let is_it = |choice: &&Choice| choice.options_from.as_deref() == Some(&*list);
    let choice = choices.find(is_it).ok_or(ApiError::NotFound)?;
    let key = format!("list {list} of {id} {version}");
    Ok(json_once(&backend, key, || found_by_pinyin(choice.options()))?.answer(&headers, Some(&ASK_AGAIN)))
}

fn found_by_pinyin(entries: &[Choosable]) -> Vec<Choosable> {
    let entry = |entry: &Choosable| {
        let words = [entry.label.zh.as_str()].into_iter().chain(entry.keys.split_whitespace());
        let keys = words.map(pinyin_keys::keys).collect::<Vec<_>>().join(" ");
        Choosable { keys: format!("{} {keys}", entry.keys).trim().to_owned(), ..entry.clone() }
    };
    entries.iter().map(entry).collect()
}

/// The city where none is named; 404 for one that does not exist.
fn known(backend: &Backend, division: Option<String>) -> Result<String, ApiError> {
    let division = division.unwrap_or_else(|| CITY.to_owned());
    if backend.divisions.serves(&division) { Ok(division) } else { Err(ApiError::NotFound) }
}

fn definition(
    backend: &Backend,
    service: &Service,
    division: &str,
    headers: &HeaderMap,
    cache: HeaderValue,
) -> Result<Response, ApiError> {
    let key = format!("definition {} {} in {division}", service.id, service.version);
    Ok(json_once(backend, key, || service)?.answer(headers, Some(&cache)))
}

/// JSON that is the same for everybody: written and compressed when it is asked for first.
fn json_once<T: Serialize>(
    backend: &Backend,
    key: String,
    content: impl FnOnce() -> T,
) -> Result<Arc<Compressed>, ApiError> {
    if let Some(known) = backend.bodies.known(&key) {
        return Ok(known);
    }
    let body = serde_json::to_vec(&content()).map_err(|_| ApiError::Internal)?;
    backend.bodies.remember(key, "application/json", body).map_err(|_| ApiError::Internal)
}
