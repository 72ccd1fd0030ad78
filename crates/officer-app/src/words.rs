//! Which of the two languages is spoken. Sentences stand where they are used, always as a pair.

use contract::{Lang, Text};

use crate::settings;

/// The sentence in the language of the moment. Not tracked: a change of language draws every screen anew.
pub(crate) fn t(zh: &'static str, en: &'static str) -> &'static str {
    match settings::language().get_untracked() {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// A text of a definition in the language of the moment.
pub(crate) fn say(text: &Text) -> String {
    text.get(settings::language().get_untracked()).to_owned()
}

/// `11 月 24 日 10:32` of an RFC 3339 time in UTC, in the time of Changde.
pub(crate) fn time_of(rfc3339: &str) -> String {
    let date = js_sys::Date::new(&(js_sys::Date::parse(rfc3339) + 8.0 * 3_600_000.0).into());
    let (month, day) = (date.get_utc_month() + 1, date.get_utc_date());
    let clock = format!("{:02}:{:02}", date.get_utc_hours(), date.get_utc_minutes());
    match settings::language().get_untracked() {
        Lang::Zh => format!("{month} 月 {day} 日 {clock}"),
        Lang::En => format!("{} {day}, {clock}", MONTHS[month as usize % 13]),
    }
}

/// `10:32`.
pub(crate) fn clock_of(rfc3339: &str) -> String {
    let date = js_sys::Date::new(&(js_sys::Date::parse(rfc3339) + 8.0 * 3_600_000.0).into());
    format!("{:02}:{:02}", date.get_utc_hours(), date.get_utc_minutes())
}

/// `12 月 1 日` of `2026-12-01`.
pub(crate) fn day_of(iso: &str) -> String {
    let mut parts = iso.split('-').map(|part| part.parse::<usize>().unwrap_or(0));
    let (_, month, day) = (parts.next(), parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    match settings::language().get_untracked() {
        Lang::Zh => format!("{month} 月 {day} 日"),
        Lang::En => format!("{} {day}", MONTHS[month % 13]),
    }
}

const MONTHS: [&str; 13] = ["", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
