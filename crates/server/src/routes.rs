//! The route table, and the layers over it.

mod agency;
mod attachments;
mod cases;
mod certificates;
mod demo;
mod divisions;
mod document;
mod drafts;
mod events;
mod grievances;
mod health;
mod lookups;
mod notices;
mod plain;
mod public;
mod qr;
mod services;
mod sessions;
mod signature_requests;
mod signatures;
mod submissions;
mod uploads;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use axum::{Json, Router};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::backend::{Backend, StartError};
use crate::concurrency_limit::{ConcurrencyLimit, MAX_WAIT, limit_concurrency};
use crate::error::{ApiError, write_problems};
use crate::{headers, pages, request_log};

/// Of a JSON request.
const LARGEST_BODY_BYTES: usize = 256 * 1024;

#[derive(OpenApi)]
#[openapi(info(title = "Yijianshi", description = "One visit instead of five counters."))]
struct Document;

/// Everything that the server answers.
pub(crate) fn router(backend: Backend) -> Result<Router, StartError> {
    let (api, document) = OpenApiRouter::with_openapi(Document::openapi()).merge(documented()).split_for_parts();
    let document = document::complete(document);
    let timeout = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, backend.longest_answer);
    let api = api.layer(timeout);
    let limit = ConcurrencyLimit::with(backend.max_concurrent_requests, MAX_WAIT);
    let api = api
        .merge(uploads::router(&backend)?)
        .route("/api/openapi.json", get(async move || Json(document)))
        .route("/api/{*rest}", axum::routing::any(async || ApiError::NotFound))
        .method_not_allowed_fallback(async || ApiError::WrongMethod)
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(limit.clone(), limit_concurrency))
        .layer(from_fn_with_state((), write_problems))
        .layer(from_fn(headers::keep_private));
    let public = public::router().merge(plain::router(timeout)).layer(from_fn_with_state(limit, limit_concurrency));
    let mut all = Router::new().merge(api).route("/health", get(health::check)).merge(public);
    if backend.demo {
        all = all.merge(demo::router(timeout));
    }
    let (laid_in, _) = documented().with_state(backend.clone()).split_for_parts();
    if let Some(app) = pages::router(&backend, laid_in) {
        all = all.merge(app);
    }
    let all = all
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(backend.clone(), headers::protect))
        .layer(from_fn(request_log::write));
    Ok(all.with_state(backend))
}

/// The routes that the OpenAPI document describes.
fn documented() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .routes(routes!(services::list_services))
        .routes(routes!(services::find_service))
        .routes(routes!(services::find_service_version))
        .routes(routes!(services::find_list))
        .routes(routes!(divisions::list_divisions))
        .routes(routes!(drafts::create_draft, drafts::list_drafts))
        .routes(routes!(drafts::find_draft, drafts::update_draft, drafts::delete_draft))
        .routes(routes!(lookups::create_lookup))
        .routes(routes!(signatures::create_signature))
        .routes(routes!(signature_requests::create_signature_request, signature_requests::list_signature_requests))
        .routes(routes!(signature_requests::list_signers))
        .routes(routes!(signature_requests::delete_signature_request))
        .routes(routes!(signature_requests::find_to_sign))
        .routes(routes!(signature_requests::create_remote_signature))
        .routes(routes!(signature_requests::create_objection))
        .routes(routes!(uploads::find_upload_attachment))
        .routes(routes!(attachments::find_attachment, attachments::delete_attachment))
        .routes(routes!(submissions::submit_draft))
        .routes(routes!(cases::list_cases))
        .routes(routes!(cases::find_case))
        .routes(routes!(cases::find_receipt))
        .routes(routes!(cases::draw_case_code))
        .routes(routes!(cases::withdraw_case))
        .routes(routes!(cases::pay_case))
        .routes(routes!(notices::list_notices))
        .routes(routes!(notices::find_notice))
        .routes(routes!(events::follow_case))
        .routes(routes!(cases::create_rating))
        .routes(routes!(
            agency::sessions::create_officer_session,
            agency::sessions::find_officer_session,
            agency::sessions::delete_officer_session
        ))
        .routes(routes!(agency::list_tasks))
        .routes(routes!(agency::cases::look_up_case))
        .routes(routes!(agency::find_task))
        .routes(routes!(agency::create_claim))
        .routes(routes!(agency::create_release))
        .routes(routes!(agency::create_decision))
        .routes(routes!(agency::find_file))
        .routes(routes!(notices::find_agency_notice))
        .routes(routes!(certificates::list_certificates))
        .routes(routes!(certificates::draw_certificate_code))
        .routes(routes!(grievances::create_grievance, grievances::list_grievances))
        .routes(routes!(grievances::find_grievance))
        .routes(routes!(grievances::answer_grievance))
        .routes(routes!(agency::grievances::list_agency_grievances))
        .routes(routes!(agency::grievances::find_agency_grievance))
        .routes(routes!(agency::grievances::create_grievance_step))
        .routes(routes!(agency::figures::find_agency_figures))
        .routes(routes!(agency::outbox::find_outbox))
        .routes(routes!(sessions::create_code))
        .routes(routes!(sessions::create_session, sessions::find_session, sessions::delete_session))
        .layer(DefaultBodyLimit::max(LARGEST_BODY_BYTES))
        .layer(CsrfLayer::new())
}
