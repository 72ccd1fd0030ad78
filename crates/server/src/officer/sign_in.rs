//! Officers sign in with a password and a second factor. Attempts are counted before anything is compared, by the name
//! that was typed, so that neither the answer nor the time tells whether there is such an officer.
//!
//! Guesses from other browsers do not count in a browser where the officer has signed in before: nobody can lock an
//! officer out of their own desk. (OWASP describes it as device cookies.)

use axum::http::HeaderMap;

use super::BROWSER_COOKIE_NAME;
use crate::backend::Backend;
use crate::error::ApiError;
use crate::network::Network;
use crate::rate_limit::{
    self, SIGN_INS_OF_BROWSER, SIGN_INS_OF_NAME, SIGN_INS_OF_NAME_AND_NETWORK, SIGN_INS_OF_NETWORK,
};
use crate::secret;
use crate::session::cookie_named;
use crate::store::{NewOfficerSession, OfficerRecord, RateLimitUse};
use crate::totp;

/// What was typed, and where.
pub(crate) struct SignInAttempt<'a> {
    pub(crate) network: Network,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) name: &'a str,
    pub(crate) password: String,
    pub(crate) code: &'a str,
}

/// An open session, with the values of its two cookies.
pub(crate) struct OpenedSession {
    pub(crate) officer: OfficerRecord,
    pub(crate) token: String,
    pub(crate) browser: String,
}

/// Opens a session. A wrong name, password and code look alike; a code opens one session only.
pub(crate) async fn sign_in(backend: &Backend, attempt: SignInAttempt<'_>) -> Result<OpenedSession, ApiError> {
    let now = backend.now();
    let known = backend.store.officer_named(attempt.name).await?;
    let (uses, own) = uses(backend, &attempt, known.as_ref()).await?;
    let counted = rate_limit::admit(backend, uses).await?;
    let hash = known.as_ref().map_or(secret::NOBODYS, |known| &known.password).to_owned();
    let is_right = secret::is_hash_of(hash, attempt.password.clone()).await?;
    let matching = |known: &OfficerRecord| totp::matching_step(&secret::unhex(&known.totp)?, attempt.code, now);
    let step = known.as_ref().filter(|_| is_right).and_then(matching);
    let (Some(officer), Some(step)) = (known.as_ref(), step) else {
        return Err(failed(backend, &attempt, known.as_ref()).await);
    };
    let (token, browser) = (secret::token()?, browser_token(backend, attempt.headers).await?);
    let session = NewOfficerSession {
        officer: officer.id.clone(),
        hash: secret::digest(token.as_bytes()),
        browser: secret::digest(browser.as_bytes()),
        step,
    };
    if !backend.store.open_officer_session(session, now).await? {
        return Err(failed(backend, &attempt, known.as_ref()).await);
    }
    rate_limit::forget(backend, counted, own).await?;
    backend.store.note(&format!("officer:{}", officer.id), "sign-in", &officer.agency, now).await?;
    Ok(OpenedSession { officer: officer.clone(), token, browser })
}

/// What the attempt counts for, and that of it which a success resets.
async fn uses(
    backend: &Backend,
    attempt: &SignInAttempt<'_>,
    known: Option<&OfficerRecord>,
) -> Result<(Vec<RateLimitUse>, RateLimitUse), ApiError> {
    let SignInAttempt { network, name, .. } = attempt;
    if let (Some(known), Some(browser)) = (known, cookie_named(attempt.headers, BROWSER_COOKIE_NAME)) {
        let browser = secret::digest(browser.as_bytes());
        if backend.store.is_browser_of(&browser, &known.id).await? {
            let own = SIGN_INS_OF_BROWSER.of(backend, format!("{browser} {name}"));
            return Ok((vec![own.clone()], own));
        }
    }
    let own = SIGN_INS_OF_NAME_AND_NETWORK.of(backend, format!("{network} {name}"));
    let uses = vec![SIGN_INS_OF_NETWORK.of(backend, network), own.clone(), SIGN_INS_OF_NAME.of(backend, name)];
    Ok((uses, own))
}

/// The cookie that the browser has already, where any officer signed in with it: an office computer belongs to several
/// people.
async fn browser_token(backend: &Backend, headers: &HeaderMap) -> Result<String, ApiError> {
    if let Some(token) = cookie_named(headers, BROWSER_COOKIE_NAME)
        && backend.store.is_known_browser(&secret::digest(token.as_bytes())).await?
    {
        return Ok(token.to_owned());
    }
    Ok(secret::token()?)
}

/// A failure is one line of the audit: from where, and whom it would have been.
async fn failed(backend: &Backend, attempt: &SignInAttempt<'_>, known: Option<&OfficerRecord>) -> ApiError {
    let actor = format!("network:{}", backend.pseudonyms.of(&attempt.network.to_string()));
    let object = known.map_or_else(|| "unknown".to_owned(), |known| format!("officer:{}", known.id));
    match backend.store.note(&actor, "sign-in-failed", &object, backend.now()).await {
        Ok(()) => ApiError::WrongOfficer,
        Err(error) => error.into(),
    }
}
