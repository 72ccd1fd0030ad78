//! A panel over the screen: for choosing from long lists and looking at one picture. Escape and the scrim close it.

use leptos::html::Div;
use leptos::prelude::*;

use super::icon::{Icon, icon};
use super::live::on;
use crate::words::t;

#[component]
pub(crate) fn Sheet(
    #[prop(into)] title: String,
    #[prop(into)] on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let heading = title.clone();
    let panel = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let Some(panel) = panel.get() {
            let _ = panel.focus();
        }
    });
    let key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Escape" => on_close.run(()),
        "Tab" => keep_inside(panel, &event),
        _ => {}
    };
    view! {
        <div class="sheet" on:click=on(move |_| on_close.run(())) on:keydown=on(key)>
            <div
                class="sheet-panel" role="dialog" aria-modal="true" aria-label=title tabindex="-1" node_ref=panel
                on:click=on(|event: web_sys::MouseEvent| event.stop_propagation())
            >
                <div class="sheet-head">
                    <h2>{heading}</h2>
                    <button type="button" class="button" aria-label=t("关闭", "Close") on:click=on(move |_| on_close.run(()))>{icon(Icon::Close)}</button>
                </div>
                <div class="sheet-body">{children()}</div>
            </div>
        </div>
    }
}

/// Tab goes round within the panel.
fn keep_inside(panel: NodeRef<Div>, event: &web_sys::KeyboardEvent) {
    use wasm_bindgen::JsCast;
    let Some(panel) = panel.get_untracked() else { return };
    let Ok(all) = panel.query_selector_all("button, input, a[href]") else { return };
    let element = |at: u32| all.item(at).and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok());
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
