//! One request over the wire. `script/http.js` carries it: deadline, JSON, and copies for a phone without a network.

use js_sys::Promise;
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::settings;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["yijianshi", "http"])]
    fn ask(method: &str, url: &str, language: &str, body: JsValue, name: &str, value: &str) -> Promise;
    /// Milliseconds until the next try after so many failures.
    #[wasm_bindgen(js_namespace = ["yijianshi", "http"])]
    pub(super) fn pause(failures: u32) -> i32;

    /// What came back.
    pub(super) type Response;
    /// 0: nothing came.
    #[wasm_bindgen(method, getter)]
    pub(super) fn status(this: &Response) -> u16;
    #[wasm_bindgen(method, getter)]
    pub(super) fn body(this: &Response) -> JsValue;
    /// Whether it is a copy on this phone, because there is no network; `None` where nobody knows.
    #[wasm_bindgen(method, getter)]
    pub(super) fn kept(this: &Response) -> Option<bool>;
    #[wasm_bindgen(method, getter, js_name = retryAfter)]
    pub(super) fn retry_after(this: &Response) -> Option<u32>;
}

impl Response {
    pub(super) fn ok(&self) -> bool {
        (200..300).contains(&self.status())
    }
}

/// A request in the making.
pub(super) struct Request {
    method: &'static str,
    url: String,
    body: JsValue,
    header: (&'static str, String),
}

impl Request {
    pub(super) fn new(method: &'static str, url: &str) -> Self {
        Self { method, url: url.to_owned(), body: JsValue::UNDEFINED, header: ("", String::new()) }
    }

    /// The one header that some requests have beyond the usual ones.
    pub(super) fn header(self, name: &'static str, value: String) -> Self {
        Self { header: (name, value), ..self }
    }

    pub(super) fn json(self, body: &impl Serialize) -> Self {
        Self { body: serde_json::to_string(body).unwrap_or_default().into(), ..self }
    }

    pub(super) async fn send(self) -> Response {
        let (name, value) = &self.header;
        let language = settings::tag(settings::language().get_untracked());
        let answer = JsFuture::from(ask(self.method, &self.url, language, self.body, name, value)).await;
        // The script answers whatever happens.
        answer.unwrap_or_else(|error| error).unchecked_into()
    }
}
