//! Counties, zones, towns and street offices by their parent's code.

use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use contract::address::Division;
use serde::Deserialize;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::{Json, Parameters};

const FOR_A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Below {
    /// `4307` gives counties and zones, a code of six digits its towns and street offices.
    parent: String,
}

#[utoipa::path(get, path = "/api/divisions", tag = "divisions",
    params(("parent" = String, Query, description = "`4307`, or six digits of a county or zone")),
    responses((status = 200, body = Vec<Division>), (status = 404, description = "no such parent")))]
pub(super) async fn list_divisions(
    State(backend): State<Backend>,
    Parameters(below): Parameters<Below>,
) -> Result<impl IntoResponse, ApiError> {
    let divisions = backend.divisions.below(&below.parent).ok_or(ApiError::NotFound)?;
    Ok(([(CACHE_CONTROL, FOR_A_DAY)], Json(divisions.to_vec())))
}
