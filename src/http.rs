//! Requests over the wire: the deadline, when the next try is due, and copies for a phone without a network. Endpoints
//! are named in `api.rs` and `agency/api.rs`.

use gloo_net::http::{Method, RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use js_sys::Promise;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use crate::api::ApiError;
use crate::browser;
use crate::first_screen::FirstScreen;
use crate::i18n;
use crate::local_store::LocalStore;

const DEADLINE_MS: u32 = 15_000;
/// After so many failures in a row the line counts as dead, and whatever tries by itself waits longer.
const FAILURES_OF_A_DEAD_LINE: u32 = 5;
const FIRST_PAUSE_MS: f64 = 1_000.0;
const LONGEST_PAUSE_MS: f64 = 30_000.0;

pub(crate) type Answer<T> = Result<T, ApiError>;

/// Sends requests and notes what their answers say about the network and the session.
#[derive(Clone, Copy)]
pub(crate) struct HttpClient {
    /// Whether the last answer was a copy on this phone, because there is no network.
    pub(crate) served_from_copy: RwSignal<bool>,
    /// Notified when an answer says that the session is over.
    pub(crate) unauthorized: Trigger,
    store: Option<LocalStore>,
    line: StoredValue<Line>,
    first_screen: Option<FirstScreen>,
}

/// What is known of the line to the server.
#[derive(Default)]
struct Line {
    failures_in_a_row: u32,
    /// The server asked not to be asked again before this moment, in milliseconds since 1970.
    not_before: f64,
}

impl HttpClient {
    /// `store` keeps copies of what the server answers; the officers' app keeps none.
    pub(crate) fn new(store: Option<LocalStore>) -> Self {
        Self {
            served_from_copy: RwSignal::new(false),
            unauthorized: Trigger::new(),
            store,
            line: StoredValue::default(),
            first_screen: use_context(),
        }
    }

    /// Sends a request and reads its answer. One without a body reads as `null`.
    pub(crate) async fn send<T: DeserializeOwned>(self, request: HttpRequest) -> Answer<T> {
        let body = self.body(request).await?;
        serde_json::from_value(body).map_err(|error| {
            web_sys::console::error_2(&"unexpected answer".into(), &error.to_string().into());
            ApiError { status: 200, ..ApiError::default() }
        })
    }

    async fn body(self, request: HttpRequest) -> Answer<Value> {
        let (method, url) = (request.method.clone(), request.url.clone());
        // An answer that comes with the page belongs to its first screen.
        let comes_with_page = browser::has_early_request(&method, &url);
        let _hold = self.first_screen.filter(|_| comes_with_page).map(FirstScreen::hold);
        if let Some(store) = self.store
            && store.owes_sign_out(&method, &url)
            && !sign_out_owed(store).await
        {
            return Err(ApiError::default());
        }
        let answered = match browser::take_early_request(&method, &url) {
            Some(answer) => exchange_of_early(answer).await,
            None => exchange(request).await,
        };
        self.note(&answered);
        let Some(Exchange { status, body, retry_after_seconds }) = answered else {
            return self.copy_of(&method, &url).await;
        };
        if !is_answered_by_service_worker(&url) {
            self.served_from_copy.set(false);
        }
        if let Some(store) = self.store {
            store.note_answer(&method, &url, status, &body).await;
        }
        if (200..300).contains(&status) {
            return Ok(body);
        }
        if status == 401 {
            self.unauthorized.notify();
        }
        Err(ApiError { status, problem: from_json(body).map(Box::new), retry_after_seconds })
    }

    async fn copy_of(self, method: &Method, url: &str) -> Answer<Value> {
        let copy = match self.store {
            Some(store) => store.copy_of(method, url).await,
            None => None,
        };
        match copy {
            Some(body) => {
                self.served_from_copy.set(true);
                Ok(body)
            }
            None => Err(ApiError::default()),
        }
    }

    fn note(self, answered: &Option<Exchange>) {
        self.line.update_value(|line| match answered {
            Some(exchange) if exchange.status < 500 => line.failures_in_a_row = 0,
            _ => line.failures_in_a_row += 1,
        });
        if let Some(Exchange { status: 409 | 503, retry_after_seconds, .. }) = answered {
            let pause = (f64::from(retry_after_seconds.unwrap_or(0)) * 1_000.0).min(LONGEST_PAUSE_MS);
            self.line.update_value(|line| line.not_before = js_sys::Date::now() + pause);
        }
    }

    /// Waits before the app tries again by itself: longer after each failure, at random, so that a whole ward does not
    /// come back at once, and never earlier than the server asked for.
    pub(crate) async fn pause_after(self, failures: u32) {
        let longest = self.line.with_value(|line| match line.failures_in_a_row >= FAILURES_OF_A_DEAD_LINE {
            true => LONGEST_PAUSE_MS,
            false => (FIRST_PAUSE_MS * 2_f64.powi(failures.min(6) as i32)).min(LONGEST_PAUSE_MS),
        });
        let not_before = self.line.with_value(|line| line.not_before);
        let pause = (longest * (0.25 + 0.75 * js_sys::Math::random())).max(not_before - js_sys::Date::now());
        TimeoutFuture::new(pause as u32).await;
    }
}

/// Signs out whoever did so without a network. Whether the server knows now.
async fn sign_out_owed(store: LocalStore) -> bool {
    // What was asked before is an answer to somebody who has left.
    browser::take_early_request(&Method::DELETE, "");
    let answered = exchange(HttpRequest::delete("/api/session")).await;
    let is_known = answered.is_some_and(|exchange| exchange.status < 500);
    if is_known {
        store.confirm_sign_out();
    }
    is_known
}

/// Reads a JSON value into its shape; `None` where it does not fit.
pub(crate) fn from_json<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

/// The service worker may answer these from its own copies, so they say nothing about the network.
fn is_answered_by_service_worker(url: &str) -> bool {
    url.starts_with("/api/services") || url.starts_with("/api/divisions")
}

/// A request in the making.
pub(crate) struct HttpRequest {
    method: Method,
    url: String,
    body: Option<String>,
    header: Option<(&'static str, String)>,
}

impl HttpRequest {
    pub(crate) fn new(method: Method, url: impl Into<String>) -> Self {
        Self { method, url: url.into(), body: None, header: None }
    }

    pub(crate) fn get(url: impl Into<String>) -> Self {
        Self::new(Method::GET, url)
    }

    pub(crate) fn post(url: impl Into<String>) -> Self {
        Self::new(Method::POST, url)
    }

    pub(crate) fn patch(url: impl Into<String>) -> Self {
        Self::new(Method::PATCH, url)
    }

    pub(crate) fn delete(url: impl Into<String>) -> Self {
        Self::new(Method::DELETE, url)
    }

    /// The one header that some requests have beyond the usual ones.
    pub(crate) fn header(self, name: &'static str, value: String) -> Self {
        Self { header: Some((name, value)), ..self }
    }

    /// Refused by the server unless the thing still has this version.
    pub(crate) fn if_match(self, version: u64) -> Self {
        self.header("If-Match", format!("\"{version}\""))
    }

    pub(crate) fn json(self, body: &impl Serialize) -> Self {
        Self { body: serde_json::to_string(body).ok(), ..self }
    }
}

/// An answer that has come.
struct Exchange {
    status: u16,
    body: Value,
    retry_after_seconds: Option<u32>,
}

/// One request and its answer; `None` where none came in time.
async fn exchange(request: HttpRequest) -> Option<Exchange> {
    let abort = AbortController::new().ok()?;
    let signal = abort.signal();
    let deadline = Timeout::new(DEADLINE_MS, move || abort.abort());
    let mut builder = RequestBuilder::new(&request.url)
        .method(request.method)
        .abort_signal(Some(&signal))
        .header("Accept-Language", i18n::tag());
    if let Some((name, value)) = &request.header {
        builder = builder.header(name, value);
    }
    let request = match request.body {
        Some(body) => builder.header("Content-Type", "application/json").body(body),
        None => builder.build(),
    };
    let exchange = exchange_of(request.ok()?.send().await.ok()?).await;
    deadline.cancel();
    exchange
}

/// An answer that `script/boot.js` has: it asked while the program was being loaded, or found it laid into the page.
async fn exchange_of_early(answer: Promise) -> Option<Exchange> {
    let response: web_sys::Response = JsFuture::from(answer).await.ok()?.dyn_into().ok()?;
    exchange_of(response.into()).await
}

async fn exchange_of(response: Response) -> Option<Exchange> {
    Some(Exchange {
        status: response.status(),
        retry_after_seconds: response.headers().get("Retry-After").and_then(|seconds| seconds.parse().ok()),
        body: read(&response).await?,
    })
}

/// A refusal need not be JSON (a proxy's page); an answer that broke off in the middle is none.
async fn read(response: &Response) -> Option<Value> {
    if response.status() == 204 {
        return Some(Value::Null);
    }
    let text = response.text().await;
    let body = text.ok().and_then(|text| serde_json::from_str(&text).ok());
    if response.ok() { body } else { Some(body.unwrap_or_default()) }
}
