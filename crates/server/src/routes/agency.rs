//! The officers' side: queue, one task, steps. Tasks of another agency or division are `NotFound`.

pub(super) mod cases;
pub(super) mod figures;
pub(super) mod grievances;
pub(super) mod outbox;
pub(super) mod sessions;

use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, ETAG};
use axum::response::{IntoResponse, Response};
use contract::api::{Decision, ProblemDocument, QueueEntry, TaskDetail};

use crate::backend::Backend;
use crate::casework::{self, OpenTask};
use crate::error::ApiError;
use crate::extract::{IfMatch, Json, Parameters, Path};
use crate::officer::{AuthenticatedOfficer, is_responsible};
use crate::routes::attachments::{Size, served};
use crate::store::OfficerRecord;

/// The agency's tasks in the officer's divisions, those due first. Filters are the page's.
#[utoipa::path(get, path = "/api/agency/tasks", tag = "agency",
    responses((status = 200, body = Vec<QueueEntry>), (status = 401)))]
pub(super) async fn list_tasks(
    State(backend): State<Backend>,
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
) -> Result<Json<Vec<QueueEntry>>, ApiError> {
    Ok(Json(casework::queue(&backend, &officer).await?))
}

/// One task with the answers. Opening it is one line of the audit.
#[utoipa::path(get, path = "/api/agency/tasks/{reference}/{item}", tag = "agency",
    params(("reference" = String, Path), ("item" = String, Path)),
    responses((status = 200, body = TaskDetail, headers(("ETag" = String))), (status = 401), (status = 404)))]
pub(super) async fn find_task(
    State(backend): State<Backend>,
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
    Path((reference, item)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let task = OpenTask::of(&backend, &officer, &reference, &item).await?;
    let (actor, object) = (format!("officer:{}", officer.id), format!("{reference}/{item}"));
    backend.store.note(&actor, "view", &object, backend.now()).await?;
    tagged(&backend, &officer, &task).await
}

/// Claims a task: no other officer decides it meanwhile.
#[utoipa::path(post, path = "/api/agency/tasks/{reference}/{item}/claim", tag = "agency",
    params(("reference" = String, Path), ("item" = String, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = TaskDetail), (status = 401), (status = 404),
        (status = 409, body = ProblemDocument, description = "another officer has claimed it"), (status = 412), (status = 428)))]
pub(super) async fn create_claim(
    State(backend): State<Backend>,
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
    Path((reference, item)): Path<(String, String)>,
    IfMatch(version): IfMatch,
) -> Result<Response, ApiError> {
    let task = require_version(OpenTask::of(&backend, &officer, &reference, &item).await?, version)?;
    task.claim(&backend, &officer).await?;
    again(&backend, &officer, &reference, &item).await
}

/// Releases a claimed task to other officers.
#[utoipa::path(post, path = "/api/agency/tasks/{reference}/{item}/release", tag = "agency",
    params(("reference" = String, Path), ("item" = String, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = TaskDetail), (status = 401), (status = 404), (status = 409), (status = 412),
        (status = 428)))]
pub(super) async fn create_release(
    State(backend): State<Backend>,
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
    Path((reference, item)): Path<(String, String)>,
    IfMatch(version): IfMatch,
) -> Result<Response, ApiError> {
    let task = require_version(OpenTask::of(&backend, &officer, &reference, &item).await?, version)?;
    task.release(&backend, &officer).await?;
    again(&backend, &officer, &reference, &item).await
}

/// Takes a step. State, event, audit, messages and what follows for other items are written together.
#[utoipa::path(post, path = "/api/agency/tasks/{reference}/{item}/decisions", tag = "agency", request_body = Decision,
    params(("reference" = String, Path), ("item" = String, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = TaskDetail), (status = 401), (status = 404),
        (status = 409, body = ProblemDocument, description = "the step is not allowed here, or the officer has not claimed the task"),
        (status = 412), (status = 422, body = ProblemDocument, description = "words are missing"), (status = 428)))]
pub(super) async fn create_decision(
    State(backend): State<Backend>,
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
    Path((reference, item)): Path<(String, String)>,
    IfMatch(version): IfMatch,
    Json(decision): Json<Decision>,
) -> Result<Response, ApiError> {
    let task = require_version(OpenTask::of(&backend, &officer, &reference, &item).await?, version)?;
    task.decide(&backend, &officer, decision).await?;
    again(&backend, &officer, &reference, &item).await
}

/// A file of a case, for an agency that has a task which needs it. Opening it is one line of the audit; its small
/// picture comes with the task.
#[utoipa::path(get, path = "/api/agency/attachments/{id}", tag = "agency",
    params(("id" = String, Path), ("thumbnail" = Option<String>, Query, description = "`1` gives a small JPEG")),
    responses((status = 200, description = "the file"), (status = 401), (status = 404)))]
pub(super) async fn find_file(
    State(backend): State<Backend>,
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
    Path(id): Path<String>,
    Parameters(size): Parameters<Size>,
) -> Result<Response, ApiError> {
    let (record, reference) = backend.store.sent_attachment(&id).await?.ok_or(ApiError::NotFound)?;
    let case = backend.store.case(&reference).await?.ok_or(ApiError::NotFound)?;
    for task in case.tasks.iter().filter(|task| is_responsible(&officer, task)) {
        if OpenTask::of(&backend, &officer, &reference, &task.item).await?.sees_file(&id)? {
            if size.thumbnail.is_none() {
                let (actor, object) = (format!("officer:{}", officer.id), format!("{reference}/{id}"));
                backend.store.note(&actor, "open-file", &object, backend.now()).await?;
            }
            return served(&backend, record, &size).await;
        }
    }
    Err(ApiError::NotFound)
}

fn require_version(task: OpenTask, version: u64) -> Result<OpenTask, ApiError> {
    if task.task.version == version { Ok(task) } else { Err(ApiError::TaskChanged) }
}

async fn again(backend: &Backend, officer: &OfficerRecord, reference: &str, item: &str) -> Result<Response, ApiError> {
    let task = OpenTask::of(backend, officer, reference, item).await?;
    tagged(backend, officer, &task).await
}

async fn tagged(backend: &Backend, officer: &OfficerRecord, task: &OpenTask) -> Result<Response, ApiError> {
    let detail = task.detail(backend, officer).await?;
    let tag = HeaderValue::from_str(&format!("\"{}\"", detail.version)).map_err(|_| ApiError::Internal)?;
    Ok(([(CACHE_CONTROL, HeaderValue::from_static("no-store")), (ETAG, tag)], Json(detail)).into_response())
}
