//! How the app looks and speaks on this phone: language, care (长辈版), theme and place. Nothing personal, so it may live
//! in local storage.

use contract::Lang;
use contract::id::DivisionCode;
use leptos::prelude::*;

use crate::{browser, i18n};

/// The settings of this phone. They stand in the context.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) language: RwSignal<Lang>,
    pub(crate) care: RwSignal<bool>,
    pub(crate) dark: RwSignal<bool>,
    /// Where the resident does things: the division whose rules, texts and windows hold.
    pub(crate) division: RwSignal<DivisionCode>,
}

impl Settings {
    /// Reads what this phone has kept, and puts it onto the page before anything is drawn.
    pub(crate) fn restore() -> Self {
        let stored = browser::stored;
        let language = if stored("language").as_deref() == Some("en") { Lang::En } else { Lang::Zh };
        let dark = stored("theme").map_or_else(browser::prefers_dark, |theme| theme == "dark");
        let division = stored("division").unwrap_or_else(|| "430702".to_owned());
        let settings = Self {
            language: RwSignal::new(language),
            care: RwSignal::new(stored("care").as_deref() == Some("on")),
            dark: RwSignal::new(dark),
            division: RwSignal::new(DivisionCode(division)),
        };
        i18n::set_language(language);
        browser::set_root("data-care", on_off(settings.care.get_untracked()));
        browser::set_root("data-theme", theme(dark));
        browser::set_root("lang", i18n::tag());
        settings
    }

    pub(crate) fn toggle_care(self) {
        let care = !self.care.get_untracked();
        self.care.set(care);
        store_on_root("care", "data-care", on_off(care));
    }

    pub(crate) fn toggle_dark(self) {
        let dark = !self.dark.get_untracked();
        self.dark.set(dark);
        store_on_root("theme", "data-theme", theme(dark));
    }

    pub(crate) fn toggle_language(self) {
        let other = if self.language.get_untracked() == Lang::Zh { Lang::En } else { Lang::Zh };
        i18n::set_language(other);
        store_for_both("language", if other == Lang::En { "en" } else { "zh" });
        browser::set_root("lang", i18n::tag());
        self.language.set(other);
    }

    pub(crate) fn set_division(self, code: DivisionCode) {
        store_for_both("division", &code);
        self.division.set(code);
    }
}

/// The server fills pages in this language and for this place.
fn store_for_both(name: &str, value: &str) {
    browser::store(name, value);
    browser::store_for_server(name, value);
}

fn store_on_root(name: &str, attribute: &str, value: &str) {
    browser::store(name, value);
    browser::set_root(attribute, value);
}

fn on_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

fn theme(dark: bool) -> &'static str {
    if dark { "dark" } else { "light" }
}
