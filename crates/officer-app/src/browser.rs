//! What the app asks of the browser beyond the DOM that `ui::dom` keeps: the page itself, storage, focus, clipboard, timers.

use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    static WINDOW: web_sys::Window;
    #[wasm_bindgen(thread_local_v2, js_name = document)]
    static DOCUMENT: web_sys::Document;

    /// A property of whatever it is.
    #[wasm_bindgen(js_namespace = Reflect, js_name = get)]
    pub(crate) fn property(target: &JsValue, name: &str) -> JsValue;
    #[wasm_bindgen(js_namespace = Reflect, js_name = set)]
    pub(crate) fn set_property(target: &JsValue, name: &str, value: &JsValue);
}

pub(crate) fn window() -> web_sys::Window {
    WINDOW.with(Clone::clone)
}

pub(crate) fn document() -> web_sys::Document {
    DOCUMENT.with(Clone::clone)
}

/// Does something once what is being drawn stands.
pub(crate) fn request_animation_frame(act: impl FnOnce() + 'static) {
    let act = Closure::once_into_js(act);
    let _ = window().request_animation_frame(act.unchecked_ref());
}

/// The static screen of index.html gives way.
pub(crate) fn remove_boot_screen() {
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
}

/// A kept setting. `None` where storage is blocked.
pub(crate) fn kept(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

/// Keeps a setting, as far as the browser lets us: a blocked storage costs the next visit its setting, no more.
pub(crate) fn keep(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item(name, value);
    }
}

pub(crate) fn prefers_dark() -> bool {
    window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches())
}

pub(crate) fn set_root(attribute: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(attribute, value);
    }
}

/// Gives an element the focus once what is being drawn stands.
pub(crate) fn focus(selector: String) {
    request_animation_frame(move || {
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(element) = found {
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
    });
}

pub(crate) fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Copies a text; `false` where the browser forbids it.
pub(crate) async fn copy(text: &str) -> bool {
    // `navigator.clipboard` is missing on pages without https.
    let navigator = window().navigator();
    let clipboard = property(&navigator, "clipboard");
    if clipboard.is_undefined() {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// Waits without blocking.
pub(crate) async fn pause(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = JsFuture::from(promise).await;
}

/// Runs the handler at each event of the window, for as long as the page lives.
pub(crate) fn on_window(event: &str, handler: impl FnMut(web_sys::Event) + 'static) {
    let closure = Closure::<dyn FnMut(web_sys::Event)>::new(handler);
    let _ = window().add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// A random name of sixteen hexadecimal digits.
pub(crate) fn random_name() -> String {
    let digits = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    let more = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("{digits:08x}{more:08x}")
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
pub(crate) fn take_files(input: &JsValue) -> Vec<web_sys::File> {
    let input: &web_sys::HtmlInputElement = input.unchecked_ref();
    let list = input.files();
    let files = list.iter().flat_map(|list| (0..list.length()).filter_map(|at| list.get(at))).collect();
    input.set_value("");
    files
}
