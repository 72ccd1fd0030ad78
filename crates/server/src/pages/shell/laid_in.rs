//! Answers of the API that are laid into a page, so that the app need not ask. `script/boot.js` hands them to the app.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use maud::{Markup, PreEscaped, html};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tower::ServiceExt;

/// A longer answer is asked for by the app itself.
const LONGEST_ANSWER_BYTES: usize = 512 * 1024;

pub(super) struct LaidIn {
    api: Router,
    cookie: Option<HeaderValue>,
    answers: Vec<Answer>,
}

struct Answer {
    url: String,
    status: u16,
    /// JSON.
    body: String,
}

impl LaidIn {
    /// Asks as whoever asks for the page.
    pub(super) fn new(api: Router, headers: &HeaderMap) -> Self {
        Self { api, cookie: headers.get(COOKIE).cloned(), answers: Vec::new() }
    }

    /// Lays in an answer that is known already.
    pub(super) fn put(&mut self, url: &str, answer: &impl Serialize) {
        if let Ok(body) = serde_json::to_string(answer) {
            self.answers.push(Answer { url: url.to_owned(), status: 200, body });
        }
    }

    /// Says that nobody is signed in.
    pub(super) fn put_nobody(&mut self) {
        self.answers.push(Answer { url: "/api/session".to_owned(), status: 401, body: "null".to_owned() });
    }

    /// Asks the API. What it refuses is left to the app, which asks again and says why.
    pub(super) async fn ask(&mut self, url: &str) {
        if let Some(body) = self.answer(url).await {
            self.answers.push(Answer { url: url.to_owned(), status: 200, body });
        }
    }

    /// The same, read.
    pub(super) async fn ask_for<T: DeserializeOwned>(&mut self, url: &str) -> Option<T> {
        self.ask(url).await;
        let answer = self.answers.iter().find(|answer| answer.url == url)?;
        serde_json::from_str(&answer.body).ok()
    }

    async fn answer(&self, url: &str) -> Option<String> {
        let mut request = Request::get(url).body(Body::empty()).ok()?;
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(COOKIE, cookie.clone());
        }
        let response = self.api.clone().oneshot(request).await.ok()?;
        if !response.status().is_success() {
            return None;
        }
        let body = to_bytes(response.into_body(), LONGEST_ANSWER_BYTES).await.ok()?;
        String::from_utf8(body.to_vec()).ok()
    }

    /// Data, which no browser runs. `<` is written so that no text in it can end the element.
    pub(super) fn elements(&self) -> Markup {
        html! {
            @for Answer { url, status, body } in &self.answers {
                script type="application/json" data-url=(url) data-status=(status) {
                    (PreEscaped(body.replace('<', "\\u003c")))
                }
            }
        }
    }
}
