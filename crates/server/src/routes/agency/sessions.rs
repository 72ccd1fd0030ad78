//! Officers sign in with a password and a second factor.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use contract::api::{OfficerSignIn, OfficerView, ProblemDocument};

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::Json;
use crate::network::Network;
use crate::officer::{
    self, AuthenticatedOfficer, BROWSER_COOKIE_NAME, BROWSER_SECONDS, COOKIE_NAME, OpenedSession, SignInAttempt,
};
use crate::session::{self, IDLE_SECONDS};
use crate::store::OfficerRecord;

/// Opens a session. A wrong name, password and code look alike; a code opens one session only.
#[utoipa::path(post, path = "/api/agency/session", tag = "agency", request_body = OfficerSignIn,
    responses((status = 201, body = OfficerView), (status = 422, body = ProblemDocument),
        (status = 429, body = ProblemDocument, description = "too many failures, whether there is such an officer or not")))]
pub(in crate::routes) async fn create_officer_session(
    State(backend): State<Backend>,
    network: Network,
    headers: HeaderMap,
    Json(given): Json<OfficerSignIn>,
) -> Result<Response, ApiError> {
    let OfficerSignIn { name, password, code } = given;
    let attempt = SignInAttempt { network, headers: &headers, name: name.trim(), password, code: &code };
    let OpenedSession { officer, token, browser } = officer::sign_in(&backend, attempt).await?;
    let opening = session::opening_as(COOKIE_NAME, &token, backend.behind_https).ok_or(ApiError::Internal)?;
    let lasting = session::lasting_as(BROWSER_COOKIE_NAME, &browser, BROWSER_SECONDS, backend.behind_https);
    let cookies = AppendHeaders([(SET_COOKIE, opening), (SET_COOKIE, lasting.ok_or(ApiError::Internal)?)]);
    Ok((StatusCode::CREATED, cookies, Json(view(&backend, &officer))).into_response())
}

#[utoipa::path(get, path = "/api/agency/session", tag = "agency",
    responses((status = 200, body = OfficerView), (status = 401)))]
pub(in crate::routes) async fn find_officer_session(
    State(backend): State<Backend>,
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
) -> Json<OfficerView> {
    Json(view(&backend, &officer))
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

fn view(backend: &Backend, officer: &OfficerRecord) -> OfficerView {
    OfficerView {
        name: officer.name.clone(),
        agency: officer.agency.as_str().into(),
        division: officer.division.as_str().into(),
        office: backend.offices.of_code(&officer.office).map(|office| office.name.clone()),
        idle_seconds: IDLE_SECONDS.unsigned_abs(),
    }
}
