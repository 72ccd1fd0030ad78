//! The grievance office sees how many SMS have not gone out and since when, and nothing of their text.

use axum::extract::State;
use contract::api::OutboxView;
use contract::grievance::GRIEVANCE_DESK;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::Json;
use crate::messages;
use crate::officer::AuthenticatedOfficer;

/// For the desk; to other offices it is not there.
#[utoipa::path(get, path = "/api/agency/outbox", tag = "agency",
    responses((status = 200, body = OutboxView), (status = 401), (status = 404)))]
pub(in crate::routes) async fn find_outbox(
    State(backend): State<Backend>,
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
) -> Result<Json<OutboxView>, ApiError> {
    if officer.agency != GRIEVANCE_DESK {
        return Err(ApiError::NotFound);
    }
    Ok(Json(messages::backlog(&backend).await?))
}
