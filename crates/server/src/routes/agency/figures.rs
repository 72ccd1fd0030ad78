//! The figures of an officer's own agency and divisions; the grievance office sees those of all agencies.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{Html, Response};
use contract::api::FiguresView;
use contract::grievance::GRIEVANCE_DESK;
use contract::service::CITY;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::{Json, Parameters};
use crate::figures::figures;
use crate::language::say;
use crate::officer::AuthenticatedOfficer;
use crate::routes::public::{Asked, figures_page, lang, table};
use crate::store::{OfficerRecord, Scope};

/// The page for people; its table lies beside it.
pub(in crate::routes) const PATH: &str = "/figures/agency";

#[utoipa::path(get, path = "/api/agency/figures", tag = "agency",
    responses((status = 200, body = FiguresView), (status = 401)))]
pub(in crate::routes) async fn find_agency_figures(
    State(backend): State<Backend>,
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
) -> Result<Json<FiguresView>, ApiError> {
    Ok(Json(own(&backend, officer).await?))
}

pub(in crate::routes) async fn show_agency_figures(
    State(backend): State<Backend>,
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
    Parameters(asked): Parameters<Asked>,
    headers: HeaderMap,
) -> Result<Html<String>, ApiError> {
    let lang = lang(&asked, &headers);
    let title = say(lang, "本部门办件情况", "Statistics of your agency");
    Ok(Html(figures_page(&own(&backend, officer).await?, PATH, title, lang)))
}

pub(in crate::routes) async fn list_agency_figures(
    State(backend): State<Backend>,
    AuthenticatedOfficer(officer): AuthenticatedOfficer,
) -> Result<Response, ApiError> {
    Ok(table(&own(&backend, officer).await?))
}

async fn own(backend: &Backend, officer: OfficerRecord) -> Result<FiguresView, ApiError> {
    let divisions = if officer.division == CITY { String::new() } else { officer.division };
    let agency = Some(officer.agency).filter(|agency| agency != GRIEVANCE_DESK);
    figures(backend, &Scope { agency, divisions }).await
}
