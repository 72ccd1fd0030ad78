//! A panel over the screen: for choosing from long lists and looking at one picture. Escape and the scrim close it, and
//! the focus goes back to what opened it.

use crate::browser::document;
use crate::ui::dom::{View, on_window};
use markup::view;
use signals::{Callback, Effect, on_cleanup};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::icon::{Icon, icon};
use super::live::on;
use crate::words::t;

#[derive(Default)]
pub(crate) struct Sheet {
    pub(crate) title: String,
    /// One of the things on it has to be chosen: it cannot be closed.
    pub(crate) must_choose: bool,
    pub(crate) on_close: Callback<()>,
    pub(crate) children: View,
}

impl Sheet {
    pub(crate) fn draw(self) -> View {
        let Self { title, must_choose, on_close, children } = self;
        let heading = title.clone();
        let panel = view! {
            <div
                class="sheet-panel" role="dialog" aria-modal="true" aria-label=title tabindex="-1"
                on:click=on(|event| event.stop_propagation())
            >
                <div class="sheet-head">
                    <h2>{heading}</h2>
                    <button type="button" class="button" hidden=must_choose aria-label=t("关闭", "Close") on:click=on(move |_| on_close.run(()))>{icon(Icon::Close)}</button>
                </div>
                <div class="sheet-body">{children}</div>
            </div>
        };
        let (within, focused) = (panel.element(), panel.element());
        let opener = document().active_element();
        // Once it stands.
        Effect::later(move || {
            let _ = focused.focus();
        });
        on_cleanup(move || {
            if let Some(opener) = opener {
                let _ = opener.unchecked_into::<HtmlElement>().focus();
            }
        });
        let key = move |event: web_sys::Event| {
            let event: web_sys::KeyboardEvent = event.unchecked_into();
            match event.key().as_str() {
                // Not where it only ends the choice of a character.
                "Escape" if !event.is_composing() => on_close.run(()),
                "Tab" => keep_inside(&within, &event),
                _ => {}
            }
        };
        // What had the focus within may be gone, and the focus with it.
        on_window("keydown", on(key));
        view! { <div class="sheet" on:click=on(move |_| on_close.run(()))>{panel}</div> }
    }
}

/// Tab goes round within the panel.
fn keep_inside(panel: &HtmlElement, event: &web_sys::KeyboardEvent) {
    let Ok(all) = panel.query_selector_all("button, input, a[href]") else { return };
    let element = |at: u32| all.item(at).map(|node| node.unchecked_into::<HtmlElement>());
    let (first, last) = (element(0), element(all.length().saturating_sub(1)));
    let active = document().active_element();
    let is = |element: &HtmlElement| Some(element.as_ref()) == active.as_ref();
    let is_outside = is(panel) || !panel.contains(active.as_deref());
    let is_at = |end: &Option<HtmlElement>| is_outside || end.as_ref().is_some_and(is);
    let target = if event.shift_key() && is_at(&first) {
        last
    } else if !event.shift_key() && is_at(&last) {
        first
    } else {
        None
    };
    if let Some(target) = target {
        event.prevent_default();
        let _ = target.focus();
    }
}
