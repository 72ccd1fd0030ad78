//! A panel over the screen: for choosing from long lists and looking at one picture. Escape and the scrim close it.

use crate::browser::document;
use crate::ui::dom::View;
use markup::view;
use signals::{Callback, Effect};
use wasm_bindgen::JsCast;

use super::icon::{Icon, icon};
use super::live::on;
use crate::words::t;

#[derive(Default)]
pub(crate) struct Sheet {
    pub(crate) title: String,
    pub(crate) on_close: Callback<()>,
    pub(crate) children: View,
}

impl Sheet {
    pub(crate) fn draw(self) -> View {
        let Self { title, on_close, children } = self;
        let heading = title.clone();
        let panel = view! {
            <div
                class="sheet-panel" role="dialog" aria-modal="true" aria-label=title tabindex="-1"
                on:click=on(|event| event.stop_propagation())
            >
                <div class="sheet-head">
                    <h2>{heading}</h2>
                    <button type="button" class="button" aria-label=t("关闭", "Close") on:click=on(move |_| on_close.run(()))>{icon(Icon::Close)}</button>
                </div>
                <div class="sheet-body">{children}</div>
            </div>
        };
        let (within, focused) = (panel.element(), panel.element());
        // Once it stands.
        Effect::later(move || {
            let _ = focused.focus();
        });
        let key = move |event: web_sys::Event| {
            let event: web_sys::KeyboardEvent = event.unchecked_into();
            match event.key().as_str() {
                "Escape" => on_close.run(()),
                "Tab" => keep_inside(&within, &event),
                _ => {}
            }
        };
        view! { <div class="sheet" on:click=on(move |_| on_close.run(())) on:keydown=on(key)>{panel}</div> }
    }
}

/// Tab goes round within the panel.
fn keep_inside(panel: &web_sys::HtmlElement, event: &web_sys::KeyboardEvent) {
    let Ok(all) = panel.query_selector_all("button, input, a[href]") else { return };
    let element = |at: u32| all.item(at).map(|node| node.unchecked_into::<web_sys::HtmlElement>());
    let (first, last) = (element(0), element(all.length().saturating_sub(1)));
    let active = document().active_element();
    let is_at =
        |end: &Option<web_sys::HtmlElement>| end.as_ref().is_some_and(|end| Some(end.as_ref()) == active.as_ref());
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
