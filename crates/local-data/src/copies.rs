//! Copies of what the server answered about the session, drafts, cases and certificates, for their owner only: what is
//! shown where there is no network.

use std::rc::Rc;

use serde_json::Value;

use crate::browser::request;
use crate::database::{Change, Table};
use crate::store::Store;
use wasm_bindgen_futures::JsFuture;

const SESSION: &str = "/api/session";
const DRAFTS: &str = "/api/drafts";
const CASES: &str = "/api/cases";

/// What an answer means for the data on this phone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Meaning<'a> {
    SignedIn {
        is_new: bool,
    },
    SignedOut,
    /// The session is over, whoever noticed it.
    Expired,
    /// The draft is no draft any more.
    DraftGone {
        draft: &'a str,
        was_sent: bool,
    },
    /// The answer is a draft as it stands now.
    Draft {
        is_new: bool,
    },
    /// A GET that may be asked again without a network.
    Kept,
    Nothing,
}

impl<'a> Meaning<'a> {
    pub(crate) fn of(method: &str, url: &'a str, status: u16, body: &Value) -> Self {
        let is_good = status < 300;
        let path = url.split('?').next().unwrap_or_default();
        if path == SESSION {
            return match (method, status) {
                ("DELETE", _) | (_, 401) => Self::SignedOut,
                (_, 200 | 201) => Self::SignedIn { is_new: method == "POST" },
                _ => Self::Nothing,
            };
        }
        if status == 401 {
            return Self::Expired;
        }
        let draft = path.strip_prefix("/api/drafts/").and_then(|rest| rest.split('/').next());
        let was_sent = path.ends_with("/submit") && is_good;
        let is_gone =
            was_sent || (status == 404 && matches!(method, "GET" | "PATCH")) || (is_good && method == "DELETE");
        match draft {
            Some(draft) if is_gone && is_whole(path, draft, was_sent) => Self::DraftGone { draft, was_sent },
            _ if is_good && is_draft(body) => Self::Draft { is_new: method == "POST" && path == DRAFTS },
            _ if status == 200 && method == "GET" && is_kept(url) => Self::Kept,
            _ => Self::Nothing,
        }
    }
}

/// Whether it is about the draft itself rather than a part of it.
fn is_whole(path: &str, draft: &str, was_sent: bool) -> bool {
    was_sent || path.len() == "/api/drafts/".len() + draft.len()
}

fn is_draft(body: &Value) -> bool {
    body.get("id").is_some() && body.get("content_hash").is_some()
}

fn is_kept(url: &str) -> bool {
    let mut parts = url.strip_prefix("/api/").unwrap_or_default().split('/');
    let is_known = matches!(parts.next(), Some("session" | "drafts" | "cases" | "certificates"));
    let is_one = parts.next().is_none_or(|id| !id.is_empty() && !id.contains('?'));
    is_known && is_one && matches!((parts.next(), parts.next()), (None | Some("receipt"), None))
}

/// The copies on this phone.
pub(crate) struct Copies {
    store: Rc<Store>,
}

impl Copies {
    pub(crate) fn new(store: Rc<Store>) -> Self {
        Self { store }
    }

    pub(crate) async fn keep(&self, url: &str, body: &Value) {
        let Some(session) = self.store.session() else { return };
        if let Some(record) = session.key.seal_text(&session.id(url), &body.to_string(), &[]).await {
            // Without a copy the screen needs the network.
            let _ = self.store.database.put(Table::Answers, record).await;
        }
    }

    pub(crate) async fn keep_draft(&self, body: &Value) {
        if let Some(id) = body.get("id").and_then(Value::as_str) {
            self.keep(&format!("{DRAFTS}/{id}"), body).await;
        }
    }

    pub(crate) async fn copy_of(&self, url: &str) -> Option<Value> {
        let session = self.store.session()?;
        let record = self.store.database.get(Table::Answers, &session.id(url)).await.ok()??;
        serde_json::from_str(&session.key.unseal_text(&record).await?).ok()
    }

    /// The change that leaves no copy of a draft.
    pub(crate) fn forgetting(&self, draft: &str) -> Option<Change> {
        let session = self.store.session()?;
        Some(Change::Delete(Table::Answers, session.id(&format!("{DRAFTS}/{draft}"))))
    }

    /// Asks again for lists that have just changed.
    pub(crate) async fn refresh_after(&self, was_sent: bool) {
        self.refresh(DRAFTS).await;
        if was_sent {
            self.refresh(CASES).await;
        }
    }

    async fn refresh(&self, url: &str) {
        let Some(response) = request("GET", url).await.filter(|response| response.ok()) else { return };
        let Ok(text) = response.text() else { return };
        let text = JsFuture::from(text).await.ok().and_then(|text| text.as_string());
        if let Some(body) = text.and_then(|text| serde_json::from_str(&text).ok()) {
            self.keep(url, &body).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn an_answer_says_what_becomes_of_the_data() {
        let (draft, other) = (json!({ "id": "d", "content_hash": "0" }), json!({}));
        for (method, url, status, body, meaning) in [
            ("GET", "/api/session", 200, &other, Meaning::SignedIn { is_new: false }),
            ("POST", "/api/session", 201, &other, Meaning::SignedIn { is_new: true }),
            ("GET", "/api/session", 401, &other, Meaning::SignedOut),
            ("DELETE", "/api/session", 204, &other, Meaning::SignedOut),
            ("GET", "/api/session", 503, &other, Meaning::Nothing),
            ("GET", "/api/cases", 401, &other, Meaning::Expired),
            ("POST", "/api/drafts/d/submit", 200, &other, Meaning::DraftGone { draft: "d", was_sent: true }),
            ("DELETE", "/api/drafts/d", 204, &other, Meaning::DraftGone { draft: "d", was_sent: false }),
            ("GET", "/api/drafts/d", 404, &other, Meaning::DraftGone { draft: "d", was_sent: false }),
            ("PATCH", "/api/drafts/d", 404, &other, Meaning::DraftGone { draft: "d", was_sent: false }),
            ("GET", "/api/drafts/d/lookups", 404, &other, Meaning::Nothing),
            ("PATCH", "/api/drafts/d", 200, &draft, Meaning::Draft { is_new: false }),
            ("POST", "/api/drafts", 201, &draft, Meaning::Draft { is_new: true }),
            ("GET", "/api/drafts", 200, &other, Meaning::Kept),
            ("GET", "/api/cases/r/receipt", 200, &other, Meaning::Kept),
            ("GET", "/api/cases/r/notices", 200, &other, Meaning::Nothing),
            ("GET", "/api/services", 200, &other, Meaning::Nothing),
        ] {
            assert_eq!(Meaning::of(method, url, status, body), meaning, "{method} {url} {status}");
        }
    }
}
