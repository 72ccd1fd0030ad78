//! A panel over the screen: for choosing from long lists and looking at one picture. The browser's own modal dialog
//! keeps the focus inside and gives it back; Escape and the scrim close it.

use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::icon::{Icon, LineIcon};
use crate::i18n::tr;

#[component]
pub(crate) fn Sheet(
    #[prop(into)] title: String,
    /// One of the things on it has to be chosen: it cannot be closed.
    #[prop(optional)]
    must_choose: bool,
    #[prop(into, optional)] on_close: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let close = move || {
        if let Some(on_close) = on_close {
            on_close.run(());
        }
    };
    dialog.on_load(|dialog| {
        let _ = dialog.show_modal();
        let _ = dialog.focus();
    });
    let label = title.clone();
    give_focus_back();
    // Escape on an open dialog. Browsers let a page refuse it only once, so a dialog that must stay is opened again.
    let cancel = move |event: web_sys::Event| {
        event.prevent_default();
        close();
    };
    let closed = move |_| {
        if let Some(dialog) = dialog.get_untracked().filter(|_| must_choose) {
            let _ = dialog.show_modal();
        } else {
            close();
        }
    };
    let press = move |event: web_sys::MouseEvent| {
        // On the dialog itself and nothing in it: the scrim.
        if event.target() == event.current_target() {
            close();
        }
    };
    view! {
        <dialog
            class="sheet"
            aria-label=label
            role="dialog"
            tabindex="-1"
            node_ref=dialog
            on:cancel=cancel
            on:close=closed
            on:click=press
        >
            <div class="sheet-panel">
                <div class="sheet-head">
                    <h2>{title}</h2>
                    <button
                        type="button"
                        class="button"
                        hidden=must_choose
                        aria-label=tr("关闭", "Close")
                        on:click=move |_| close()
                    >
                        <LineIcon icon=Icon::Close />
                    </button>
                </div>
                <div class="sheet-body">{children()}</div>
            </div>
        </dialog>
    }
}

/// A dialog that leaves the page without being closed does not give the focus back to what opened it.
fn give_focus_back() {
    let opener = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let opener = StoredValue::new_local(opener);
    on_cleanup(move || {
        if let Some(Some(opener)) = opener.try_get_value() {
            request_animation_frame(move || {
                // Whoever closed it may have given the focus to something else.
                if has_focus_been_lost() {
                    let _ = opener.focus();
                }
            });
        }
    });
}

fn has_focus_been_lost() -> bool {
    let (active, body) = (document().active_element(), document().body());
    active.is_none_or(|active| body.is_some_and(|body| *body == active))
}
