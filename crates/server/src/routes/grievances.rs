//! Grievances (办不成事). Anybody may report one; an officer calls the same day.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use contract::api::{GrievanceAnswer, GrievanceView, NewGrievance};

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::{Json, Path};
use crate::grievance::{self, Requester};
use crate::network::Network;
use crate::session::{self, SignedIn};
use crate::store::GrievanceRecord;

/// A reporter who is not signed in sends the phone number of the report in this header, so that it appears in no
/// address.
const PHONE: &str = "x-phone";

#[utoipa::path(post, path = "/api/grievances", tag = "grievances", request_body = NewGrievance,
    responses((status = 201, body = GrievanceView), (status = 422), (status = 429)))]
pub(super) async fn create_grievance(
    State(backend): State<Backend>,
    network: Network,
    headers: HeaderMap,
    Json(new): Json<NewGrievance>,
) -> Result<(StatusCode, Json<GrievanceView>), ApiError> {
    let citizen = session::citizen(&backend, &headers).await?;
    let created = grievance::report(&backend, citizen.as_ref(), network, new).await?;
    Ok((StatusCode::CREATED, Json(grievance::view(&backend, created).await?)))
}

/// The resident's own.
#[utoipa::path(get, path = "/api/grievances", tag = "grievances",
    responses((status = 200, body = Vec<GrievanceView>), (status = 401)))]
pub(super) async fn list_grievances(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
) -> Result<Json<Vec<GrievanceView>>, ApiError> {
    let mut views = Vec::new();
    for record in backend.store.grievances_of(&citizen.id).await? {
        views.push(grievance::view(&backend, record).await?);
    }
    Ok(Json(views))
}

/// One, for the person who told it: signed in, or with the phone that was given.
#[utoipa::path(get, path = "/api/grievances/{number}", tag = "grievances",
    params(("number" = String, Path), ("X-Phone" = Option<String>, Header)),
    responses((status = 200, body = GrievanceView), (status = 404), (status = 429)))]
pub(super) async fn find_grievance(
    State(backend): State<Backend>,
    network: Network,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Json<GrievanceView>, ApiError> {
    let phone = headers.get(PHONE).and_then(|phone| phone.to_str().ok());
    let record = authorize_reporter(&backend, &headers, network, &number, phone).await?;
    Ok(Json(grievance::view(&backend, record).await?))
}

/// Whether it is solved, in the person's words.
#[utoipa::path(post, path = "/api/grievances/{number}/answer", tag = "grievances", request_body = GrievanceAnswer,
    params(("number" = String, Path)),
    responses((status = 200, body = GrievanceView), (status = 404), (status = 409), (status = 412), (status = 422),
        (status = 429)))]
pub(super) async fn answer_grievance(
    State(backend): State<Backend>,
    network: Network,
    headers: HeaderMap,
    Path(number): Path<String>,
    Json(answer): Json<GrievanceAnswer>,
) -> Result<Json<GrievanceView>, ApiError> {
    let phone = answer.phone.clone();
    let record = authorize_reporter(&backend, &headers, network, &number, phone.as_deref()).await?;
    let number = record.number.clone();
    grievance::answer(&backend, record, answer).await?;
    let record = backend.store.grievance(&number).await?.ok_or(ApiError::NotFound)?;
    Ok(Json(grievance::view(&backend, record).await?))
}

async fn authorize_reporter(
    backend: &Backend,
    headers: &HeaderMap,
    network: Network,
    number: &str,
    phone: Option<&str>,
) -> Result<GrievanceRecord, ApiError> {
    let citizen = session::citizen(backend, headers).await?;
    grievance::authorize_reporter(backend, &Requester { citizen: citizen.as_ref(), network, phone }, number).await
}
