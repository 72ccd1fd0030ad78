//! For whom a page is drawn: language and place, from cookies in which the app mirrors its settings. They name no
//! person. Without them they are those of an app that was never set.

use axum::http::HeaderMap;
use contract::{Lang, Text};

use crate::backend::Backend;
use crate::language::say;
use crate::session::cookie_named;

/// As in `src/settings.rs`.
const USUAL_DIVISION: &str = "430702";

pub(super) struct Reader {
    pub(super) lang: Lang,
    pub(super) division: String,
}

impl Reader {
    pub(super) fn of(backend: &Backend, headers: &HeaderMap) -> Self {
        let lang = if cookie_named(headers, "language") == Some("en") { Lang::En } else { Lang::Zh };
        let division = cookie_named(headers, "division").filter(|code| backend.divisions.serves(code));
        Self { lang, division: division.unwrap_or(USUAL_DIVISION).to_owned() }
    }

    pub(super) fn tag(&self) -> &'static str {
        self.say("zh-CN", "en")
    }

    /// The sentence in the reader's language.
    pub(super) fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        say(self.lang, zh, en)
    }

    pub(super) fn text<'a>(&self, text: &'a Text) -> &'a str {
        text.get(self.lang)
    }
}
