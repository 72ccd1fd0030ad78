//! The frame of a screen: where we are, what is asked, and the next step in reach of the thumb.

use std::cell::Cell;

use crate::browser::{document, property, window};
use crate::ui::dom::{View, on_window};
use markup::view;
use signals::{Callback, Signal};

use super::icon::{Icon, icon};
use super::live::{live, on};
use crate::words::t;

/// The bar above: back, title, and a note at the right end.
#[derive(Default)]
pub(crate) struct TopBar {
    pub(crate) title: String,
    pub(crate) back: String,
    pub(crate) note: View,
}

impl TopBar {
    pub(crate) fn draw(self) -> View {
        let Self { title, back, note } = self;
        view! {
            <header class="top-bar">
                <a class="top-bar-back" href=back aria-label=t("返回", "Back")>{icon(Icon::Back)}</a>
                <div class="top-bar-title">{title}</div>
                {note}
            </header>
        }
    }
}

/// The title of a screen takes the focus when the screen opens, so that screen readers begin there.
#[derive(Default)]
pub(crate) struct Title {
    pub(crate) title: String,
    pub(crate) place: Option<Signal<String>>,
    pub(crate) help: String,
}

impl Title {
    pub(crate) fn draw(self) -> View {
        let Self { title, place, help } = self;
        view! {
            <div class="page-title">
                {place.map(|place| view! { <p class="page-where">{place}</p> })}
                <h1 tabindex="-1">{title}</h1>
                {(!help.is_empty()).then(|| view! { <p class="page-help">{help}</p> })}
            </div>
        }
    }
}

/// The bar below, above keyboard and safe area.
#[derive(Default)]
pub(crate) struct BottomBar {
    pub(crate) children: View,
}

impl BottomBar {
    pub(crate) fn draw(self) -> View {
        let Self { children } = self;
        let before = Cell::new(height());
        on_window(
            "resize",
            on(move |_| {
                let now = height();
                if before.replace(now) - now > KEYBOARD_PIXELS {
                    show_field();
                }
            }),
        );
        view! { <div class="bottom-bar">{children}</div> }
    }
}

/// The least that a keyboard takes of the screen, and more than a browser's own bars.
const KEYBOARD_PIXELS: f64 = 120.0;

fn height() -> f64 {
    property(&window(), "innerHeight").as_f64().unwrap_or_default()
}

/// The keyboard has come: not every webview scrolls what one types in out from under it.
fn show_field() {
    let active = document().active_element();
    if let Some(field) = active.filter(|active| active.matches("input, textarea").unwrap_or_default()) {
        field.scroll_into_view_with_bool(false);
    }
}

/// The one button that leads on.
#[derive(Default)]
pub(crate) struct MainButton {
    pub(crate) label: Signal<String>,
    pub(crate) busy: Signal<bool>,
    pub(crate) on_press: Callback<()>,
}

impl MainButton {
    pub(crate) fn draw(self) -> View {
        let Self { label, busy, on_press } = self;
        let press = move |_| {
            // A second tap while the first is at work does nothing.
            if !busy.get_untracked() {
                on_press.run(());
            }
        };
        view! {
            <button type="button" class="button" data-look="main" data-main="true" aria-busy=live(move || busy.get().to_string()) on:click=on(press)>
                {label}
            </button>
        }
    }
}
