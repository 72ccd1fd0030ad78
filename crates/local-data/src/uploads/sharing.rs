//! Several pages of one person, one queue: which of them works on a file, and word of it for the others. Web Locks say
//! who; the browser itself lets go of one when its page is closed or killed. Where there are none (Safari before
//! 15.4), each page goes on as if it were alone.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use js_sys::{Function, Promise};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::browser::{now_ms, promise, settle};
use crate::protocol::UploadState;
use crate::records::{field, record};

const CHANNEL: &str = "uploads";
/// A page that says nothing for so long was put to sleep by the system.
const SILENCE_MS: f64 = 90_000.0;
const LOOK_MS: u32 = 5_000;

#[wasm_bindgen]
extern "C" {
    /// Web Locks, which web-sys calls unstable.
    #[derive(Clone)]
    type LockManager;
    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &JsValue, granted: &Function) -> Result<Promise, JsValue>;
}

fn locks() -> Option<LockManager> {
    let locks = field(&field(&js_sys::global(), "navigator"), "locks");
    (!locks.is_undefined()).then(|| locks.unchecked_into())
}

/// What pages tell each other of a file: how far it is, or that it is gone.
#[derive(Serialize, Deserialize)]
pub(super) struct Word {
    pub(super) key: String,
    pub(super) news: Option<UploadState>,
}

/// The right to work on a file, until it is dropped.
pub(super) struct Lock {
    release: Option<Function>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            settle(release, &JsValue::UNDEFINED);
        }
    }
}

pub(super) struct Sharing {
    channel: Option<BroadcastChannel>,
    heard_at: Rc<RefCell<HashMap<String, f64>>>,
    is_visible: Rc<Cell<bool>>,
}

impl Sharing {
    pub(super) fn new() -> Self {
        let channel = (!field(&js_sys::global(), "BroadcastChannel").is_undefined())
            .then(|| BroadcastChannel::new(CHANNEL).ok())
            .flatten();
        Self { channel, heard_at: Rc::default(), is_visible: Rc::new(Cell::new(true)) }
    }

    pub(super) fn set_visible(&self, is_visible: bool) {
        self.is_visible.set(is_visible);
    }

    /// Tells the other pages how far a file is, or that it is gone.
    pub(super) fn say(&self, key: &str, news: Option<UploadState>) {
        let word = serde_json::to_string(&Word { key: key.to_owned(), news });
        if let (Some(channel), Ok(word)) = (&self.channel, word) {
            // Nobody hears it where the page is closing.
            let _ = channel.post_message(&word.into());
        }
    }

    /// Hears what other pages say.
    pub(super) fn hear(&self, listener: impl Fn(Word) + 'static) {
        let Some(channel) = &self.channel else { return };
        let heard_at = Rc::clone(&self.heard_at);
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            if let Ok(word) = serde_json::from_str::<Word>(&text) {
                heard_at.borrow_mut().insert(word.key.clone(), now_ms());
                listener(word);
            }
        });
        channel.set_onmessage(Some(listener.into_js_value().unchecked_ref()));
    }

    /// The right to work on a file; `None` while another page has it.
    pub(super) async fn lock(&self, key: &str) -> Option<Lock> {
        let Some(locks) = locks() else { return Some(Lock { release: None }) };
        let (granted, grant) = promise();
        let is_granted = Closure::once_into_js(move |lock: JsValue| {
            if lock.is_null() {
                settle(&grant, &JsValue::NULL);
                return JsValue::UNDEFINED;
            }
            let (held, release) = promise();
            settle(&grant, &release);
            held.into()
        });
        let options = record(&[("ifAvailable", true.into())]);
        let Ok(request) = locks.request(&name_of(key), &options, is_granted.unchecked_ref()) else {
            return Some(Lock { release: None });
        };
        // It fails where another page has taken a file away from this one, which slept.
        spawn_local(async move {
            let _ = JsFuture::from(request).await;
        });
        let release = JsFuture::from(granted).await.ok()?.dyn_into().ok()?;
        Some(Lock { release: Some(release) })
    }

    /// Waits until no other page works on the file any more: it has finished, was closed, was killed, or sleeps.
    pub(super) async fn free(&self, key: &str) {
        let Some(locks) = locks() else { return };
        self.heard_at.borrow_mut().insert(key.to_owned(), now_ms());
        let (heard_at, is_visible) = (Rc::clone(&self.heard_at), Rc::clone(&self.is_visible));
        let (stealing, name) = (locks.clone(), key.to_owned());
        let looking = Interval::new(LOOK_MS, move || {
            let last = heard_at.borrow().get(&name).copied().unwrap_or_default();
            if now_ms() - last > SILENCE_MS && is_visible.get() {
                let _ = stealing.request(&name_of(&name), &record(&[("steal", true.into())]), &let_go());
            }
        });
        if let Ok(freed) = locks.request(&name_of(key), &record(&[]), &let_go()) {
            let _ = JsFuture::from(freed).await;
        }
        drop(looking);
    }
}

/// Takes a lock and gives it back at once. `Function::default` would evaluate a text, which our policy forbids.
fn let_go() -> Function {
    Closure::once_into_js(|| {}).unchecked_into()
}

fn name_of(key: &str) -> String {
    format!("upload-{key}")
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    async fn one_page_at_a_time_works_on_a_file() {
        let (one, other) = (Sharing::new(), Sharing::new());
        let lock = one.lock("file").await;
        assert!(lock.is_some());
        assert!(other.lock("file").await.is_none());
        assert!(other.lock("another").await.is_some());
        drop(lock);
        other.free("file").await;
        assert!(other.lock("file").await.is_some());
    }

    #[wasm_bindgen_test]
    async fn other_pages_hear_how_far_a_file_is() {
        let (one, other) = (Sharing::new(), Sharing::new());
        let (heard, hear) = promise();
        other.hear(move |word| settle(&hear, &format!("{} {:?}", word.key, word.news).into()));
        one.say("file", Some(UploadState::Sending(7)));
        let heard = JsFuture::from(heard).await.unwrap().as_string();
        assert_eq!(heard.as_deref(), Some("file Some(Sending(7))"));
    }
}
