//! Which of the two languages is spoken. Sentences stand where they are used, always as a pair.

use std::cell::Cell;

use contract::{Lang, Text};

thread_local! {
    /// The locale of the page. `settings.rs` sets it and draws every screen anew, so nothing has to follow it.
    static LANGUAGE: Cell<Lang> = const { Cell::new(Lang::Zh) };
}

pub(crate) fn language() -> Lang {
    LANGUAGE.get()
}

pub(crate) fn set_language(language: Lang) {
    LANGUAGE.set(language);
}

/// For `Accept-Language` and the page.
pub(crate) fn tag() -> &'static str {
    match language() {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}

/// The sentence in the language of the moment.
pub(crate) fn tr(zh: &'static str, en: &'static str) -> &'static str {
    match language() {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// A text of a definition in the language of the moment.
pub(crate) fn tr_text(text: &Text) -> String {
    text.get(language()).to_owned()
}

/// `11 月 24 日 10:32` of an RFC 3339 time in UTC, in the time of Changde.
pub(crate) fn format_time(rfc3339: &str) -> String {
    let date = changde_time(rfc3339);
    let (month, day) = (date.get_utc_month() + 1, date.get_utc_date());
    let clock = format!("{:02}:{:02}", date.get_utc_hours(), date.get_utc_minutes());
    match language() {
        Lang::Zh => format!("{month} 月 {day} 日 {clock}"),
        Lang::En => format!("{} {day}, {clock}", MONTHS[month as usize % 13]),
    }
}

/// `10:32`.
pub(crate) fn format_clock(rfc3339: &str) -> String {
    let date = changde_time(rfc3339);
    format!("{:02}:{:02}", date.get_utc_hours(), date.get_utc_minutes())
}

/// `12 月 1 日` of `2026-12-01`.
pub(crate) fn format_day(iso: &str) -> String {
    let mut parts = iso.split('-').map(|part| part.parse::<usize>().unwrap_or(0));
    let (_, month, day) = (parts.next(), parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    match language() {
        Lang::Zh => format!("{month} 月 {day} 日"),
        Lang::En => format!("{} {day}", MONTHS[month % 13]),
    }
}

/// The moment, shifted so that its UTC parts are those of Changde, which has no summer time.
fn changde_time(rfc3339: &str) -> js_sys::Date {
    js_sys::Date::new(&(js_sys::Date::parse(rfc3339) + 8.0 * 3_600_000.0).into())
}

const MONTHS: [&str; 13] = ["", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
