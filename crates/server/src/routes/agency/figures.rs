//! The figures of an officer's own agency and divisions; the desk for what could not be done sees those of all agencies.

use axum::extract::State;
use contract::api::FiguresView;
use contract::grievance::DESK;
use contract::service::CITY;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::Json;
use crate::figures::figures;
use crate::officer::OnDuty;
use crate::store::Scope;

#[utoipa::path(get, path = "/api/agency/figures", tag = "agency",
    responses((status = 200, body = FiguresView), (status = 401)))]
pub(in crate::routes) async fn find_agency_figures(
    State(backend): State<Backend>,
    OnDuty(officer): OnDuty,
) -> Result<Json<FiguresView>, ApiError> {
    let divisions = if officer.division == CITY { String::new() } else { officer.division };
    let agency = Some(officer.agency).filter(|agency| agency != DESK);
    Ok(Json(figures(&backend, &Scope { agency, divisions }).await?))
}
