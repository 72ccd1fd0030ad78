//! HTTP by hand, so that a connection can break anywhere: one request on each connection, and no answer when it broke.

use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub(crate) struct Reply {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let of = |line: &'_ str| line.split_once(": ").filter(|(own, _)| own.eq_ignore_ascii_case(name)).is_some();
        self.head.lines().find(|line| of(line)).map_or("", |line| &line[name.len() + 2..])
    }

    /// The reply, which must have this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        self
    }
}

/// `None` when the server went away, before or in the middle of its answer.
pub(crate) async fn ask(at: SocketAddr, method: &str, path: &str, headers: &str, body: &[u8]) -> Option<Reply> {
    let mut connection = TcpStream::connect(at).await.ok()?;
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {at}\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n"
    );
    // A server that has answered already may not take the rest.
    let sent = connection.write_all(&[head.as_bytes(), body].concat()).await;
    let mut answer = Vec::new();
    let read = connection.read_to_end(&mut answer).await;
    let reply = parsed(method, &answer)?;
    (reply.status >= 400 || (sent.is_ok() && read.is_ok())).then_some(reply)
}

/// An answer of which all is there.
fn parsed(method: &str, answer: &[u8]) -> Option<Reply> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8(answer[..end].to_vec()).ok()?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let reply = Reply { status, head, body: answer[end + 4..].to_vec() };
    let whole =
        method == "HEAD" || reply.header("content-length").parse().is_ok_and(|bytes: usize| bytes == reply.body.len());
    (whole || reply.header("content-length").is_empty()).then_some(reply)
}

pub(crate) async fn ask_json(at: SocketAddr, method: &str, path: &str, headers: &str, body: &Value) -> Option<Reply> {
    let headers = format!("content-type: application/json\r\n{headers}");
    ask(at, method, path, &headers, body.to_string().as_bytes()).await
}
