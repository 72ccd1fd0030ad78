//! How the app looks and speaks on this phone: language, care (长辈版), theme and place. Nothing personal, so it may live
//! in local storage.

use contract::Lang;
use contract::id::DivisionCode;
use leptos::prelude::*;

use crate::browser;

struct Settings {
    language: ArcRwSignal<Lang>,
    care: ArcRwSignal<bool>,
    dark: ArcRwSignal<bool>,
    division: ArcRwSignal<DivisionCode>,
}

// Counted, not owned by the screen that happens to ask first.
thread_local! {
    static SETTINGS: Settings = Settings {
        language: ArcRwSignal::new(if browser::kept("language").as_deref() == Some("en") { Lang::En } else { Lang::Zh }),
        care: ArcRwSignal::new(browser::kept("care").as_deref() == Some("on")),
        dark: ArcRwSignal::new(browser::kept("theme").map_or_else(browser::prefers_dark, |theme| theme == "dark")),
        division: ArcRwSignal::new(DivisionCode(browser::kept("division").unwrap_or_else(|| "430702".to_owned()))),
    };
}

pub(crate) fn language() -> ArcRwSignal<Lang> {
    SETTINGS.with(|settings| settings.language.clone())
}

pub(crate) fn care() -> ArcRwSignal<bool> {
    SETTINGS.with(|settings| settings.care.clone())
}

pub(crate) fn dark() -> ArcRwSignal<bool> {
    SETTINGS.with(|settings| settings.dark.clone())
}

/// Where the resident does things: the division whose rules, texts and windows hold.
pub(crate) fn division() -> ArcRwSignal<DivisionCode> {
    SETTINGS.with(|settings| settings.division.clone())
}

/// Puts the kept settings onto the page, before anything is drawn.
pub(crate) fn restore() {
    browser::set_root("data-care", on_off(care().get_untracked()));
    browser::set_root("data-theme", theme(dark().get_untracked()));
    browser::set_root("lang", tag(language().get_untracked()));
}

pub(crate) fn toggle_care() {
    care().update(|care| *care = !*care);
    let value = on_off(care().get_untracked());
    browser::keep("care", value);
    browser::set_root("data-care", value);
}

pub(crate) fn toggle_dark() {
    dark().update(|dark| *dark = !*dark);
    let value = theme(dark().get_untracked());
    browser::keep("theme", value);
    browser::set_root("data-theme", value);
}

pub(crate) fn toggle_language() {
    let other = if language().get_untracked() == Lang::Zh { Lang::En } else { Lang::Zh };
    browser::keep("language", if other == Lang::En { "en" } else { "zh" });
    browser::set_root("lang", tag(other));
    language().set(other);
}

pub(crate) fn set_division(code: DivisionCode) {
    browser::keep("division", &code);
    division().set(code);
}

/// For `Accept-Language` and the page.
pub(crate) fn tag(language: Lang) -> &'static str {
    if language == Lang::Zh { "zh-CN" } else { "en" }
}

fn on_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

fn theme(dark: bool) -> &'static str {
    if dark { "dark" } else { "light" }
}
