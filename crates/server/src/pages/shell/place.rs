//! Which screen of the app an address is, as far as the server fills it. `src/paths.rs` has them all.

use axum::http::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::draft::OpenDraft;

pub(super) enum Place {
    Home,
    /// The start page without script: what is searched for stands in the address.
    Search {
        words: String,
    },
    Guide {
        service: String,
    },
    Draft {
        draft: String,
        screen: DraftScreen,
    },
    /// A private screen whose content is one answer of the API.
    List {
        url: String,
    },
    Other,
}

pub(super) enum DraftScreen {
    /// Wherever the resident was, where no step is named.
    Step { step: Option<String>, from_review: bool },
    /// The review, or the way out.
    Another,
}

impl Place {
    pub(super) fn of(uri: &Uri) -> Self {
        let parameter = |name: &str| {
            let mut pairs = uri.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
            let (_, value) = pairs.find(|(own, _)| *own == name)?;
            Some(percent_decode_str(&value.replace('+', " ")).decode_utf8_lossy().into_owned())
        };
        let draft = |draft: &str, screen| Self::Draft { draft: draft.to_owned(), screen };
        let list = |url: String| Self::List { url };
        let parts: Vec<&str> = uri.path().split('/').filter(|part| !part.is_empty()).collect();
        match parts[..] {
            [] => match parameter("q").filter(|words| !words.trim().is_empty()) {
                Some(words) => Self::Search { words },
                None => Self::Home,
            },
            ["services", service] => Self::Guide { service: service.to_owned() },
            ["drafts"] => list("/api/drafts".to_owned()),
            ["drafts", id] => draft(id, DraftScreen::Step { step: None, from_review: false }),
            ["drafts", id, "review" | "exit"] => draft(id, DraftScreen::Another),
            ["drafts", id, step] => {
                let from_review = parameter("back").as_deref() == Some("review");
                draft(id, DraftScreen::Step { step: Some(step.to_owned()), from_review })
            }
            ["cases"] => list("/api/cases".to_owned()),
            ["cases", reference] => list(format!("/api/cases/{reference}")),
            ["cases", reference, "receipt"] => list(format!("/api/cases/{reference}/receipt")),
            ["certificates"] => list("/api/certificates".to_owned()),
            _ => Self::Other,
        }
    }
}

/// Where the app asks for the definition that a draft is pinned to.
pub(super) fn definition_url(draft: &OpenDraft) -> String {
    let (service, version) = (&draft.service.id, draft.record.service_version);
    format!("/api/services/{service}/versions/{version}?division={}", draft.context.division)
}

/// What the app leaves as it is in a parameter.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'/');

/// Where a resident tells what could not be done: the address where that was, and what it was.
pub(super) fn grievance_url(at: &str, about: &str) -> String {
    format!("/grievance?at={}&about={}", utf8_percent_encode(at, PLAIN), utf8_percent_encode(about, PLAIN))
}
