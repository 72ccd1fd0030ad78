//! What the server does not have yet, kept on this phone (`script/journal.js`) until it does.

use contract::Answers;
use contract::json::table;
use js_sys::{Array, Promise};
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

use super::Desk;
use crate::api;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["yijianshi", "journal"])]
    fn keep(draft: &str, text: &str, intent: bool) -> Promise;
    #[wasm_bindgen(js_namespace = ["yijianshi", "journal"])]
    fn unsent(draft: &str) -> Promise;
}

impl Desk {
    /// Puts what the server does not have onto the disk of this phone.
    pub(super) async fn keep(&self) {
        let (written, intent) = (self.typed.get(), self.intent.get_untracked());
        // What a request carries is not with the server before the answer is here.
        let mut fields = self.on_way.borrow().clone();
        fields.extend(self.dirty.get_untracked());
        let text = if fields.is_empty() && !intent { String::new() } else { self.unsent(&fields) };
        let done = JsFuture::from(keep(self.draft, &text, intent)).await;
        let is_kept = done.is_ok_and(|done| done.as_bool() == Some(true));
        // What was typed meanwhile is kept by the next round.
        if self.typed.get() == written {
            self.kept.set(is_kept);
        }
    }

    /// Brings what is typed to the disk of this phone, or to the server where this phone keeps nothing.
    pub(crate) async fn make_safe(&self) -> bool {
        self.keep().await;
        self.kept.get_untracked() || self.flush().await.is_ok()
    }

    fn unsent(&self, fields: &[String]) -> String {
        let ours = self.answers_of(fields);
        let mut before = ours.clone();
        for (field, value) in &mut before.0 {
            *value = self.base.borrow().get(field).clone();
        }
        let seen = self.seen();
        let step = seen.step.map_or(Value::Null, Value::from);
        let (ours, before, version) = (ours.0.into(), before.0.into(), seen.version.into());
        table([("answers", ours), ("base", before), ("step", step), ("version", version)]).to_string()
    }

    /// Takes up what this phone kept when the page was closed.
    pub(super) async fn take_up(&self) {
        let Ok(found) = JsFuture::from(unsent(self.draft)).await else { return };
        for each in found.unchecked_ref::<Array>().iter() {
            self.lay_on_top(api::value_of(&each));
        }
    }

    fn lay_on_top(&self, mut left: Value) {
        let mut part = |name: &str| match left.get_mut(name).map(Value::take) {
            Some(Value::Object(fields)) => Answers(fields),
            _ => Answers::default(),
        };
        let (ours, base) = (part("answers"), part("base"));
        let merged = self.laid_together(&base, &self.answers.get_untracked(), &ours);
        self.answers.set(merged);
        for field in ours.0.keys() {
            self.mark_dirty(field);
        }
        if let Some(step) = left.get("step").and_then(Value::as_str) {
            self.visit(step);
        }
        // The wish was about what stood here then: whatever came in meanwhile is looked at first.
        let is_same = left.get("version").and_then(Value::as_u64) == Some(self.seen().version);
        self.intent.set(is_same && left.get("intent").and_then(Value::as_bool) == Some(true));
    }
}
