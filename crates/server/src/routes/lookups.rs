//! Asking a register while a form is being filled in.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use contract::api::{Draft, LookupRequest, ProblemDocument};

use crate::backend::Backend;
use crate::draft::OpenDraft;
use crate::error::ApiError;
use crate::extract::{IfMatch, Path};
use crate::lookup;
use crate::rate_limit::{self, LOOKUPS_OF_CITIZEN};
use crate::routes::drafts::tagged;
use crate::session::SignedIn;

/// Asks the register of a lookup field with the number answered before it, and writes into the draft what it said. A
/// register that does not answer is an answer too: status `unavailable`.
#[utoipa::path(post, path = "/api/drafts/{id}/lookups/{field}", tag = "drafts", request_body = LookupRequest,
    params(("id" = String, Path), ("field" = String, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Draft), (status = 401), (status = 404), (status = 412, body = ProblemDocument),
        (status = 422, body = ProblemDocument, description = "the number is missing or wrong"), (status = 428), (status = 429)))]
pub(super) async fn create_lookup(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path((id, field)): Path<(String, String)>,
    IfMatch(version): IfMatch,
    body: Bytes,
) -> Result<Response, ApiError> {
    let request = read(&body)?;
    let draft = OpenDraft::of(&backend, &citizen, &id).await?.require_version(version)?;
    let shown = draft
        .journey()
        .shown_fields()
        .find(|(path, _)| *path == field)
        .and_then(|(_, field)| field.kind.lookup().cloned());
    let lookup = shown.ok_or(ApiError::NotFound)?;
    draft.require_consent(&field)?;
    let answers = if request.doubt {
        lookup::doubted(&draft, &field)?
    } else {
        let key = lookup::key(&draft, &lookup)?;
        let asked = LOOKUPS_OF_CITIZEN.of_thing(&backend, &citizen.id, &format!("{} {key}", lookup.register));
        rate_limit::admit(&backend, vec![asked]).await?;
        let found = lookup::ask(&backend, &citizen, &lookup, &key).await;
        lookup::filled(&draft, &field, &lookup, found)
    };
    Ok(tagged(&draft.save(&backend, &citizen, answers, None).await?))
}

/// No body is a plain question.
fn read(body: &[u8]) -> Result<LookupRequest, ApiError> {
    if body.is_empty() {
        return Ok(LookupRequest { doubt: false });
    }
    serde_json::from_slice(body).map_err(|error| ApiError::Unreadable(error.to_string()))
}
