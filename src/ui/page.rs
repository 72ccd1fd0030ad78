//! The frame of a screen: where we are, what is asked, and the next step in reach of the thumb.

use std::sync::atomic::{AtomicI32, Ordering};

use leptos::prelude::*;

use super::icon::{Icon, LineIcon};
use crate::i18n::tr;

/// The bar above: back, title, and a note at the right end.
#[component]
pub(crate) fn TopBar(
    #[prop(into)] title: String,
    #[prop(into)] back: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="top-bar">
            <a class="top-bar-back" href=back aria-label=tr("返回", "Back")><LineIcon icon=Icon::Back /></a>
            <div class="top-bar-title">{title}</div>
            {children.map(|children| children())}
        </header>
    }
}

/// The title of a screen takes the focus when the screen opens, so that screen readers begin there.
#[component]
pub(crate) fn Title(
    #[prop(into)] title: String,
    #[prop(into, optional)] place: Option<Signal<String>>,
    #[prop(into, optional)] help: String,
) -> impl IntoView {
    view! {
        <div class="page-title">
            {place.map(|place| view! { <p class="page-where">{place}</p> })}
            <h1 tabindex="-1">{title}</h1>
            {(!help.is_empty()).then(|| view! { <p class="page-help">{help}</p> })}
        </div>
    }
}

/// The bar below, above keyboard and safe area.
#[component]
pub(crate) fn BottomBar(children: Children) -> impl IntoView {
    let last_height = AtomicI32::new(window_height());
    let resized = window_event_listener_untyped("resize", move |_| {
        let height = window_height();
        if last_height.swap(height, Ordering::Relaxed) - height > KEYBOARD_PIXELS {
            show_focused_field();
        }
    });
    on_cleanup(move || resized.remove());
    view! { <div class="bottom-bar">{children()}</div> }
}

/// The least that a keyboard takes of the screen, and more than a browser's own bars.
const KEYBOARD_PIXELS: i32 = 120;

fn window_height() -> i32 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default() as i32
}

/// The keyboard has come: not every webview scrolls what one types in out from under it.
fn show_focused_field() {
    let active = document().active_element();
    if let Some(field) = active.filter(|active| active.matches("input, textarea").unwrap_or_default()) {
        field.scroll_into_view_with_bool(false);
    }
}

/// The one button that leads on.
#[component]
pub(crate) fn MainButton(
    #[prop(into)] label: Signal<String>,
    #[prop(into, optional)] busy: Signal<bool>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    let press = move |_| {
        // A press while the one before is still at work does nothing.
        if !busy.get_untracked() {
            on_press.run(());
        }
    };
    view! {
        <button
            type="button"
            class="button"
            data-look="main"
            data-main="true"
            aria-busy=move || busy.get().to_string()
            on:click=press
        >
            {label}
        </button>
    }
}
