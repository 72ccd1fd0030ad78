//! Somebody who applies: drafts, photographs, sending.

use std::io::Cursor;
use std::net::SocketAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::client::{Reply, ask, ask_json};

/// Signed in at a server; the same session holds after a restart.
#[derive(Clone)]
pub(crate) struct Resident {
    pub(crate) at: SocketAddr,
    pub(crate) cookie: String,
}

impl Resident {
    pub(crate) async fn sign_in(at: SocketAddr) -> Self {
        Self::sign_in_with(at, "ticket-liu").await
    }

    pub(crate) async fn sign_in_with(at: SocketAddr, ticket: &str) -> Self {
        // A ticket opens one session, and what stands behind the point makes another of it.
        let ticket = format!("{ticket}.{}", fastrand::u64(..));
        let reply = ask_json(at, "POST", "/api/session", "", &json!({ "ticket": ticket })).await.unwrap();
        let cookie = reply.expect(201).header("set-cookie").split(';').next().unwrap().to_owned();
        Self { at, cookie: format!("cookie: {cookie}\r\n") }
    }

    /// The same person, at the server that is there now.
    pub(crate) fn moved_to(&self, at: SocketAddr) -> Self {
        Self { at, cookie: self.cookie.clone() }
    }

    pub(crate) async fn get(&self, path: &str) -> Option<Reply> {
        ask(self.at, "GET", path, &self.cookie, b"").await
    }

    pub(crate) async fn post(&self, path: &str, headers: &str, body: &Value) -> Option<Reply> {
        ask_json(self.at, "POST", path, &format!("{}{headers}", self.cookie), body).await
    }

    pub(crate) async fn new_draft(&self) -> Option<Reply> {
        self.post("/api/drafts", "", &json!({ "service": "corner-shop", "division": "430703" })).await
    }

    /// The same one, however often it is asked for.
    pub(crate) async fn new_correction(&self, reference: &str) -> Option<Reply> {
        let new = json!({ "service": "corner-shop", "division": "430703", "corrects": reference });
        self.post("/api/drafts", "", &new).await
    }

    /// Changes answers on this version.
    pub(crate) async fn change(&self, id: &str, version: u64, answers: &Value) -> Option<Reply> {
        let headers = format!("{}if-match: \"{version}\"\r\n", self.cookie);
        ask_json(self.at, "PATCH", &format!("/api/drafts/{id}"), &headers, &json!({ "answers": answers })).await
    }

    pub(crate) async fn look_up(&self, id: &str, version: u64) -> Option<Reply> {
        let path = format!("/api/drafts/{id}/lookups/licence-check");
        self.post(&path, &format!("if-match: \"{version}\"\r\n"), &json!({})).await
    }

    pub(crate) async fn tus(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Option<Reply> {
        let kind = if method == "PATCH" { "content-type: application/offset+octet-stream\r\n" } else { "" };
        ask(self.at, method, path, &format!("{}tus-resumable: 1.0.0\r\n{kind}{headers}", self.cookie), body).await
    }

    pub(crate) async fn begin_upload(&self, draft: &str, bytes: usize) -> Option<Reply> {
        self.begin_upload_of(draft, bytes, "").await
    }

    /// Of a file whose digest the server is to compare, if one is given.
    pub(crate) async fn begin_upload_of(&self, draft: &str, bytes: usize, sha256: &str) -> Option<Reply> {
        let pairs = [("draft", draft), ("field", "sign.photos"), ("row", "a"), ("sha256", sha256)];
        self.begin(&pairs[..if sha256.is_empty() { 3 } else { 4 }], bytes).await
    }

    /// Of a file for the question that takes documents too.
    pub(crate) async fn begin_document(&self, draft: &str, bytes: usize) -> Option<Reply> {
        self.begin(&[("draft", draft), ("field", "title-copy")], bytes).await
    }

    async fn begin(&self, pairs: &[(&str, &str)], bytes: usize) -> Option<Reply> {
        let coded = pairs.iter().map(|(name, value)| format!("{name} {}", STANDARD.encode(value)));
        let metadata = coded.collect::<Vec<_>>().join(",");
        self.tus("POST", "/api/uploads", &format!("upload-length: {bytes}\r\nupload-metadata: {metadata}\r\n"), b"")
            .await
    }

    pub(crate) async fn piece(&self, path: &str, offset: usize, piece: &[u8]) -> Option<Reply> {
        self.tus("PATCH", path, &format!("upload-offset: {offset}\r\n"), piece).await
    }

    /// How much of an upload the server has.
    pub(crate) async fn offset(&self, path: &str) -> Option<usize> {
        self.tus("HEAD", path, "", b"").await?.header("upload-offset").parse().ok()
    }

    /// Uploads a whole photograph; gives the id of the attachment.
    pub(crate) async fn upload(&self, draft: &str, photo: &[u8]) -> String {
        let path = self.begin_upload(draft, photo.len()).await.unwrap().expect(201).header("location").to_owned();
        self.piece(&path, 0, photo).await.unwrap().expect(204);
        let view = self.get(&format!("{path}/attachment")).await.unwrap().expect(200).json();
        view["id"].as_str().unwrap().to_owned()
    }

    /// A draft that can be sent.
    pub(crate) async fn ready_draft(&self) -> Value {
        let draft = self.new_draft().await.unwrap().expect(201).json();
        let id = draft["id"].as_str().unwrap();
        let photo = self.upload(id, &photo(8)).await;
        self.change(id, 1, &answers(&photo)).await.unwrap().expect(200);
        self.look_up(id, 2).await.unwrap().expect(200).json()
    }

    /// Under a key that stays the same for the draft.
    pub(crate) async fn submit(&self, draft: &Value) -> Option<Reply> {
        let id = draft["id"].as_str().unwrap();
        let mut seen = json!({ "version": draft["version"], "content_hash": draft["content_hash"] });
        if let Some(returns) = draft.get("returns") {
            seen["returns"] = returns.clone();
        }
        self.post(&format!("/api/drafts/{id}/submit"), &format!("idempotency-key: {id}\r\n"), &seen).await
    }

    /// References of all cases, in the order of the list.
    pub(crate) async fn cases(&self) -> Vec<String> {
        let cases = self.get("/api/cases").await.unwrap().expect(200).json();
        cases.as_array().unwrap().iter().map(reference).collect()
    }
}

pub(crate) fn reference(of: &Value) -> String {
    of["reference"].as_str().unwrap().to_owned()
}

/// Everything that the corner shop asks for.
pub(crate) fn answers(photo: &str) -> Value {
    json!({
        "in-city": true, "track": "ordinary", "credit-code": "92430703MA0000023M",
        "shop-address": { "division": "430703", "street": "430703001", "door": "1 号" },
        "sign": [{ "row": "a", "text": "刘记", "width": "1", "photos": [{ "id": photo, "name": "", "bytes": 1 }] }],
        "title-certificate": { "id": "certificate-liu-title", "title": "", "number": "" },
        "truth": { "accepted": true, "version": 1 },
    })
}

/// A square photograph that hardly shrinks: no two pixels are alike.
pub(crate) fn photo(side: u32) -> Vec<u8> {
    let pixel = |x: u32, y: u32| {
        image::Rgb((x * 7919 + y * 104_729).wrapping_mul(2_654_435_761).to_be_bytes()[..3].try_into().unwrap())
    };
    let mut file = Cursor::new(Vec::new());
    image::RgbImage::from_fn(side, side, pixel).write_to(&mut file, image::ImageFormat::Jpeg).unwrap();
    file.into_inner()
}
