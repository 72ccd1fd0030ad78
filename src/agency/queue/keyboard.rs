//! The queue by keyboard. The keys hold within the table only, so that they take nothing from a screen reader
//! elsewhere.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Moves to another row, or claims the task of the row that has the focus.
pub(super) fn act_on_row(event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let Some(row) = document().active_element().and_then(|active| active.closest("tr").ok().flatten()) else { return };
    let target = match event.key().to_ascii_lowercase().as_str() {
        "j" | "arrowdown" => row.next_element_sibling().and_then(|next| within(&next, "a")),
        "k" | "arrowup" => row.previous_element_sibling().and_then(|previous| within(&previous, "a")),
        "c" => {
            event.prevent_default();
            if let Some(claim) = within(&row, "[data-claim]") {
                claim.click();
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(link) = target {
        let _ = link.focus();
    }
}

fn within(row: &Element, selector: &str) -> Option<HtmlElement> {
    row.query_selector(selector).ok().flatten()?.dyn_into().ok()
}
