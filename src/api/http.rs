//! One request over the wire: `fetch` with a deadline, in as few bytes as it takes.

use js_sys::{Object, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use crate::browser::{set_property, window};

const DEADLINE_MS: i32 = 15_000;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = fetch)]
    fn fetch(url: &str, init: &Object) -> Promise;

    /// What came back.
    pub(super) type Response;
    #[wasm_bindgen(method, getter)]
    pub(super) fn ok(this: &Response) -> bool;
    #[wasm_bindgen(method, getter)]
    pub(super) fn status(this: &Response) -> u16;
    #[wasm_bindgen(method, js_name = json)]
    fn read_json(this: &Response) -> Promise;
    #[wasm_bindgen(method, getter)]
    fn headers(this: &Response) -> Headers;

    type Headers;
    #[wasm_bindgen(method)]
    fn get(this: &Headers, name: &str) -> Option<String>;
}

impl Response {
    /// The body; `None` when it broke off or is no JSON.
    pub(super) async fn json(&self) -> Option<JsValue> {
        JsFuture::from(self.read_json()).await.ok()
    }

    pub(super) fn header(&self, name: &str) -> Option<String> {
        self.headers().get(name)
    }
}

/// A request in the making.
pub(super) struct Request {
    url: String,
    init: Object,
    headers: Object,
}

impl Request {
    pub(super) fn new(method: &str, url: &str) -> Self {
        let init = Object::new();
        set_property(&init, "method", &method.into());
        Self { url: url.to_owned(), init, headers: Object::new() }
    }

    pub(super) fn header(self, name: &str, value: &str) -> Self {
        set_property(&self.headers, name, &value.into());
        self
    }

    pub(super) fn body(self, body: &JsValue) -> Self {
        set_property(&self.init, "body", body);
        self
    }

    /// Sends it, and gives up at the deadline. `None`: there was no answer.
    pub(super) async fn send(self) -> Option<Response> {
        let abort = AbortController::new().ok()?;
        set_property(&self.init, "headers", &self.headers);
        set_property(&self.init, "signal", &abort.signal());
        let give_up = Closure::once_into_js(move || abort.abort());
        let timer = window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(give_up.unchecked_ref(), DEADLINE_MS)
            .unwrap_or_default();
        let answer = JsFuture::from(fetch(&self.url, &self.init)).await;
        window().clear_timeout_with_handle(timer);
        answer.ok().map(JsCast::unchecked_into)
    }
}
