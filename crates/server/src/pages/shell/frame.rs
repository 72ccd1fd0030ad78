//! What several screens have, as the app draws it (`src/ui/page.rs`, `src/ui/icon.rs`, `src/pages/grievance_link.rs`).
//! What only the app can do stands as plain text: nobody presses a button that does not hear.

use maud::{Markup, PreEscaped, html};

use super::place::grievance_url;
use super::reader::Reader;

pub(super) const BACK: &str = "M15 5l-7 7 7 7";
pub(super) const CALENDAR: &str = "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4";
pub(super) const SEARCH: &str = "M11 4a7 7 0 100 14 7 7 0 000-14zM16.5 16.5L21 21";

pub(super) fn icon(path: &str) -> Markup {
    PreEscaped(format!(
        "<svg width=\"24\" height=\"24\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" \
         stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\"><path d=\"{path}\"></path></svg>"
    ))
}

/// The bar above: back, title, and a note at the right end.
pub(super) fn top_bar(reader: &Reader, title: &str, back: &str, note: Option<&str>) -> Markup {
    html! {
        header.top-bar {
            a.top-bar-back href=(back) aria-label=(reader.say("返回", "Back")) { (icon(BACK)) }
            div.top-bar-title { (title) }
            @if let Some(note) = note { span.top-bar-note { (note) } }
        }
    }
}

pub(super) fn title(title: &str, place: Option<&str>, help: &str) -> Markup {
    html! {
        div.page-title {
            @if let Some(place) = place { p.page-where { (place) } }
            h1 { (title) }
            @if !help.is_empty() { p.page-help { (help) } }
        }
    }
}

/// The way to report what cannot be done, below every question.
pub(super) fn grievance_link(reader: &Reader, at: &str) -> Markup {
    html! {
        p.tell { a.link href=(grievance_url(at, "")) { (reader.say("办不成？向我们反映", "Stuck? Report a problem")) } }
    }
}

/// The main button of a screen, which is a link where a link does.
pub(super) fn main_button(label: &str, href: Option<&str>) -> Markup {
    html! {
        @match href {
            Some(href) => a.button data-look="main" data-main="true" href=(href) { (label) },
            None => span.button data-look="main" data-main="true" { (label) },
        }
    }
}
