//! Pages that everybody may read, made by the server: figures, and what was solved. No script, so they open anywhere.

mod chart;
mod page;
mod solved;

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use contract::Lang;
use serde::Deserialize;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::Parameters;
use crate::figures::figures;
use crate::language;
use crate::store::Scope;

const STYLE: &str = concat!(include_str!("../../../../style/tokens.css"), include_str!("public/page.css"));
const FOR_A_MINUTE: HeaderValue = HeaderValue::from_static("public, max-age=60");

/// `?lang=en`, for links that carry their language.
#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
}

pub(super) fn router() -> Router<Backend> {
    Router::new()
        .route("/figures", get(show_figures))
        .route("/figures.csv", get(list_figures))
        .route("/solved", get(show_solved))
        .route("/public.css", get(find_style))
}

async fn show_figures(
    State(backend): State<Backend>,
    Parameters(asked): Parameters<Asked>,
    headers: HeaderMap,
) -> Result<Html<String>, ApiError> {
    let figures = figures(&backend, &Scope::default()).await?;
    Ok(Html(page::figures(&figures, lang(&asked, &headers))))
}

async fn list_figures(State(backend): State<Backend>) -> Result<Response, ApiError> {
    let text = page::csv(&figures(&backend, &Scope::default()).await?);
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"figures.csv\"")),
    ];
    Ok((headers, text).into_response())
}

async fn show_solved(
    State(backend): State<Backend>,
    Parameters(asked): Parameters<Asked>,
    headers: HeaderMap,
) -> Result<Html<String>, ApiError> {
    let solved = backend.store.solved().await?;
    Ok(Html(solved::page(&backend, &solved, lang(&asked, &headers))))
}

async fn find_style() -> Response {
    let headers = [(CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")), (CACHE_CONTROL, FOR_A_MINUTE)];
    (headers, STYLE).into_response()
}

fn lang(asked: &Asked, headers: &HeaderMap) -> Lang {
    match asked.lang.as_deref() {
        Some("en") => Lang::En,
        Some("zh") => Lang::Zh,
        _ => language::asked(headers),
    }
}
