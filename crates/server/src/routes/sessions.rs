//! Signing in by phone and code or by the super-app's ticket, who am I, and signing out.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use contract::api::{CodeRequest, CodeSent, SessionView, SignIn};
use contract::field::Kind;
use contract::kinds::Phone;
use serde_json::Value;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::Json;
use crate::network::Network;
use crate::partners::Person;
use crate::rate_limit::{self, CODE_OF_PHONE, CODES_OF_NETWORK, CODES_OF_PHONE};
use crate::secret;
use crate::session::{self, SignedIn};
use crate::store::{Known, NewCode, Vouched};

/// How long [`CODE_OF_PHONE`] counts.
const PAUSE_SECONDS: u64 = 60;
/// A number that its owner gave up rests for so long before somebody else gets it.
const PHONE_REST_SECONDS: i64 = 90 * 24 * 60 * 60;
const CODE_LIFE_SECONDS: i64 = 5 * 60;
const MAX_ATTEMPTS: u32 = 5;

/// Sends a code. The answer is the same for every phone, known or not.
#[utoipa::path(post, path = "/api/session/codes", tag = "session", request_body = CodeRequest,
    responses((status = 201, body = CodeSent), (status = 422), (status = 429), (status = 503)))]
pub(super) async fn create_code(
    State(backend): State<Backend>,
    network: Network,
    Json(request): Json<CodeRequest>,
) -> Result<impl IntoResponse, ApiError> {
    let phone = mobile(&request.phone)?;
    let now = backend.now();
    let uses = vec![
        CODE_OF_PHONE.of(&backend, &phone),
        CODES_OF_PHONE.of(&backend, &phone),
        CODES_OF_NETWORK.of(&backend, network),
    ];
    rate_limit::admit(&backend, uses).await?;
    let code = secret::digits()?;
    let hash = secret::slow_hash(code.clone()).await?;
    let expires_at = now + CODE_LIFE_SECONDS;
    backend.store.add_code(NewCode { phone: phone.clone(), hash, sent_at: now, expires_at }).await?;
    let text = format!("【一件事】您的验证码是 {code}，5 分钟内有效。工作人员不会向您索要验证码。");
    backend.partners.sms.send(&secret::token()?, &phone, &text).await?;
    Ok((StatusCode::CREATED, Json(CodeSent { retry_after_seconds: PAUSE_SECONDS })))
}

/// Opens a session, by phone and code or by ticket.
#[utoipa::path(post, path = "/api/session", tag = "session", request_body = SignIn,
    responses((status = 201, body = SessionView), (status = 422), (status = 503)))]
pub(super) async fn create_session(
    State(backend): State<Backend>,
    Json(sign_in): Json<SignIn>,
) -> Result<Response, ApiError> {
    let known = match sign_in {
        SignIn { phone: Some(phone), code: Some(code), ticket: None } => by_code(&backend, &phone, code).await?,
        SignIn { phone: None, code: None, ticket: Some(ticket) } => by_ticket(&backend, &ticket).await?,
        _ => return Err(ApiError::Unreadable("send phone and code, or ticket".to_owned())),
    };
    let now = backend.now();
    let citizen = backend.store.citizen_with(known, now).await?;
    let token = secret::token()?;
    backend.store.open_session(&secret::digest(token.as_bytes()), &citizen.id, now).await?;
    let cookie = session::opening(&token, backend.behind_https).ok_or(ApiError::Internal)?;
    Ok((StatusCode::CREATED, [(SET_COOKIE, cookie)], Json(session::view(&citizen))).into_response())
}

async fn by_code(backend: &Backend, phone: &str, typed: String) -> Result<Known, ApiError> {
    let phone = mobile(phone)?;
    let code = backend.store.attempt_code(&phone, MAX_ATTEMPTS, backend.now()).await?.ok_or(ApiError::CodeUsedUp)?;
    if !secret::is_hash_of(code.hash, typed).await? {
        return Err(ApiError::WrongCode);
    }
    if !backend.store.use_code(&code.id).await? {
        return Err(ApiError::CodeUsedUp);
    }
    // Without an answer the phone alone will do. The phone that got the code is kept, whatever the service calls
    // theirs.
    let vouched = match backend.partners.identity.by_phone(&phone).await {
        Ok(Some(person)) => vouched(person),
        Ok(None) => Vouched::Nobody,
        Err(error) => {
            tracing::warn!(%error, "whose phone it is");
            Vouched::NoAnswer
        }
    };
    known(backend, phone, true, vouched)
}

/// A ticket opens one session, and only for somebody whom the identity service vouches for.
async fn by_ticket(backend: &Backend, ticket: &str) -> Result<Known, ApiError> {
    let person = backend.partners.identity.by_ticket(ticket).await?.ok_or(ApiError::WrongTicket)?;
    let phone = person.phone.clone();
    let vouched @ Vouched::Person { .. } = vouched(person) else { return Err(ApiError::WrongTicket) };
    if !backend.store.use_ticket(&secret::digest(ticket.as_bytes()), backend.now()).await? {
        return Err(ApiError::WrongTicket);
    }
    known(backend, phone, false, vouched)
}

fn vouched(person: Person) -> Vouched {
    let Person { name, resident_id, .. } = person;
    if resident_id.is_empty() { Vouched::Nobody } else { Vouched::Person { name, resident_id } }
}

fn known(backend: &Backend, phone: String, phone_is_proved: bool, vouched: Vouched) -> Result<Known, ApiError> {
    let phone_opens_since = backend.now() - PHONE_REST_SECONDS;
    Ok(Known { phone, phone_is_proved, phone_opens_since, vouched, journal_key: secret::token()? })
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
