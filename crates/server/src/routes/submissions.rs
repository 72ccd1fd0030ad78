//! Sending an application.

use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use contract::api::{ProblemDocument, Receipt, Submit};

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::{Json, Path};
use crate::session::SignedIn;
use crate::submission;

/// Sends the draft as the resident saw it. 201 only when the case is on disk; the same key with the same content always
/// gives the same receipt.
#[utoipa::path(post, path = "/api/drafts/{id}/submit", tag = "cases", request_body = Submit,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Receipt), (status = 400), (status = 401), (status = 404),
        (status = 409, body = ProblemDocument, description = "the same key is being sent; `Retry-After` says when to ask again"),
        (status = 412, body = ProblemDocument, description = "not what was seen; `current` is the draft as it is"),
        (status = 422, body = ProblemDocument, description = "not ready, a gate, or the key is another submission's"),
        (status = 503)))]
pub(super) async fn submit_draft(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(id): Path<String>,
    IdempotencyKey(key): IdempotencyKey,
    Json(seen): Json<Submit>,
) -> Result<(StatusCode, Json<Receipt>), ApiError> {
    let receipt = submission::submit(&backend, &citizen, &id, &key, &seen).await?;
    Ok((StatusCode::CREATED, Json(receipt)))
}

/// 8 to 64 characters that the client chose.
pub(super) struct IdempotencyKey(String);

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let key = parts.headers.get("idempotency-key").and_then(|value| value.to_str().ok()).unwrap_or_default();
        if (8..=64).contains(&key.len()) { Ok(Self(key.to_owned())) } else { Err(ApiError::KeyNeeded) }
    }
}
