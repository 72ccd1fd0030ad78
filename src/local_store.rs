//! What this phone keeps for its owner (`script/journal.js`, sealed): copies of what the server answered, and answers that
//! the server does not have yet.

use gloo_net::http::Method;
use js_sys::{Array, JSON, Promise};
use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["yijianshi", "copies"], js_name = may)]
    fn may_send(method: &str, url: &str) -> Promise;
    #[wasm_bindgen(js_namespace = ["yijianshi", "copies"])]
    fn answered(method: &str, url: &str, answer: &JsValue) -> Promise;
    #[wasm_bindgen(js_namespace = ["yijianshi", "copies"])]
    fn unreachable(method: &str, url: &str) -> Promise;
    #[wasm_bindgen(js_namespace = ["yijianshi", "journal"])]
    fn keep(draft: &str, text: &str, intent: bool) -> Promise;
    #[wasm_bindgen(js_namespace = ["yijianshi", "journal"])]
    fn unsent(draft: &str) -> Promise;
    #[wasm_bindgen(js_namespace = ["yijianshi", "journal"])]
    fn waiting() -> Promise;
}

/// The store of this phone.
#[derive(Clone, Copy)]
pub(crate) struct LocalStore;

impl LocalStore {
    /// Whether a request may go out now: who signed out without a network is signed out before anything else is asked.
    pub(crate) async fn may_send(self, method: &Method, url: &str) -> bool {
        JsFuture::from(may_send(method.as_ref(), url)).await.is_ok_and(|may| may.is_truthy())
    }

    /// Keeps a copy of an answer, or forgets what it ends.
    pub(crate) async fn note_answer(self, method: &Method, url: &str, status: u16, body: &Value) {
        let answer = JSON::parse(&format!("{{\"status\":{status},\"body\":{body}}}")).unwrap_or_default();
        let _ = JsFuture::from(answered(method.as_ref(), url, &answer)).await;
    }

    /// What the server answered last time, where it cannot be reached now.
    pub(crate) async fn copy_of(self, method: &Method, url: &str) -> Option<Value> {
        json_of(&JsFuture::from(unreachable(method.as_ref(), url)).await.ok()?)
    }

    /// Persists what the server does not have of a draft; nothing, where `unsent` is `None`. Whether it is on the disk now.
    pub(crate) async fn persist(self, draft: &str, unsent: Option<&Value>, is_pending_submission: bool) -> bool {
        let text = unsent.map(Value::to_string).unwrap_or_default();
        let done = JsFuture::from(keep(draft, &text, is_pending_submission)).await;
        done.is_ok_and(|done| done.as_bool() == Some(true))
    }

    /// What earlier pages and other tabs persisted of a draft, the oldest first.
    pub(crate) async fn unsent(self, draft: &str) -> Vec<Value> {
        let found = JsFuture::from(unsent(draft)).await.unwrap_or_default();
        Array::from(&found).iter().filter_map(|each| json_of(&each)).collect()
    }

    /// The drafts whose owner pressed "send" when there was no network.
    pub(crate) async fn pending_submissions(self) -> Vec<String> {
        let found = JsFuture::from(waiting()).await.unwrap_or_default();
        Array::from(&found).iter().filter_map(|draft| draft.as_string()).collect()
    }
}

/// The same value for Rust; `None` where there is none.
pub(crate) fn json_of(value: &JsValue) -> Option<Value> {
    let text = JSON::stringify(value).ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}
