//! Officers sign in with a password and a second factor.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::api::{OfficerSignIn, OfficerView, ProblemDocument};

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::Json;
use crate::officer::{self, AuthenticatedOfficer, COOKIE_NAME};
use crate::secret;
use crate::session::{self, IDLE_SECONDS};
use crate::store::OfficerRecord;
use crate::totp;

/// Failures after which the account is locked, and for how long.
const MOST_FAILURES: u32 = 5;
const LOCK_SECONDS: i64 = 15 * 60;

/// Opens a session. A wrong name, password and code look alike; a code opens one session only.
#[utoipa::path(post, path = "/api/agency/session", tag = "agency", request_body = OfficerSignIn,
    responses((status = 201, body = OfficerView), (status = 422, body = ProblemDocument),
        (status = 429, body = ProblemDocument, description = "locked after five failures")))]
pub(in crate::routes) async fn create_officer_session(
    State(backend): State<Backend>,
    Json(given): Json<OfficerSignIn>,
) -> Result<Response, ApiError> {
    let now = backend.now();
    let Some(known) = backend.store.officer_named(given.name.trim()).await? else {
        // As long as for a name that there is.
        secret::slow_hash(given.password).await?;
        return Err(ApiError::WrongOfficer);
    };
    if known.locked_until > now {
        return Err(ApiError::TooMany { retry_after_seconds: (known.locked_until - now).unsigned_abs() });
    }
    let is_right = secret::is_hash_of(known.password.clone(), given.password).await?;
    let step = secret::unhex(&known.totp).and_then(|totp| totp::matching_step(&totp, &given.code, now));
    let Some(step) = step.filter(|_| is_right) else { return failed(&backend, &known, now).await };
    let token = secret::token()?;
    if !backend.store.open_officer_session(&secret::digest(token.as_bytes()), &known.id, step, now).await? {
        return failed(&backend, &known, now).await;
    }
    backend.store.note(&format!("officer:{}", known.id), "sign-in", &known.agency, now).await?;
    let cookie = session::opening_as(COOKIE_NAME, &token, backend.behind_https).ok_or(ApiError::Internal)?;
    Ok((StatusCode::CREATED, [(SET_COOKIE, cookie)], Json(view(&known))).into_response())
}

async fn failed(backend: &Backend, known: &OfficerRecord, now: i64) -> Result<Response, ApiError> {
    let is_last = known.failures + 1 >= MOST_FAILURES;
    backend.store.officer_failed(&known.id, if is_last { now + LOCK_SECONDS } else { 0 }).await?;
    Err(ApiError::WrongOfficer)
}

#[utoipa::path(get, path = "/api/agency/session", tag = "agency",
    responses((status = 200, body = OfficerView), (status = 401)))]
pub(in crate::routes) async fn find_officer_session(
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
) -> Json<OfficerView> {
    Json(view(&officer))
}

#[utoipa::path(delete, path = "/api/agency/session", tag = "agency", responses((status = 204)))]
pub(in crate::routes) async fn delete_officer_session(
    State(backend): State<Backend>,
    headers: HeaderMap,
) -> Result<(StatusCode, [(HeaderName, HeaderValue); 1]), ApiError> {
    if let Some(hash) = officer::hash(&headers) {
        backend.store.close_officer_session(&hash).await?;
    }
    let cookie = session::closing_as(COOKIE_NAME, backend.behind_https).ok_or(ApiError::Internal)?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]))
}

fn view(officer: &OfficerRecord) -> OfficerView {
    OfficerView {
        name: officer.name.clone(),
        agency: officer.agency.as_str().into(),
        division: officer.division.as_str().into(),
        idle_seconds: IDLE_SECONDS.unsigned_abs(),
    }
}
