//! The notices of a case, to be saved or printed.

use std::fmt::Write;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Html;
use contract::Lang;
use contract::api::NoticeView;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::{Parameters, Path};
use crate::language::{escaped, say};
use crate::notice;
use crate::partners::readable;
use crate::routes::public::{Asked, head, lang};
use crate::session::SignedIn;

pub(super) async fn show_notices(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(reference): Path<String>,
    Parameters(asked): Parameters<Asked>,
    headers: HeaderMap,
) -> Result<Html<String>, ApiError> {
    let served = notice::served(&backend, &citizen, &reference).await?;
    Ok(Html(page(&reference, &served, lang(&asked, &headers))))
}

/// The reference is that of a case, so nothing in it needs to be escaped.
fn page(reference: &str, served: &[NoticeView], lang: Lang) -> String {
    let mut page = head(lang, &format!("/cases/{reference}/notices"), say(lang, "文书", "Notices"));
    let (back, case) = (say(lang, "回到办件", "Back to the case"), say(lang, "办件", "Case"));
    let _ = write!(page, "<p>{case} {reference}</p><section>");
    if served.is_empty() {
        let none = say(
            lang,
            "还没有文书。受理、补正或决定以后，就在这里。",
            "None yet. It is here once the office has accepted, returned or decided.",
        );
        let _ = write!(page, "<p>{none}</p>");
    }
    for notice in served {
        let (title, at) = (escaped(notice.title.get(lang)), readable(&notice.at));
        let _ = write!(
            page,
            "<p><a href=\"/api/cases/{reference}/notices/{}\">{title} (PDF)</a> <span class=\"quiet\">{at}</span></p>",
            notice.id
        );
    }
    let paper = say(
        lang,
        "每份文书下面有核验码，谁拿到都可以核对真假。",
        "Each bears a code at its foot, with which anybody can verify it.",
    );
    let _ =
        write!(page, "</section><p class=\"quiet\">{paper}</p><p><a href=\"/cases/{reference}\">{back}</a></p></main>");
    page
}
