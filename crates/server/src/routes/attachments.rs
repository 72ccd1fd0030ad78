//! Files that were uploaded, for their owner. They are served so that no browser runs them.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::{Parameters, Path};
use crate::session::SignedIn;
use crate::store::{AttachmentRecord, Orphans};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Size {
    /// Present: a JPEG of at most 320 pixels.
    pub(super) thumbnail: Option<String>,
}

/// The file, or its small picture.
#[utoipa::path(get, path = "/api/attachments/{id}", tag = "uploads",
    params(("id" = String, Path), ("thumbnail" = Option<String>, Query, description = "`1` gives a small JPEG")),
    responses((status = 200, description = "the file"), (status = 401), (status = 404)))]
pub(super) async fn find_attachment(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(id): Path<String>,
    Parameters(size): Parameters<Size>,
) -> Result<Response, ApiError> {
    let attachment = backend.store.attachment_of(&citizen.id, &id).await?.ok_or(ApiError::NotFound)?;
    served(&backend, attachment, &size).await
}

/// A file as browsers may have it: not run, not guessed, not kept.
pub(super) async fn served(backend: &Backend, attachment: AttachmentRecord, size: &Size) -> Result<Response, ApiError> {
    let (object, media_type) = match size.thumbnail {
        Some(_) => (attachment.thumbnail.ok_or(ApiError::NotFound)?, "image/jpeg".to_owned()),
        None => (attachment.object, attachment.media_type),
    };
    let content = backend.attachments.get(&object).await?;
    let media_type = HeaderValue::from_str(&media_type).map_err(|_| ApiError::Internal)?;
    let headers = [
        (CONTENT_TYPE, media_type),
        (CONTENT_DISPOSITION, HeaderValue::from_static("attachment")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'")),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, content).into_response())
}

/// Deletes a file that was not sent with a case.
#[utoipa::path(delete, path = "/api/attachments/{id}", tag = "uploads", params(("id" = String, Path)),
    responses((status = 204), (status = 401), (status = 404)))]
pub(super) async fn delete_attachment(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let deleted = backend.store.delete_attachment(&citizen.id, &id).await?.ok_or(ApiError::NotFound)?;
    let objects = [Some(deleted.object), deleted.thumbnail].into_iter().flatten().collect();
    backend.erase(Orphans { objects, uploads: Vec::new() }).await;
    Ok(StatusCode::NO_CONTENT)
}
