//! Names written with the finger, under the answers as they stand.

use axum::extract::State;
use axum::response::Response;
use contract::api::{Draft, NewSignature, ProblemDocument};
use serde::Deserialize;

use crate::backend::Backend;
use crate::draft::OpenDraft;
use crate::error::ApiError;
use crate::extract::{IfMatch, Json, Parameters, Path};
use crate::routes::drafts::tagged;
use crate::session::SignedIn;
use crate::signature_request::written;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InRow {
    /// The lasting name of the row, where `field` is `group.field`.
    row: Option<String>,
}

/// Signs the answers of the version that is named in If-Match: the signature keeps their hash, and does not outlive a
/// change of them.
#[utoipa::path(post, path = "/api/drafts/{id}/signatures/{field}", tag = "drafts", request_body = NewSignature,
    params(("id" = String, Path), ("field" = String, Path), ("row" = Option<String>, Query), ("If-Match" = String, Header)),
    responses((status = 200, body = Draft), (status = 400, description = "the strokes are no lines"), (status = 401),
        (status = 404), (status = 412, body = ProblemDocument), (status = 428)))]
pub(super) async fn create_signature(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path((id, field)): Path<(String, String)>,
    Parameters(InRow { row }): Parameters<InRow>,
    IfMatch(version): IfMatch,
    Json(signature): Json<NewSignature>,
) -> Result<Response, ApiError> {
    let draft = OpenDraft::of(&backend, &citizen, &id).await?.require_version(version)?;
    let journey = draft.journey();
    let place = journey.signing_place(&field, row.as_deref()).ok_or(ApiError::NotFound)?;
    let signature = written(&backend, &draft, &journey, &place, &signature)?;
    let mut answers = draft.record.answers.clone();
    answers.set_at(&place.path, place.row_name(), signature);
    Ok(tagged(&draft.save(&backend, &citizen, answers, None).await?))
}
