//! Where the code on a receipt leads: an officer to the case at the desk, its owner to the case page. The address says
//! nothing of the case, and shows nothing of it.

use std::fmt::Write;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};
use contract::Lang;
use contract::id::Reference;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::{Parameters, Path};
use crate::language::say;
use crate::officer;
use crate::routes::public::{Asked, head, lang};
use crate::session;

/// The address that the code holds.
pub(in crate::routes) fn path_of(reference: &str) -> String {
    format!("/scan/{reference}")
}

/// Whether there is such a case is said after the sign-in, to those who may know.
pub(super) async fn open_scanned(
    State(backend): State<Backend>,
    Path(reference): Path<String>,
    Parameters(asked): Parameters<Asked>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let reference = Reference(reference);
    if !reference.is_valid() {
        return Err(ApiError::NotFound);
    }
    let (desk, own) = (format!("/agency/cases/{reference}"), format!("/cases/{reference}"));
    if officer::signed_in(&backend, &headers).await?.is_some() {
        return Ok(Redirect::to(&desk).into_response());
    }
    if session::citizen(&backend, &headers).await?.is_some() {
        return Ok(Redirect::to(&own).into_response());
    }
    Ok(Html(page(&reference, &desk, &own, lang(&asked, &headers))).into_response())
}

/// Two ways to sign in. A reference that is valid holds nothing that needs to be escaped.
fn page(reference: &Reference, desk: &str, own: &str, lang: Lang) -> String {
    let mut page = head(lang, &path_of(reference), say(lang, "办件二维码", "Case code"));
    let (applicant, officer) = (
        say(lang, "我是申请人，查看我的办件", "I applied: open my case"),
        say(lang, "我是工作人员，登录办理台", "I am an officer: sign in"),
    );
    let _ = write!(
        page,
        "<section><p>{reference}</p><p><a href=\"{own}\">{applicant}</a></p><p><a href=\"{desk}\">{officer}</a></p></section></main>"
    );
    page
}
