//! Pages that everybody may read, made by the server: figures, what was solved, and whether a certificate or a
//! notice is real. No script,
//! so they open anywhere.

mod chart;
mod check;
mod page;
mod solved;

pub(super) use page::{figures as figures_page, head};

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use contract::Lang;
use contract::api::FiguresView;
use serde::Deserialize;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::{Parameters, Path};
use crate::figures::public_figures;
use crate::language;
use crate::notice;
use crate::partners::in_changde;
use crate::secret::spelled;

const STYLE: &str = concat!(include_str!("../../../../style/tokens.css"), include_str!("public/page.css"));
const FOR_A_MINUTE: HeaderValue = HeaderValue::from_static("public, max-age=60");

/// `?lang=en`, for links that carry their language; of several the last one.
#[derive(Deserialize)]
#[serde(from = "Vec<(String, String)>")]
pub(super) struct Asked {
    lang: Option<String>,
}

impl From<Vec<(String, String)>> for Asked {
    fn from(pairs: Vec<(String, String)>) -> Self {
        Self { lang: pairs.into_iter().rfind(|(name, _)| name == "lang").map(|(_, lang)| lang) }
    }
}

pub(super) fn router() -> Router<Backend> {
    Router::new()
        .route("/figures", get(show_figures))
        .route("/figures.csv", get(list_figures))
        .route("/solved", get(show_solved))
        .route("/check/{code}", get(check_code))
        .route("/public.css", get(find_style))
}

async fn show_figures(
    State(backend): State<Backend>,
    Parameters(asked): Parameters<Asked>,
    headers: HeaderMap,
) -> Result<Html<String>, ApiError> {
    let figures = public_figures(&backend).await?;
    let lang = lang(&asked, &headers);
    let title = language::say(lang, "办件公开", "Statistics");
    Ok(Html(page::figures(&figures, "/figures", title, lang)))
}

async fn list_figures(State(backend): State<Backend>) -> Result<Response, ApiError> {
    Ok(table(&public_figures(&backend).await?))
}

/// The figures as a file.
pub(super) fn table(figures: &FiguresView) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"figures.csv\"")),
    ];
    (headers, page::csv(figures)).into_response()
}

async fn show_solved(
    State(backend): State<Backend>,
    Parameters(asked): Parameters<Asked>,
    headers: HeaderMap,
) -> Result<Html<String>, ApiError> {
    let solved = backend.store.solved().await?;
    Ok(Html(solved::page(&backend, &solved, lang(&asked, &headers))))
}

/// Anybody who has the code may check it: a certificate's has 128 random bits, a notice's 80.
async fn check_code(
    State(backend): State<Backend>,
    Path(code): Path<String>,
    Parameters(asked): Parameters<Asked>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let lang = lang(&asked, &headers);
    if let Some(issued) = backend.store.issued_with(&code).await? {
        return Ok(Html(check::certificate(&issued, in_changde(backend.now()).date(), lang)).into_response());
    }
    Ok(match backend.store.notice_with(&spelled(&code)).await? {
        Some(served) => Html(check::notice(&served, &notice::applicant(&served)?, lang)).into_response(),
        None => (StatusCode::NOT_FOUND, Html(check::unknown(lang))).into_response(),
    })
}

async fn find_style() -> Response {
    let headers = [(CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")), (CACHE_CONTROL, FOR_A_MINUTE)];
    (headers, STYLE).into_response()
}

/// The language of a link, or what the browser asks for.
pub(super) fn lang(asked: &Asked, headers: &HeaderMap) -> Lang {
    match asked.lang.as_deref() {
        Some("en") => Lang::En,
        Some("zh") => Lang::Zh,
        _ => language::asked(headers),
    }
}
