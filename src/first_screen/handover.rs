//! A page comes with controls that work before the app does. What a person typed, chose and pressed there is typed,
//! chosen and pressed on the app's own controls, which have the same names.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

use crate::browser;

/// `script/boot.js` marks the page while an input method puts letters together.
pub(super) fn is_composing(boot: &Element) -> bool {
    find(boot, "[data-composing]").is_some()
}

pub(super) fn hand_over(boot: &Element, own: &Element) {
    let controls = boot.query_selector_all("input, textarea").ok();
    let controls = controls.iter().flat_map(|list| (0..list.length()).filter_map(|index| list.get(index)));
    for control in controls.filter_map(|control| control.dyn_into::<Element>().ok()) {
        hand_over_control(&control, own);
    }
    if find(boot, "[data-main][data-pressed]").is_some()
        && let Some(button) = find(own, "[data-main]").and_then(|button| button.dyn_into::<HtmlElement>().ok())
    {
        button.click();
    }
}

fn hand_over_control(control: &Element, own: &Element) {
    let is_text = !control.matches("[type=radio], [type=checkbox]").unwrap_or_default();
    // A text area has everything that is asked of an input here.
    let typed: &HtmlInputElement = control.unchecked_ref();
    let name = format!("[name=\"{}\"]", typed.name());
    let twin = if is_text { name } else { format!("{name}[value=\"{}\"]", typed.value()) };
    let Some(twin) = find(own, &twin).map(JsCast::unchecked_into::<HtmlInputElement>) else { return };
    let has_focus = browser::focused_control().as_ref() == Some(control);
    // What is searched for without the app stands in the address, and so in the page as it came.
    let was_typed = typed.value() != typed.default_value() || typed.type_() == "search";
    if is_text && was_typed && typed.value() != twin.value() {
        twin.set_value(&typed.value());
        dispatch(&twin, "input");
        if !has_focus {
            dispatch(&twin, "blur");
        }
    } else if !is_text && typed.checked() != typed.default_checked() && typed.checked() != twin.checked() {
        twin.click();
    }
    if has_focus {
        let _ = twin.focus();
        // Not every type of input has a caret.
        if let (Ok(start), Ok(end)) = (typed.selection_start(), typed.selection_end()) {
            let _ = twin.set_selection_start(start).and_then(|()| twin.set_selection_end(end));
        }
    }
}

fn dispatch(control: &HtmlInputElement, kind: &str) {
    let _ = Event::new(kind).map(|event| control.dispatch_event(&event));
}

fn find(within: &Element, selector: &str) -> Option<Element> {
    within.query_selector(selector).ok().flatten()
}
