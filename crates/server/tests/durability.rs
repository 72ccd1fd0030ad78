//! The real program, killed while people are sending: whoever was told "received" has a case afterwards, and whoever was not
//! sends again under the same key and gets exactly one.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on fails its test")]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Cursor};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

const PEOPLE_SENDING: usize = 12;

struct Server {
    program: Child,
    address: SocketAddr,
}

impl Server {
    fn start(data: &Path) -> Self {
        let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/services");
        let mut program = Command::new(env!("CARGO_BIN_EXE_server"))
            .args(["--port", "0", "--demo", "--log", "error", "--data"])
            .arg(data)
            .arg("--services")
            .arg(services)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").unwrap().parse().unwrap();
        Self { program, address }
    }

    fn kill(&mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// One request on a connection of its own; `None` when the server went away.
async fn ask(at: SocketAddr, method: &str, path: &str, headers: &str, body: &[u8]) -> Option<(u16, String, Vec<u8>)> {
    let mut connection = TcpStream::connect(at).await.ok()?;
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {at}\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n"
    );
    connection.write_all(&[head.as_bytes(), body].concat()).await.ok()?;
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await.ok()?;
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, head, answer[end + 4..].to_vec()))
}

async fn json(at: SocketAddr, method: &str, path: &str, headers: &str, body: &Value) -> Option<(u16, Value)> {
    let headers = format!("content-type: application/json\r\n{headers}");
    let (status, _, answer) = ask(at, method, path, &headers, body.to_string().as_bytes()).await?;
    Some((status, serde_json::from_slice(&answer).ok()?))
}

fn header<'a>(head: &'a str, name: &str) -> &'a str {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap()
}

/// The cookie as a header line.
async fn sign_in(at: SocketAddr) -> String {
    let body = json!({ "ticket": "ticket-liu" }).to_string();
    let (_, head, _) =
        ask(at, "POST", "/api/session", "content-type: application/json\r\n", body.as_bytes()).await.unwrap();
    format!("cookie: {}\r\n", header(&head, "set-cookie").split(';').next().unwrap())
}

async fn ready_draft(at: SocketAddr, cookie: &str) -> Value {
    let new = json!({ "service": "corner-shop", "division": "430703" });
    let draft = json(at, "POST", "/api/drafts", cookie, &new).await.unwrap().1;
    let id = draft["id"].as_str().unwrap();
    let photo = upload(at, cookie, id).await;
    let answers = json!({
        "in-city": true, "track": "ordinary", "credit-code": "92430703MA0000023M",
        "shop-address": { "division": "430703", "street": "430703001", "door": "1 号" },
        "sign": [{ "row": "a", "text": "刘记", "width": "1", "photos": [{ "id": photo, "name": "", "bytes": 1 }] }],
        "title-certificate": { "id": "certificate-liu-title", "title": "", "number": "" },
        "truth": { "accepted": true, "version": 1 },
    });
    let path = format!("/api/drafts/{id}");
    let tagged = |version: u64| format!("{cookie}if-match: \"{version}\"\r\n");
    json(at, "PATCH", &path, &tagged(1), &json!({ "answers": answers })).await.unwrap();
    json(at, "POST", &format!("{path}/lookups/licence-check"), &tagged(2), &json!({})).await.unwrap().1
}

async fn upload(at: SocketAddr, cookie: &str, draft: &str) -> String {
    let mut photo = Cursor::new(Vec::new());
    image::RgbImage::new(8, 8).write_to(&mut photo, image::ImageFormat::Jpeg).unwrap();
    let photo = photo.into_inner();
    let metadata: Vec<_> = [("draft", draft), ("field", "sign.photos"), ("row", "a")]
        .map(|(name, value)| format!("{name} {}", STANDARD.encode(value)))
        .to_vec();
    let tus = format!("{cookie}tus-resumable: 1.0.0\r\n");
    let headers = format!("{tus}upload-length: {}\r\nupload-metadata: {}\r\n", photo.len(), metadata.join(","));
    let (_, head, _) = ask(at, "POST", "/api/uploads", &headers, b"").await.unwrap();
    let path = header(&head, "location").to_owned();
    let headers = format!("{tus}upload-offset: 0\r\ncontent-type: application/offset+octet-stream\r\n");
    assert_eq!(ask(at, "PATCH", &path, &headers, &photo).await.unwrap().0, 204);
    let view = json(at, "GET", &format!("{path}/attachment"), cookie, &Value::Null).await.unwrap().1;
    view["id"].as_str().unwrap().to_owned()
}

async fn send(at: SocketAddr, cookie: String, draft: Value) -> Option<String> {
    let id = draft["id"].as_str().unwrap();
    let seen = json!({ "version": draft["version"], "content_hash": draft["content_hash"] });
    let headers = format!("{cookie}idempotency-key: {id}\r\n");
    let (status, receipt) = json(at, "POST", &format!("/api/drafts/{id}/submit"), &headers, &seen).await?;
    (status == 201).then(|| receipt["reference"].as_str().unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_outlives_the_program() {
    let data = tempfile::tempdir().unwrap();
    let mut server = Server::start(data.path());
    let cookie = sign_in(server.address).await;
    let mut drafts = Vec::new();
    for _ in 0..PEOPLE_SENDING {
        drafts.push(ready_draft(server.address, &cookie).await);
    }

    let mut sending: JoinSet<_> =
        drafts.iter().map(|draft| send(server.address, cookie.clone(), draft.clone())).collect();
    let mut received = BTreeSet::new();
    received.extend(sending.join_next().await.unwrap().unwrap());
    server.kill();
    while let Some(sent) = sending.join_next().await {
        received.extend(sent.unwrap());
    }

    let server = Server::start(data.path());
    let known = async || -> BTreeSet<String> {
        let cases = json(server.address, "GET", "/api/cases", &cookie, &Value::Null).await.unwrap().1;
        cases.as_array().unwrap().iter().map(|case| case["reference"].as_str().unwrap().to_owned()).collect()
    };
    assert!(!received.is_empty());
    assert!(received.is_subset(&known().await), "{received:?}");

    let mut again = BTreeSet::new();
    for draft in drafts {
        again.insert(send(server.address, cookie.clone(), draft).await.unwrap());
    }
    assert_eq!(again.len(), PEOPLE_SENDING);
    assert_eq!(known().await, again);
}
