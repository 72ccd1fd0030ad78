//! Pages without script for those whom they concern: the notices of a case, telling what could not be done and
//! following that, and the figures of an agency. They cost the app no bytes and open in any browser.

mod follow;
mod followed;
mod notices;
mod report;
mod scanned;

pub(super) use scanned::path_of as scanned_path;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::backend::Backend;
use crate::error::write_problems;
use crate::grievance::PATH;
use crate::headers;
use crate::routes::agency::figures;

/// The address of the form for reports.
const REPORT: &str = "/grievances/report";
/// Of a form.
const LARGEST_FORM_BYTES: usize = 32 * 1024;

pub(super) fn router(timeout: TimeoutLayer) -> Router<Backend> {
    Router::new()
        .route("/cases/{reference}/notices", get(notices::show_notices))
        .route("/scan/{reference}", get(scanned::open_scanned))
        .route(figures::PATH, get(figures::show_agency_figures))
        .route(&format!("{}.csv", figures::PATH), get(figures::list_agency_figures))
        .route(REPORT, get(report::show_report).post(report::take_report))
        .route(PATH, get(follow::show_own).post(follow::find_followed))
        .route(&format!("{PATH}/answer"), post(follow::answer_followed))
        .layer(DefaultBodyLimit::max(LARGEST_FORM_BYTES))
        .layer(timeout)
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state((), write_problems))
        .layer(from_fn(headers::keep_private))
}
