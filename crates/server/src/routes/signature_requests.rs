//! Requests to sign: of the applicant who asks, and of the person who is asked.

use axum::extract::State;
use axum::http::StatusCode;
use contract::api::{
    NewSignatureRequest, Objection, ProblemDocument, RemoteSignature, SignatureRequestView, SignersView, ToSignView,
};

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::{Json, Path};
use crate::session::SignedIn;
use crate::signature_request::{self, RequestToSign};

/// Asks the person whom the form names to sign on their own phone, by SMS. As long as they have not answered, the same
/// request is given again.
#[utoipa::path(post, path = "/api/drafts/{id}/signature-requests", tag = "drafts", request_body = NewSignatureRequest,
    params(("id" = String, Path)),
    responses((status = 201, body = SignatureRequestView), (status = 401), (status = 404),
        (status = 422, body = ProblemDocument, description = "something is still to be filled in"), (status = 429)))]
pub(super) async fn create_signature_request(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(id): Path<String>,
    Json(new): Json<NewSignatureRequest>,
) -> Result<(StatusCode, Json<SignatureRequestView>), ApiError> {
    let view = signature_request::request(&backend, &citizen, &id, &new).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// The requests of a draft, the newest first.
#[utoipa::path(get, path = "/api/drafts/{id}/signature-requests", tag = "drafts", params(("id" = String, Path)),
    responses((status = 200, body = Vec<SignatureRequestView>), (status = 401), (status = 404)))]
pub(super) async fn list_signature_requests(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<Vec<SignatureRequestView>>, ApiError> {
    Ok(Json(signature_request::list(&backend, &citizen, &id).await?))
}

/// Who else signs a draft, with what became of the newest request to each.
#[utoipa::path(get, path = "/api/drafts/{id}/signers", tag = "drafts", params(("id" = String, Path)),
    responses((status = 200, body = SignersView), (status = 401), (status = 404)))]
pub(super) async fn list_signers(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<SignersView>, ApiError> {
    Ok(Json(signature_request::signers(&backend, &citizen, &id).await?))
}

/// Takes a request back that was not answered yet.
#[utoipa::path(delete, path = "/api/drafts/{id}/signature-requests/{request}", tag = "drafts",
    params(("id" = String, Path), ("request" = String, Path)),
    responses((status = 204), (status = 401), (status = 404)))]
pub(super) async fn delete_signature_request(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path((id, request)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    signature_request::cancel(&backend, &citizen, &id, &request).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What one is asked to sign. Only the person whom the request names finds it.
#[utoipa::path(get, path = "/api/sign/{id}", tag = "sign", params(("id" = String, Path)),
    responses((status = 200, body = ToSignView), (status = 401), (status = 404)))]
pub(super) async fn find_to_sign(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<ToSignView>, ApiError> {
    Ok(Json(RequestToSign::of(&backend, &citizen, &id).await?.view(&backend, &citizen).await?))
}

/// Signs exactly what was seen. Where it has changed meanwhile, the refusal names what did.
#[utoipa::path(post, path = "/api/sign/{id}/signature", tag = "sign", request_body = RemoteSignature,
    params(("id" = String, Path)),
    responses((status = 200, body = ToSignView), (status = 400, description = "the strokes are no lines"), (status = 401),
        (status = 404), (status = 409, description = "answered, taken back or ended"),
        (status = 412, body = ProblemDocument), (status = 422, body = ProblemDocument)))]
pub(super) async fn create_remote_signature(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(id): Path<String>,
    Json(signature): Json<RemoteSignature>,
) -> Result<Json<ToSignView>, ApiError> {
    Ok(Json(RequestToSign::sign(&backend, &citizen, &id, &signature).await?))
}

/// Does not sign, and says why.
#[utoipa::path(post, path = "/api/sign/{id}/objection", tag = "sign", request_body = Objection,
    params(("id" = String, Path)),
    responses((status = 200, body = ToSignView), (status = 401), (status = 404),
        (status = 409, description = "answered, taken back or ended"), (status = 422, body = ProblemDocument)))]
pub(super) async fn create_objection(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(id): Path<String>,
    Json(objection): Json<Objection>,
) -> Result<Json<ToSignView>, ApiError> {
    Ok(Json(RequestToSign::object(&backend, &citizen, &id, &objection).await?))
}
