//! How the app looks and speaks on this phone: language, care (长辈版), theme and place. Nothing personal, so it may live
//! in local storage.

use contract::Lang;
use contract::id::DivisionCode;
use signals::{RwSignal, lasting};

use crate::browser;

#[derive(Clone, Copy)]
struct Settings {
    language: RwSignal<Lang>,
    care: RwSignal<bool>,
    dark: RwSignal<bool>,
    division: RwSignal<DivisionCode>,
}

thread_local! {
    static SETTINGS: Settings = lasting(|| Settings {
        language: RwSignal::new(if browser::kept("language").as_deref() == Some("en") { Lang::En } else { Lang::Zh }),
        care: RwSignal::new(browser::kept("care").as_deref() == Some("on")),
        dark: RwSignal::new(browser::kept("theme").map_or_else(browser::prefers_dark, |theme| theme == "dark")),
        division: RwSignal::new(DivisionCode(browser::kept("division").unwrap_or_else(|| "430702".to_owned()))),
    });
}

pub(crate) fn language() -> RwSignal<Lang> {
    SETTINGS.with(|settings| settings.language)
}

pub(crate) fn care() -> RwSignal<bool> {
    SETTINGS.with(|settings| settings.care)
}

pub(crate) fn dark() -> RwSignal<bool> {
    SETTINGS.with(|settings| settings.dark)
}

/// Where the resident does things: the division whose rules, texts and windows hold.
pub(crate) fn division() -> RwSignal<DivisionCode> {
    SETTINGS.with(|settings| settings.division)
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
