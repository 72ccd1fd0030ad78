//! What both a page and a worker offer: the clock, chance, requests.

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, ArrayBuffer, Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Document, RequestInit, Response, Window, WorkerGlobalScope};

/// Milliseconds since 1970.
pub(crate) fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// The global object. What is asked of it here, pages offer as workers do.
pub(crate) fn scope() -> WorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// The document, where the program runs in a page.
pub(crate) fn document() -> Option<Document> {
    js_sys::global().dyn_into::<Window>().ok()?.document()
}

pub(crate) async fn sleep(milliseconds: f64) {
    TimeoutFuture::new(milliseconds as u32).await;
}

/// A name that nobody else has.
pub(crate) fn random_id() -> String {
    let digits = || (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("{:08x}{:08x}", digits(), digits())
}

/// A request without a body; `None` where nobody answers.
pub(crate) async fn request(method: &str, url: &str) -> Option<Response> {
    let init = RequestInit::new();
    init.set_method(method);
    let answer = JsFuture::from(scope().fetch_with_str_and_init(url, &init)).await;
    answer.ok()?.dyn_into().ok()
}

/// Everything in a blob; `None` where the browser has lost it.
pub(crate) async fn bytes_of(blob: &Blob) -> Option<Uint8Array> {
    let buffer: ArrayBuffer = JsFuture::from(blob.array_buffer()).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&buffer))
}

pub(crate) fn blob_of(bytes: &Uint8Array, media_type: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(bytes), &options).ok()
}

/// A promise with the function that fulfils it.
pub(crate) fn promise() -> (Promise, Function) {
    let mut fulfil = None;
    let promise = Promise::new(&mut |resolve, _| fulfil = Some(resolve));
    // The browser has called the function above by now.
    (promise, fulfil.unwrap_or_default())
}

/// Calls a function of the browser that only settles a promise.
pub(crate) fn settle(fulfil: &Function, value: &JsValue) {
    let _ = fulfil.call1(&JsValue::UNDEFINED, value);
}
