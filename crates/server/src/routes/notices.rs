//! Notices on paper (文书), for the applicant and for the office that served them.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use contract::api::{NoticeView, ProblemDocument};

use crate::backend::Backend;
use crate::casework::OpenTask;
use crate::error::ApiError;
use crate::extract::{Json, Path};
use crate::notice;
use crate::officer::AuthenticatedOfficer;
use crate::routes::qr;
use crate::session::SignedIn;
use crate::store::ServedNotice;

/// The notices of the resident's own case, the oldest first.
#[utoipa::path(get, path = "/api/cases/{reference}/notices", tag = "cases", params(("reference" = String, Path)),
    responses((status = 200, body = Vec<NoticeView>), (status = 401), (status = 404)))]
pub(super) async fn list_notices(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(reference): Path<String>,
) -> Result<Json<Vec<NoticeView>>, ApiError> {
    Ok(Json(notice::served(&backend, &citizen, &reference).await?))
}

/// A notice of the resident's own case, as PDF/A.
#[utoipa::path(get, path = "/api/cases/{reference}/notices/{id}", tag = "cases",
    params(("reference" = String, Path), ("id" = u32, Path)),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>), (status = 401), (status = 404),
        (status = 503, body = ProblemDocument, description = "it cannot be printed here: the window prints it")))]
pub(super) async fn find_notice(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    headers: HeaderMap,
    Path((reference, id)): Path<(String, u32)>,
) -> Result<Response, ApiError> {
    let served = notice::own(&backend, &citizen, &reference, id).await?;
    printed(&backend, &headers, &served).await
}

/// The same for an officer who may see the task. Opening it is one line of the audit.
#[utoipa::path(get, path = "/api/agency/tasks/{reference}/{item}/notices/{id}", tag = "agency",
    params(("reference" = String, Path), ("item" = String, Path), ("id" = u32, Path)),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>), (status = 401), (status = 404),
        (status = 503, body = ProblemDocument, description = "it cannot be printed here")))]
pub(super) async fn find_agency_notice(
    State(backend): State<Backend>,
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
    headers: HeaderMap,
    Path((reference, item, id)): Path<(String, String, u32)>,
) -> Result<Response, ApiError> {
    OpenTask::of(&backend, &officer, &reference, &item).await?;
    let served = backend.store.notice(&reference, id).await?.filter(|served| served.notice.item == item);
    let served = served.ok_or(ApiError::NotFound)?;
    let (actor, object) = (format!("officer:{}", officer.id), format!("{reference}/{item}/notices/{id}"));
    backend.store.note(&actor, "view", &object, backend.now()).await?;
    printed(&backend, &headers, &served).await
}

/// As browsers may have it: not run, not guessed, not kept.
async fn printed(backend: &Backend, headers: &HeaderMap, served: &ServedNotice) -> Result<Response, ApiError> {
    let check_at = qr::address(backend, headers, &format!("/check/{}", served.notice.code));
    let document = notice::print(backend, served, check_at).await?;
    let name = format!("attachment; filename=\"{}.pdf\"", notice::number(served));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (CONTENT_DISPOSITION, HeaderValue::from_str(&name).map_err(|_| ApiError::Internal)?),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'")),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, document).into_response())
}
