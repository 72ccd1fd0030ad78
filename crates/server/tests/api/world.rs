//! A server of its own for each test, and its clients.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use server::Clock;
use server::config::Config;
use tempfile::TempDir;
use time::OffsetDateTime;
use tower::ServiceExt;

/// Tuesday, 24 November 2026, 10:00 in Changde.
pub(crate) const NOW: i64 = 1_795_485_600;
pub(crate) const OWNER: &str = "13807360001";
pub(crate) const STRANGER: &str = "13807360003";
pub(crate) const CREDIT_CODE: &str = "92430703MA0000023M";

pub(crate) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

pub(crate) struct World {
    pub(crate) app: Router,
    pub(crate) config: Config,
    clock: Arc<TestClock>,
    _folder: TempDir,
}

pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The reply, which must have this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.body));
        self
    }
}

/// The settings of most tests.
pub(crate) fn settings(folder: &TempDir) -> Config {
    let mut config = Config::new(folder.path());
    config.services = Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/services"));
    config.demo = true;
    config.cleaner_binary = Some(env!("CARGO_BIN_EXE_server").into());
    config
}

impl World {
    pub(crate) async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        Self::with(settings(&folder), folder).await
    }

    /// With nothing but the shortest service, for tests that do the same thousands of times.
    pub(crate) async fn of_short_services() -> Self {
        let folder = TempDir::new().unwrap();
        let mut config = settings(&folder);
        config.services = Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/short-services"));
        Self::with(config, folder).await
    }

    pub(crate) async fn with(config: Config, folder: TempDir) -> Self {
        let clock = Arc::new(TestClock(AtomicI64::new(NOW)));
        let app = server::app(&config, clock.clone()).await.unwrap();
        Self { app, config, clock, _folder: folder }
    }

    /// The same data after a restart.
    pub(crate) async fn restart(&mut self) {
        self.app = server::app(&self.config, self.clock.clone()).await.unwrap();
    }

    /// Runs the background jobs once, as after a minute.
    pub(crate) async fn run_background_jobs(&self) {
        server::run_background_jobs(&self.config, self.clock.clone()).await.unwrap();
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::Relaxed);
    }

    pub(crate) async fn ask(&self, request: Request<Body>) -> Reply {
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.visitor().get(path).await
    }

    pub(crate) fn visitor(&self) -> Visitor<'_> {
        Visitor { world: self, cookie: String::new() }
    }

    /// The newest code on the phone of the demonstration.
    pub(crate) async fn code_for(&self, phone: &str) -> String {
        let messages = self.get(&format!("/demo/sms?phone={phone}")).await.expect(200).json();
        messages[0]["code"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn sign_in(&self, phone: &str) -> Visitor<'_> {
        self.visitor().post("/api/session/codes", &json!({ "phone": phone })).await.expect(201);
        let code = self.code_for(phone).await;
        let reply = self.visitor().post("/api/session", &json!({ "phone": phone, "code": code })).await.expect(201);
        let cookie = reply.header("set-cookie").split(';').next().unwrap().to_owned();
        Visitor { world: self, cookie }
    }

    /// Files in the object store.
    pub(crate) fn kept_objects(&self) -> usize {
        let folders = std::fs::read_dir(self.config.data.join("attachments")).unwrap();
        folders.map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count()).sum()
    }

    pub(crate) async fn partner(&self, partner: &str, mode: &str) {
        self.visitor().post("/demo/faults", &json!({ "partner": partner, "mode": mode })).await.expect(204);
    }
}

/// Somebody with or without a session.
#[derive(Clone)]
pub(crate) struct Visitor<'a> {
    pub(crate) world: &'a World,
    pub(crate) cookie: String,
}

impl Visitor<'_> {
    pub(crate) async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Body) -> Reply {
        self.world.ask(self.request(method, path, headers, body)).await
    }

    /// An answer that does not end.
    pub(crate) async fn stream(&self, path: &str, headers: &[(&str, &str)]) -> Body {
        let request = self.request("GET", path, headers, Body::empty());
        let response = self.world.app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        response.into_body()
    }

    pub(crate) fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Body) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(path);
        if !self.cookie.is_empty() {
            request = request.header("cookie", &self.cookie);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(body).unwrap()
    }

    pub(crate) async fn json(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Reply {
        let mut all = vec![("content-type", "application/json")];
        all.extend_from_slice(headers);
        self.send(method, path, &all, Body::from(body.to_string())).await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], Body::empty()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.send("DELETE", path, &[], Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        self.json("POST", path, &[], body).await
    }

    /// A new draft of the test's service.
    pub(crate) async fn draft(&self) -> Value {
        let new = json!({ "service": "corner-shop", "division": "430703" });
        self.post("/api/drafts", &new).await.expect(201).json()
    }

    /// A draft of the shortest service that can be sent.
    pub(crate) async fn note(&self, subject: &str) -> Value {
        let new = json!({ "service": "note", "division": "430703" });
        let draft = self.post("/api/drafts", &new).await.expect(201).json();
        self.change(&draft, &json!({ "subject": subject, "place": "玉霞街道" })).await.expect(200).json()
    }

    /// Changes answers on the version that the draft has now.
    pub(crate) async fn change(&self, draft: &Value, answers: &Value) -> Reply {
        let tag = format!("\"{}\"", draft["version"]);
        let path = format!("/api/drafts/{}", draft["id"].as_str().unwrap());
        self.json("PATCH", &path, &[("if-match", &tag)], &json!({ "answers": answers })).await
    }

    pub(crate) async fn look_up(&self, draft: &Value, body: &Value) -> Reply {
        let tag = format!("\"{}\"", draft["version"]);
        let path = format!("/api/drafts/{}/lookups/licence-check", draft["id"].as_str().unwrap());
        self.json("POST", &path, &[("if-match", &tag)], body).await
    }
}

impl Visitor<'_> {
    pub(crate) async fn tus(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Body) -> Reply {
        let mut all = vec![("tus-resumable", "1.0.0")];
        if method == "PATCH" {
            all.push(("content-type", "application/offset+octet-stream"));
        }
        all.extend_from_slice(headers);
        self.send(method, path, &all, body).await
    }

    /// Begins an upload for a draft, and gives its address.
    pub(crate) async fn begin(&self, draft: &Value, field: &str, about: &[(&str, &str)], bytes: usize) -> String {
        let mut pairs = vec![("draft", draft["id"].as_str().unwrap()), ("field", field)];
        pairs.extend_from_slice(about);
        let (metadata, bytes) = (metadata(&pairs), bytes.to_string());
        let headers = [("upload-metadata", metadata.as_str()), ("upload-length", bytes.as_str())];
        let reply = self.tus("POST", "/api/uploads", &headers, Body::empty()).await.expect(201);
        reply.header("location").to_owned()
    }

    /// Uploads a file in one piece, and gives what became of it.
    pub(crate) async fn upload(&self, draft: &Value, field: &str, about: &[(&str, &str)], file: &[u8]) -> Reply {
        let path = self.begin(draft, field, about, file.len()).await;
        self.tus("PATCH", &path, &[("upload-offset", "0")], Body::from(file.to_vec())).await.expect(204);
        self.get(&format!("{path}/attachment")).await
    }
}

/// `Upload-Metadata` as tus writes it.
pub(crate) fn metadata(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name} {}", STANDARD.encode(value))).collect();
    pairs.join(",")
}
