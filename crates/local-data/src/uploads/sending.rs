//! Sends the files, one at a time and in order.

use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::retry::{Next, TRIES, after};
use super::tus::{self, Refusal};
use super::{Speed, Task, Uploads};
use crate::browser::{bytes_of, now_ms, promise, request, settle, sleep};
use crate::protocol::{Failure, UploadState};
use wasm_bindgen::JsValue;

const QUIET_RETRY_MS: f64 = 30_000.0;
/// The last percent is the server's look at it.
const MOST_PERCENT: f64 = 99.0;

/// Why a file was not sent.
enum Trouble {
    /// The phone has lost its bytes.
    Lost,
    Refused(Refusal),
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Uploads {
    pub(super) async fn send_all(self: &Rc<Self>) {
        if self.is_sending.replace(true) {
            return;
        }
        loop {
            let Some(next) = self.files.borrow().next() else { break };
            self.take(&next, Task::Send).await;
        }
        self.is_sending.set(false);
        self.speed.take();
        self.tell();
    }

    pub(super) async fn send(self: &Rc<Self>, key: &str) {
        self.update(key, |upload| upload.state = UploadState::Sending(0));
        self.report(key);
        if let Err(trouble) = self.try_to_send(key).await {
            self.recover(key, trouble).await;
        }
    }

    async fn try_to_send(self: &Rc<Self>, key: &str) -> Result<(), Trouble> {
        let (bytes, address, language) = self.what_to_send(key).await?;
        self.speed.borrow_mut().get_or_insert_with(|| Speed { began: now_ms(), bytes: 0.0 });
        let size = f64::from(bytes.length());
        let (reporting, noting) = (Rc::clone(self), Rc::clone(self));
        let (of_report, of_note) = (key.to_owned(), key.to_owned());
        let on_sent = Rc::new(move |sent: f64| {
            let percent = (100.0 * sent / size).floor().min(MOST_PERCENT) as u8;
            reporting.update(&of_report, |upload| upload.state = UploadState::Sending(percent));
            reporting.report(&of_report);
        });
        let on_arrived = move |arrived: f64| {
            if let Some(speed) = noting.speed.borrow_mut().as_mut() {
                speed.bytes += arrived;
            }
            noting.update(&of_note, |upload| upload.failures = 0);
        };
        let wire = tus::Wire { line: &self.line, language: &language };
        wire.send(&address, &bytes, on_sent, on_arrived).await?;
        let attachment = wire.finish(&address).await?;
        let facts = self.update(key, |upload| {
            upload.facts.attachment = Some(attachment.clone());
            upload.state = UploadState::Arrived(attachment);
            upload.facts.clone()
        });
        // Nobody wants it where it was removed meanwhile.
        if let Some(facts) = facts {
            self.keep_facts(key, facts).await;
            self.report(key);
        }
        Ok(())
    }

    /// The bytes, the address that takes them, and the language of the answers.
    async fn what_to_send(&self, key: &str) -> Result<(Uint8Array, String, String), Trouble> {
        let (blob, facts) =
            self.with(key, |upload| (upload.blob.clone(), upload.facts.clone())).ok_or(Trouble::Lost)?;
        let bytes = match blob {
            Some(blob) => bytes_of(&blob).await,
            None => self.kept.bytes_of(key).await,
        };
        let bytes = bytes.ok_or(Trouble::Lost)?;
        let language = facts.slot.language.clone();
        if let Some(address) = facts.address {
            return Ok((bytes, address, language));
        }
        let address = tus::Wire { line: &self.line, language: &language }.create(&facts).await?;
        let facts = self.update(key, |upload| {
            upload.facts.address = Some(address.clone());
            upload.facts.clone()
        });
        if let Some(facts) = facts {
            self.keep_facts(key, facts).await;
        }
        Ok((bytes, address, language))
    }

    /// Without its bytes a record is worth nothing.
    async fn keep_facts(&self, key: &str, facts: super::Facts) {
        if self.with(key, |upload| upload.is_kept) == Some(true) {
            let is_kept = self.kept.keep(&facts, None).await;
            self.update(key, |upload| upload.is_kept = is_kept);
        }
    }

    async fn recover(self: &Rc<Self>, key: &str, trouble: Trouble) {
        let Trouble::Refused(Refusal { status, message }) = trouble else {
            return self.fail(key, Failure::Unreadable, false);
        };
        let counted = self.update(key, |upload| {
            upload.failures += 1;
            (upload.facts.address.is_some(), upload.was_restarted, upload.failures)
        });
        let Some((has_address, was_restarted, failures)) = counted else { return };
        match after(status, has_address, was_restarted, failures) {
            Next::SignIn => {
                self.store.expire().await;
                self.fail(key, Failure::SignedOut, true);
            }
            Next::Restart => {
                let facts = self.update(key, |upload| {
                    upload.was_restarted = true;
                    upload.state = UploadState::Waiting;
                    upload.facts.address = None;
                    upload.facts.clone()
                });
                if let Some(facts) = facts {
                    self.keep_facts(key, facts).await;
                }
            }
            Next::TryAgain => {
                self.pause(self.line.pause_ms(failures, js_sys::Math::random())).await;
                self.update(key, |upload| {
                    if matches!(upload.state, UploadState::Sending(_)) {
                        upload.state = UploadState::Waiting;
                    }
                });
            }
            Next::Wait => {
                self.fail(key, Failure::Unreachable, true);
                self.listen(key);
            }
            Next::GiveUp => self.fail(key, Failure::Refused(message), false),
        }
    }

    fn fail(&self, key: &str, failure: Failure, can_retry: bool) {
        self.update(key, |upload| upload.fail(failure, can_retry));
        self.report(key);
    }

    /// A pause that ends early when the network is back or somebody presses the button.
    async fn pause(&self, milliseconds: f64) {
        let (over, end) = promise();
        self.wake.replace(Some(end.clone()));
        spawn_local(async move {
            sleep(milliseconds).await;
            settle(&end, &JsValue::UNDEFINED);
        });
        let _ = JsFuture::from(over).await;
    }

    /// It goes on by itself when the server can be heard again, which browsers do not always tell. Until then its
    /// button stays.
    pub(super) fn listen(self: &Rc<Self>, key: &str) {
        if self.update(key, |upload| std::mem::replace(&mut upload.is_listening, true)) != Some(false) {
            return;
        }
        let (queue, key) = (Rc::clone(self), key.to_owned());
        spawn_local(async move {
            loop {
                sleep(QUIET_RETRY_MS + queue.line.pause_ms(TRIES, js_sys::Math::random())).await;
                let has_failed = |upload: &super::Upload| matches!(upload.state, UploadState::Failed { .. });
                if queue.with(&key, has_failed) != Some(true) {
                    break;
                }
                if request("HEAD", "/api/session").await.is_some_and(|response| response.status() < 500) {
                    queue.retry(Some(&key));
                    break;
                }
            }
            queue.update(&key, |upload| upload.is_listening = false);
        });
    }
}
