//! Signing in by phone and code or by the super-app's ticket, who am I, and signing out.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::api::{CodeRequest, CodeSent, SessionView, SignIn};
use contract::field::Kind;
use contract::kinds::Phone;
use serde_json::Value;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::Json;
use crate::partners::Person;
use crate::secret;
use crate::session::{self, SignedIn};
use crate::store::{Known, NewCode, SentCodes};

const PAUSE_SECONDS: i64 = 60;
const HOUR_SECONDS: i64 = 60 * 60;
const MOST_CODES_PER_PHONE: i64 = 5;
/// Behind one address there may be a whole hall.
const MOST_CODES_PER_NETWORK: i64 = 60;
const CODE_LIFE_SECONDS: i64 = 5 * 60;
const MAX_ATTEMPTS: u32 = 5;

/// Sends a code. The answer is the same for every phone, known or not.
#[utoipa::path(post, path = "/api/session/codes", tag = "session", request_body = CodeRequest,
    responses((status = 201, body = CodeSent), (status = 422), (status = 429), (status = 503)))]
pub(super) async fn create_code(
    State(backend): State<Backend>,
    Network(network): Network,
    Json(request): Json<CodeRequest>,
) -> Result<impl IntoResponse, ApiError> {
    let phone = mobile(&request.phone)?;
    let now = backend.now();
    let to_phone = backend.store.codes_sent_to(&phone, now - HOUR_SECONDS).await?;
    let from_network = backend.store.codes_sent_from(&network, now - HOUR_SECONDS).await?;
    check_rate(to_phone, from_network, now)?;
    let code = secret::digits()?;
    let hash = secret::slow_hash(code.clone()).await?;
    let expires_at = now + CODE_LIFE_SECONDS;
    backend.store.add_code(NewCode { phone: phone.clone(), network, hash, sent_at: now, expires_at }).await?;
    let text = format!("【一件事】您的验证码是 {code}，5 分钟内有效。工作人员不会向您索要验证码。");
    backend.partners.sms.send(&secret::token()?, &phone, &text).await?;
    Ok((StatusCode::CREATED, Json(CodeSent { retry_after_seconds: PAUSE_SECONDS.unsigned_abs() })))
}

fn check_rate(to_phone: SentCodes, from_network: SentCodes, now: i64) -> Result<(), ApiError> {
    let until = |since: Option<i64>, pause: i64| (since.unwrap_or(now) + pause - now).max(1);
    let wait = if to_phone.count >= MOST_CODES_PER_PHONE {
        until(to_phone.first_at, HOUR_SECONDS)
    } else if from_network.count >= MOST_CODES_PER_NETWORK {
        until(from_network.first_at, HOUR_SECONDS)
    } else if to_phone.last_at.is_some_and(|last| now - last < PAUSE_SECONDS) {
        until(to_phone.last_at, PAUSE_SECONDS)
    } else {
        return Ok(());
    };
    Err(ApiError::TooMany { retry_after_seconds: wait.unsigned_abs() })
}

/// Opens a session, by phone and code or by ticket.
#[utoipa::path(post, path = "/api/session", tag = "session", request_body = SignIn,
    responses((status = 201, body = SessionView), (status = 422), (status = 503)))]
pub(super) async fn create_session(
    State(backend): State<Backend>,
    Json(sign_in): Json<SignIn>,
) -> Result<Response, ApiError> {
    let person = match sign_in {
        SignIn { phone: Some(phone), code: Some(code), ticket: None } => by_code(&backend, &phone, code).await?,
        SignIn { phone: None, code: None, ticket: Some(ticket) } => by_ticket(&backend, &ticket).await?,
        _ => return Err(ApiError::Unreadable("send phone and code, or ticket".to_owned())),
    };
    let now = backend.now();
    let Person { phone, name, resident_id } = person;
    let known = Known { phone, name, resident_id, journal_key: secret::token()? };
    let citizen = backend.store.citizen_with(known, now).await?;
    let token = secret::token()?;
    backend.store.open_session(&secret::digest(token.as_bytes()), &citizen.id, now).await?;
    let cookie = session::opening(&token, backend.behind_https).ok_or(ApiError::Internal)?;
    Ok((StatusCode::CREATED, [(SET_COOKIE, cookie)], Json(session::view(&citizen))).into_response())
}

async fn by_code(backend: &Backend, phone: &str, typed: String) -> Result<Person, ApiError> {
    let phone = mobile(phone)?;
    let code = backend.store.attempt_code(&phone, MAX_ATTEMPTS, backend.now()).await?.ok_or(ApiError::CodeUsedUp)?;
    if !secret::is_hash_of(code.hash, typed).await? {
        return Err(ApiError::WrongCode);
    }
    if !backend.store.use_code(&code.id).await? {
        return Err(ApiError::CodeUsedUp);
    }
    // The person's name and number prefill the form; without them the phone alone will do.
    let known = backend.partners.identity.by_phone(&phone).await.unwrap_or_default();
    Ok(known.unwrap_or(Person { phone, name: String::new(), resident_id: String::new() }))
}

async fn by_ticket(backend: &Backend, ticket: &str) -> Result<Person, ApiError> {
    backend.partners.identity.by_ticket(ticket).await?.ok_or(ApiError::WrongTicket)
}

/// The resident who is signed in.
#[utoipa::path(get, path = "/api/session", tag = "session",
    responses((status = 200, body = SessionView), (status = 401)))]
pub(super) async fn find_session(SignedIn(citizen): SignedIn) -> Json<SessionView> {
    Json(session::view(&citizen))
}

/// Signs out, on this device only.
#[utoipa::path(delete, path = "/api/session", tag = "session", responses((status = 204)))]
pub(super) async fn delete_session(
    State(backend): State<Backend>,
    headers: HeaderMap,
) -> Result<(StatusCode, [(axum::http::HeaderName, HeaderValue); 1]), ApiError> {
    if let Some(hash) = session::hash(&headers) {
        backend.store.close_session(&hash).await?;
    }
    let cookie = session::closing(backend.behind_https).ok_or(ApiError::Internal)?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]))
}

fn mobile(typed: &str) -> Result<String, ApiError> {
    let kind = Phone::default();
    let phone = kind.read(typed);
    let problems = kind.check(&Value::from(phone.as_str()));
    if problems.is_empty() { Ok(phone) } else { Err(ApiError::NotAMobilePhone) }
}

/// A digest of the sender's address: enough to count by.
pub(super) struct Network(pub(super) String);

impl FromRequestParts<Backend> for Network {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, backend: &Backend) -> Result<Self, ApiError> {
        let address = if backend.behind_https { forwarded(&parts.headers) } else { None };
        let address = match address {
            Some(address) => address,
            None => {
                let peer = ConnectInfo::<SocketAddr>::from_request_parts(parts, backend).await;
                peer.map(|ConnectInfo(peer)| peer.ip().to_string()).unwrap_or_default()
            }
        };
        Ok(Self(secret::digest(address.as_bytes())))
    }
}

/// The last entry of the header is our proxy's; a client may have written the others.
fn forwarded(headers: &HeaderMap) -> Option<String> {
    let all = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    all.rsplit(',').next().map(|last| last.trim().to_owned())
}
