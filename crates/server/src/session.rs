//! The resident who sent a request. A session is an opaque 256-bit cookie, kept as a digest, revocable, and short.

use axum::extract::FromRequestParts;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use contract::Lang;
use contract::api::SessionView;
use contract::field::Kind;
use contract::kinds::Phone;
use serde_json::Value;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::secret::digest;
use crate::store::Citizen;

const COOKIE_NAME: &str = "session";
/// A session ends after this long without a request.
pub(crate) const IDLE_SECONDS: i64 = 15 * 60;
/// A session ends after this long in any case.
pub(crate) const LONGEST_SECONDS: i64 = 12 * 60 * 60;
/// Uses are written down this often, not at every request.
pub(crate) const TOUCH_SECONDS: i64 = 60;

/// The resident who is signed in. Handlers that take it refuse requests without a resident's session.
pub(crate) struct SignedIn(pub(crate) Citizen);

impl FromRequestParts<Backend> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, backend: &Backend) -> Result<Self, ApiError> {
        citizen(backend, &parts.headers).await?.map(Self).ok_or(ApiError::SignInNeeded)
    }
}

/// The resident who is signed in, if any, for handlers that also serve strangers.
pub(crate) async fn citizen(backend: &Backend, headers: &HeaderMap) -> Result<Option<Citizen>, ApiError> {
    let Some(hash) = hash(headers) else { return Ok(None) };
    let now = backend.now();
    let found = backend.store.session(&hash, now - LONGEST_SECONDS, now - IDLE_SECONDS).await?;
    let Some((citizen, seen_at)) = found else { return Ok(None) };
    if now - seen_at >= TOUCH_SECONDS {
        // A request that only reads goes on when nothing can be written.
        if let Err(error) = backend.store.touch_session(&hash, now).await {
            tracing::warn!(%error, "the use of a session was not written down");
        }
    }
    Ok(Some(citizen))
}

/// Whether the session that came with a request still stands. That is no use of it.
pub(crate) async fn stands(backend: &Backend, headers: &HeaderMap) -> bool {
    let Some(hash) = hash(headers) else { return false };
    let now = backend.now();
    matches!(backend.store.session(&hash, now - LONGEST_SECONDS, now - IDLE_SECONDS).await, Ok(Some(_)))
}

/// What its owner may know of a session.
pub(crate) fn view(citizen: &Citizen) -> SessionView {
    SessionView {
        name: citizen.name.clone(),
        phone: Phone::default().show(&Value::from(citizen.phone.as_str()), Lang::Zh),
        idle_seconds: IDLE_SECONDS.unsigned_abs(),
        journal_key: citizen.journal_key.clone(),
    }
}

/// The digest of the cookie that came with the request.
pub(crate) fn hash(headers: &HeaderMap) -> Option<String> {
    Some(digest(cookie_named(headers, COOKIE_NAME)?.as_bytes()))
}

/// The value of a cookie that came with the request.
pub(crate) fn cookie_named<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
    let mut pairs = cookies.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(own, _)| *own == name).map(|(_, token)| token)
}

/// `Set-Cookie` that opens a session.
pub(crate) fn opening(token: &str, behind_https: bool) -> Option<HeaderValue> {
    opening_as(COOKIE_NAME, token, behind_https)
}

/// The same under another name.
pub(crate) fn opening_as(name: &str, token: &str, behind_https: bool) -> Option<HeaderValue> {
    cookie(name, token, LONGEST_SECONDS, behind_https)
}

/// `Set-Cookie` with another life.
pub(crate) fn lasting_as(name: &str, value: &str, seconds: i64, behind_https: bool) -> Option<HeaderValue> {
    cookie(name, value, seconds, behind_https)
}

/// `Set-Cookie` that ends one.
pub(crate) fn closing(behind_https: bool) -> Option<HeaderValue> {
    closing_as(COOKIE_NAME, behind_https)
}

/// The same under another name.
pub(crate) fn closing_as(name: &str, behind_https: bool) -> Option<HeaderValue> {
    cookie(name, "", 0, behind_https)
}

fn cookie(name: &str, token: &str, seconds: i64, behind_https: bool) -> Option<HeaderValue> {
    let secure = if behind_https { "; Secure" } else { "" };
    let text = format!("{name}={token}; HttpOnly; SameSite=Lax; Path=/; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&text).ok()
}
