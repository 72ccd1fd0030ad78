//! Resumable uploads. The library answers the protocol's own requests (tus 1.0: POST, HEAD, PATCH, DELETE); this
//! module decides who may send them, and turns a finished upload into an attachment.
//!
//! `POST /api/uploads` names in `Upload-Metadata` the `draft`, the `field` (`group.field` with the `row`'s lasting name
//! in a group), the `filename` and the `sha256` of the whole. After the last piece, `GET /api/uploads/{id}/attachment`
//! gives the attachment, or says why the file cannot be used. `OPTIONS /api/uploads` says which extensions are offered,
//! to anybody.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use contract::api::{AttachmentView, ProblemDocument};
use tower_http::csrf::CsrfLayer;

use crate::backend::{Backend, StartError};
use crate::draft::OpenDraft;
use crate::error::ApiError;
use crate::extract::{Json, Path};
use crate::session::SignedIn;
use crate::uploads::{
    BASE_PATH, LARGEST_FILE_BYTES, Takeovers, UPLOAD_OWNER, UploadMetadata, UploadOwner, finish, note_arrival,
    reject_unsupported_extensions, take_over,
};

/// The protocol's routes under our rules.
pub(super) fn router(backend: &Backend) -> Result<Router<Backend>, StartError> {
    let routes = backend.uploads.router()?.with_state(());
    let takeovers = Takeovers::default();
    Ok(routes
        .layer(from_fn_with_state(takeovers.clone(), take_over))
        .layer(from_fn_with_state(backend.clone(), admit))
        .layer(from_fn_with_state(takeovers, note_arrival))
        .layer(CsrfLayer::new()))
}

/// Lets only the owner near an upload, and begins one only for an own draft.
async fn admit(
    State(backend): State<Backend>,
    signed_in: Result<SignedIn, ApiError>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let id = request.uri().path().strip_prefix(BASE_PATH).unwrap_or_default().trim_start_matches('/').to_owned();
    // Anybody may know which extensions the server supports.
    if id.is_empty() && request.method() == Method::OPTIONS {
        return Ok(next.run(request).await);
    }
    let SignedIn(citizen) = signed_in?;
    if !id.is_empty() {
        let upload = backend.store.upload(&id).await?.filter(|upload| upload.citizen == citizen.id);
        // A refused file is gone; only its refusal is left.
        let upload = upload.filter(|upload| upload.refused.is_none() || request.method() == Method::DELETE);
        return if upload.is_some() { Ok(next.run(request).await) } else { Err(ApiError::NotFound) };
    }
    if request.method() != Method::POST {
        return Ok(next.run(request).await);
    }
    reject_unsupported_extensions(request.headers())?;
    let metadata = UploadMetadata::of(request.headers())?;
    let draft = OpenDraft::of(&backend, &citizen, &metadata.draft).await?;
    let field = draft.service.field(&metadata.field).and_then(|field| field.kind.attachments());
    field.ok_or(ApiError::NotFound)?;
    draft.require_consent(&metadata.field)?;
    if length(request.headers()).is_some_and(|bytes| bytes > LARGEST_FILE_BYTES) {
        return Err(ApiError::TooLarge);
    }
    let owner = UploadOwner { citizen: citizen.id, draft: draft.record.id, refusal: Arc::default() };
    let response = UPLOAD_OWNER.scope(owner.clone(), next.run(request)).await;
    owner.refused().map_or(Ok(response), Err)
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get("upload-length")?.to_str().ok()?.parse().ok()
}

/// What became of a finished upload. The file is cleaned when this is asked for the first time.
#[utoipa::path(get, path = "/api/uploads/{upload_id}/attachment", tag = "uploads",
    params(("upload_id" = String, Path)),
    responses((status = 200, body = AttachmentView), (status = 401), (status = 404),
        (status = 409, description = "pieces are missing"),
        (status = 422, body = ProblemDocument, description = "the file cannot be used, and why")))]
pub(super) async fn find_upload_attachment(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<AttachmentView>, ApiError> {
    Ok(Json(finish(&backend, &citizen, &id).await?))
}
