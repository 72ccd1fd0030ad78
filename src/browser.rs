//! What the app asks of the browser beyond what Leptos offers: storage, focus, clipboard, chosen files, the day.

use gloo_net::http::Method;
use js_sys::{Map, Promise};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, File, HtmlDocument, HtmlElement, HtmlInputElement};

/// In a development build the console says where the program stopped.
pub(crate) fn report_panics() {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
}

/// The answer to a request that `script/boot.js` sent while the program was being loaded, or that the server laid into
/// the page. A request that changes something makes them all worthless.
pub(crate) fn take_early_request(method: &Method, url: &str) -> Option<Promise> {
    let early = early_requests()?;
    if *method != Method::GET {
        early.clear();
        return None;
    }
    let answer = early.get(&url.into()).dyn_into().ok();
    early.delete(&url.into());
    answer
}

/// Whether `take_early_request` would find an answer.
pub(crate) fn has_early_request(method: &Method, url: &str) -> bool {
    *method == Method::GET && early_requests().is_some_and(|early| early.has(&url.into()))
}

fn early_requests() -> Option<Map> {
    window().get("earlyRequests")?.dyn_into().ok()
}

/// A stored setting. `None` where storage is blocked.
pub(crate) fn stored(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

/// Stores a setting, as far as the browser lets us: a blocked storage costs the next visit its setting, no more.
pub(crate) fn store(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(name, value);
    }
}

/// Sets a cookie by which the server draws pages as this phone is set. It holds nothing of a person.
pub(crate) fn store_for_server(name: &str, value: &str) {
    if let Some(document) = document().dyn_ref::<HtmlDocument>() {
        let _ = document.set_cookie(&format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax"));
    }
}

/// Forgets a setting.
pub(crate) fn forget(name: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(name);
    }
}

/// The path in the address bar.
pub(crate) fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

pub(crate) fn reload() {
    let _ = window().location().reload();
}

pub(crate) fn is_visible() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible
}

pub(crate) fn prefers_dark() -> bool {
    window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches())
}

/// Sets an attribute of `<html>`.
pub(crate) fn set_root(attribute: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(attribute, value);
    }
}

/// What the first screen did not ask for would be old later.
pub(crate) fn forget_early_requests() {
    if let Some(early) = early_requests() {
        early.clear();
    }
}

/// Gives an element the focus once what is being drawn stands.
pub(crate) fn focus(selector: impl Into<String>) {
    focus_once_shown(selector.into(), false);
}

fn focus_once_shown(selector: String, was_hidden: bool) {
    request_animation_frame(move || {
        // The app's first screen is not to be seen yet.
        if document().get_element_by_id("boot").is_some() {
            return focus_once_shown(selector, true);
        }
        // Whoever was typing into the page as it came goes on typing.
        if was_hidden && focused_control().is_some() {
            return;
        }
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}

/// The control that the person is at.
pub(crate) fn focused_control() -> Option<Element> {
    document().active_element().filter(|active| active.matches("input, textarea").unwrap_or_default())
}

pub(crate) fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Copies a text; `false` where the browser forbids it.
pub(crate) async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // It is missing on pages without https.
    if js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_undefined()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// A random id of sixteen hexadecimal digits.
pub(crate) fn random_id() -> String {
    let digits = || (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("{:08x}{:08x}", digits(), digits())
}

/// Today in Changde.
pub(crate) fn today() -> time::Date {
    day_at(js_sys::Date::now())
}

/// The day in Changde, which has no summer time, at a moment in milliseconds since 1970.
pub(crate) fn day_at(moment: f64) -> time::Date {
    let shifted = moment + 8.0 * 3_600_000.0;
    let days = (shifted / 86_400_000.0) as i32;
    time::Date::from_julian_day(2_440_588 + days).unwrap_or(time::Date::MIN)
}

/// The chosen files of an `input type=file`, and the input made empty so that the same file may be chosen again.
pub(crate) fn take_files(input: &HtmlInputElement) -> Vec<File> {
    let list = input.files();
    let files = list.iter().flat_map(|list| (0..list.length()).filter_map(|at| list.get(at))).collect();
    input.set_value("");
    files
}
