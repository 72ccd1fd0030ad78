//! Whose data this is: the key of the session that the server knows, kept no longer than that session may last.

use wasm_bindgen::JsValue;

use crate::browser::now_ms;
use crate::records::{number, record, text};
use crate::sealing::{self, Key};

/// The name of its record.
pub(crate) const RECORD: &str = "session";
const LONGEST_SESSION_MS: f64 = 12.0 * 60.0 * 60.0 * 1000.0;
const MINUTE_MS: f64 = 60.0 * 1000.0;

/// Somebody is signed in on this phone.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) key: Key,
    /// See [`sealing::owner_of`].
    pub(crate) owner: String,
    lifetime: Lifetime,
    /// The server has ended it: what lies open may still be filled in, and only a new sign-in opens it again.
    is_over: bool,
}

/// How long the key stays on the disk.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Lifetime {
    idle_ms: f64,
    /// When the person signed in.
    began: f64,
    /// What the record says.
    until: f64,
}

impl Lifetime {
    /// The next end that is worth a write: whoever goes on filling in is still there, for twelve hours at most.
    fn prolonged(self, now: f64) -> Option<Self> {
        let until = (now + self.idle_ms).min(self.began + LONGEST_SESSION_MS);
        let is_alive = self.until == 0.0 || self.until >= now;
        (is_alive && until - self.until >= MINUTE_MS).then_some(Self { until, ..self })
    }
}

impl Session {
    /// Begins with what the server tells whoever is signed in. The same person's session goes on, unless it is a new
    /// sign-in: loading the page does not make twelve hours begin anew.
    pub(crate) async fn begin(
        journal_key: &str,
        idle_seconds: f64,
        is_new: bool,
        before: Option<&Self>,
    ) -> Option<Self> {
        let (key, owner) = (Key::import(journal_key).await?, sealing::owner_of(journal_key).await?);
        let known = before.filter(|before| before.owner == owner && !is_new && !before.is_over);
        let began = known.map_or_else(now_ms, |known| known.lifetime.began);
        let lifetime = Lifetime { idle_ms: idle_seconds * 1000.0, began, until: 0.0 };
        Some(Self { key, owner, lifetime, is_over: false })
    }

    /// Reads what an earlier page kept. A key of a session that would have run out by now is not read.
    pub(crate) fn of_record(record: &JsValue) -> Option<Self> {
        let (idle_ms, began, until) = (number(record, "idle"), number(record, "began"), number(record, "until"));
        if until < now_ms() {
            return None;
        }
        let lifetime = Lifetime { idle_ms, began, until };
        Some(Self { key: Key::of_record(record)?, owner: text(record, "owner"), lifetime, is_over: false })
    }

    /// Prolongs it; the record to be written where that is worth it.
    pub(crate) fn stay(&mut self) -> Option<JsValue> {
        if self.is_over {
            return None;
        }
        self.lifetime = self.lifetime.prolonged(now_ms())?;
        let Lifetime { idle_ms, began, until } = self.lifetime;
        Some(record(&[
            ("id", RECORD.into()),
            ("key", self.key.value()),
            ("owner", self.owner.as_str().into()),
            ("idle", idle_ms.into()),
            ("began", began.into()),
            ("until", until.into()),
        ]))
    }

    /// The server says that it has ended.
    pub(crate) fn end(&mut self) {
        self.is_over = true;
    }

    /// The name of a record of this person.
    pub(crate) fn id(&self, name: &str) -> String {
        format!("{}/{name}", self.owner)
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    const HOUR_MS: f64 = 60.0 * MINUTE_MS;
    const NEW: Lifetime = Lifetime { idle_ms: 15.0 * MINUTE_MS, began: 0.0, until: 0.0 };

    #[wasm_bindgen_test]
    fn a_key_stays_for_fifteen_minutes_and_twelve_hours_at_most() {
        assert_eq!(NEW.prolonged(1.0).map(|next| next.until), Some(15.0 * MINUTE_MS + 1.0));
        let nearly_over = Lifetime { until: 11.9 * HOUR_MS, ..NEW };
        assert_eq!(nearly_over.prolonged(11.88 * HOUR_MS).map(|next| next.until), Some(LONGEST_SESSION_MS));
        let over = Lifetime { until: LONGEST_SESSION_MS, ..NEW };
        assert_eq!(over.prolonged(LONGEST_SESSION_MS - MINUTE_MS), None);
    }

    #[wasm_bindgen_test]
    fn a_key_is_written_once_a_minute_and_not_after_its_end() {
        let kept = Lifetime { until: 15.0 * MINUTE_MS, ..NEW };
        assert_eq!(kept.prolonged(0.5 * MINUTE_MS), None);
        assert!(kept.prolonged(1.5 * MINUTE_MS).is_some());
        assert_eq!(kept.prolonged(16.0 * MINUTE_MS), None);
    }

    #[wasm_bindgen_test]
    async fn loading_the_page_does_not_begin_twelve_hours_anew() {
        let mut before = Session::begin(KEY, 900.0, true, None).await.unwrap();
        before.lifetime.began -= HOUR_MS;
        let again = Session::begin(KEY, 900.0, false, Some(&before)).await.unwrap();
        assert_eq!(again.lifetime.began, before.lifetime.began);
        let anew = Session::begin(KEY, 900.0, true, Some(&before)).await.unwrap();
        assert!(anew.lifetime.began > before.lifetime.began);
    }

    #[wasm_bindgen_test]
    async fn a_kept_key_is_read_until_its_end() {
        let mut session = Session::begin(KEY, 900.0, true, None).await.unwrap();
        let kept = session.stay().unwrap();
        assert_eq!(Session::of_record(&kept).map(|read| read.owner), Some(session.owner));
        let _ = js_sys::Reflect::set(&kept, &"until".into(), &1.0.into());
        assert!(Session::of_record(&kept).is_none());
    }
}
