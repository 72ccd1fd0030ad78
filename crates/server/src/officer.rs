//! The officer who sent a request. The session is a cookie of its own, so that an officer is never a resident by
//! accident.

mod sign_in;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use contract::service::CITY;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::secret::digest;
use crate::session::{IDLE_SECONDS, LONGEST_SECONDS, TOUCH_SECONDS, cookie_named};
use crate::store::{OfficerRecord, TaskRecord};

pub(crate) use sign_in::{OpenedSession, SignInAttempt, sign_in};

pub(crate) const COOKIE_NAME: &str = "officer";
/// Of the browser, not of the session: it stays after the sign-out and opens nothing.
pub(crate) const BROWSER_COOKIE_NAME: &str = "officer-browser";
/// A browser that is not used for so long is forgotten.
pub(crate) const BROWSER_SECONDS: i64 = 180 * 24 * 60 * 60;

/// The agency of those who work at a window. They decide nothing and see how far any case is.
pub(crate) const WINDOW: &str = "service-window";

/// The officer who is signed in. Handlers that take it refuse requests without an officer's session.
pub(crate) struct AuthenticatedOfficer(pub(crate) OfficerRecord);

impl FromRequestParts<Backend> for AuthenticatedOfficer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, backend: &Backend) -> Result<Self, ApiError> {
        signed_in(backend, &parts.headers).await?.map(Self).ok_or(ApiError::SignInNeeded)
    }
}

/// The officer who is signed in, if any, for handlers that also serve others.
pub(crate) async fn signed_in(backend: &Backend, headers: &HeaderMap) -> Result<Option<OfficerRecord>, ApiError> {
    let Some(hash) = hash(headers) else { return Ok(None) };
    let now = backend.now();
    let found = backend.store.officer_session(&hash, now - LONGEST_SECONDS, now - IDLE_SECONDS).await?;
    let Some((officer, seen_at)) = found else { return Ok(None) };
    if now - seen_at >= TOUCH_SECONDS {
        // A request that only reads goes on when nothing can be written.
        if let Err(error) = backend.store.touch_officer_session(&hash, now).await {
            tracing::warn!(%error, "the use of a session was not written down");
        }
    }
    Ok(Some(officer))
}

/// How the codes of the officer's divisions begin. The city's officers see every division.
pub(crate) fn divisions(officer: &OfficerRecord) -> &str {
    if officer.division == CITY { "4307" } else { &officer.division }
}

/// Whether the officer's office decides the task: of the agency, in the division, and of the office where the officer
/// belongs to one. Officers of a division also see what its offices decide, and the city's what divisions do.
pub(crate) fn is_responsible(officer: &OfficerRecord, task: &TaskRecord) -> bool {
    task.agency == officer.agency
        && task.destination.division.starts_with(divisions(officer))
        && (officer.office.is_empty() || officer.office == task.destination.office)
}

/// The digest of the cookie that came with the request.
pub(crate) fn hash(headers: &HeaderMap) -> Option<String> {
    Some(digest(cookie_named(headers, COOKIE_NAME)?.as_bytes()))
}
