//! The frame of a screen: where we are, what is asked, and the next step in reach of the thumb.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use super::live::{live, on};
use crate::words::t;

/// The bar above: back, title, and a note at the right end.
#[component]
pub(crate) fn TopBar(
    #[prop(into)] title: String,
    #[prop(into)] back: String,
    #[prop(optional)] note: Option<AnyView>,
) -> impl IntoView {
    view! {
        <header class="top-bar">
            <a class="top-bar-back" href=back aria-label=t("返回", "Back")>{icon(Icon::Back)}</a>
            <div class="top-bar-title">{title}</div>
            {note}
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
    view! { <div class="bottom-bar">{children()}</div> }
}

/// The one button that leads on.
#[component]
pub(crate) fn MainButton(
    #[prop(into)] label: Signal<String>,
    #[prop(into, optional)] busy: Signal<bool>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
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
