//! Looking a case up by its number, at a window or in an office.

use axum::extract::State;
use contract::api::{CaseLookup, ProblemDocument};

use crate::backend::Backend;
use crate::case_lookup::look_up;
use crate::error::ApiError;
use crate::extract::{Json, Path};
use crate::officer::AuthenticatedOfficer;

/// How far a case is, for an officer of a window or of an office that has a task in it. Each opening is one line of the
/// audit.
#[utoipa::path(get, path = "/api/agency/cases/{reference}", tag = "agency", params(("reference" = String, Path)),
    responses((status = 200, body = CaseLookup), (status = 401), (status = 404),
        (status = 403, body = ProblemDocument, description = "no task of it is the officer's, and the officer works at no window")))]
pub(in crate::routes) async fn look_up_case(
    State(backend): State<Backend>,
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
    Path(reference): Path<String>,
) -> Result<Json<CaseLookup>, ApiError> {
    Ok(Json(look_up(&backend, &officer, &reference).await?))
}
