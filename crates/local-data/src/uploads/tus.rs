//! A file over the wire (tus 1.0): announced, sent in pieces from where it stopped, and taken into the answers' reach.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use serde_json::Value;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ProgressEvent, XmlHttpRequest};

use super::retry::Line;
use super::upload::Facts;
use crate::browser::{promise, scope, settle};

/// Small enough that a weak signal carries one before it breaks.
const PIECE_BYTES: u32 = 262_144;
/// What moves no byte for so long is given up.
const STALL_MS: u32 = 15_000;
const VERSION: &str = "1.0.0";

/// What went wrong: the status, 0 where nobody answered, and the server's sentence where there is one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) message: String,
}

/// The way to the server.
pub(super) struct Wire<'a> {
    pub(super) line: &'a Line,
    pub(super) language: &'a str,
}

type Progress = Rc<dyn Fn(f64)>;

impl Wire<'_> {
    /// Announces a file; the address that takes its pieces.
    pub(super) async fn create(&self, facts: &Facts) -> Result<String, Refusal> {
        let headers = [("Upload-Length", facts.size.to_string()), ("Upload-Metadata", metadata(facts))];
        let answer = self.exchange("POST", "/api/uploads", &headers, None, None).await?;
        let location = answer.get_response_header("Location").ok().flatten().unwrap_or_default();
        path_of(&location).ok_or_else(Refusal::default)
    }

    /// Sends what the server does not have yet. `on_sent` hears of every byte that has gone, `on_arrived` of those
    /// that the server has taken.
    pub(super) async fn send(
        &self,
        address: &str,
        bytes: &Uint8Array,
        on_sent: Progress,
        on_arrived: impl Fn(f64),
    ) -> Result<(), Refusal> {
        let mut offset = offset_in(&self.exchange("HEAD", address, &[], None, None).await?)?;
        while let Some(end) = end_of_piece(offset, bytes.length()) {
            let headers =
                [("Upload-Offset", offset.to_string()), ("Content-Type", "application/offset+octet-stream".to_owned())];
            let (on_sent, begun) = (Rc::clone(&on_sent), f64::from(offset));
            let progress: Progress = Rc::new(move |loaded| on_sent(begun + loaded));
            let piece = bytes.slice(offset, end);
            let answer = self.exchange("PATCH", address, &headers, Some(&piece), Some(progress)).await?;
            let reached = offset_in(&answer)?;
            on_arrived(f64::from(reached) - begun);
            offset = reached;
        }
        Ok(())
    }

    /// What a whole file has become.
    pub(super) async fn finish(&self, address: &str) -> Result<Value, Refusal> {
        let answer = self.exchange("GET", &format!("{address}/attachment"), &[], None, None).await?;
        serde_json::from_str(&text_of(&answer)).map_err(|_| Refusal::default())
    }

    async fn exchange(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, String)],
        body: Option<&Uint8Array>,
        progress: Option<Progress>,
    ) -> Result<XmlHttpRequest, Refusal> {
        let request = XmlHttpRequest::new().map_err(|_| Refusal::default())?;
        // What cannot be sent is not answered.
        let _ = self.run(&request, method, url, headers, body, progress).await;
        let status = request.status().unwrap_or_default();
        self.line.note(status);
        if (200..300).contains(&status) {
            return Ok(request);
        }
        Err(Refusal { status, message: sentence_in(&text_of(&request)) })
    }

    /// Ends when the request has ended, however it ended.
    async fn run(
        &self,
        request: &XmlHttpRequest,
        method: &str,
        url: &str,
        headers: &[(&str, String)],
        body: Option<&Uint8Array>,
        progress: Option<Progress>,
    ) -> Result<(), JsValue> {
        request.open(method, url)?;
        request.set_request_header("Tus-Resumable", VERSION)?;
        request.set_request_header("Accept-Language", self.language)?;
        for (name, value) in headers {
            request.set_request_header(name, value)?;
        }
        let (ended, end) = promise();
        let alive = stall_guard(request);
        let (uploading, downloading) = (Rc::clone(&alive), Rc::clone(&alive));
        let on_upload = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
            uploading();
            if let Some(progress) = &progress {
                progress(event.loaded());
            }
        });
        let on_download = Closure::<dyn Fn()>::new(move || downloading());
        let on_end = Closure::<dyn Fn()>::new(move || settle(&end, &JsValue::UNDEFINED));
        if body.is_some() {
            request.upload()?.set_onprogress(Some(on_upload.as_ref().unchecked_ref()));
        }
        request.set_onprogress(Some(on_download.as_ref().unchecked_ref()));
        request.set_onloadend(Some(on_end.as_ref().unchecked_ref()));
        alive();
        match body {
            Some(body) => request.send_with_opt_js_u8_array(Some(body))?,
            None => request.send()?,
        }
        JsFuture::from(ended).await.map(drop)
    }
}

/// Called at each sign of life; the request is given up where none comes.
fn stall_guard(request: &XmlHttpRequest) -> Rc<dyn Fn()> {
    let (timer, request) = (RefCell::new(None), request.clone());
    Rc::new(move || {
        let stalled = request.clone();
        timer.replace(Some(Timeout::new(STALL_MS, move || drop(stalled.abort()))));
    })
}

/// Where the next piece ends; `None` where the server has everything.
fn end_of_piece(offset: u32, size: u32) -> Option<u32> {
    (offset < size).then(|| offset.saturating_add(PIECE_BYTES).min(size))
}

fn offset_in(answer: &XmlHttpRequest) -> Result<u32, Refusal> {
    let offset = answer.get_response_header("Upload-Offset").ok().flatten();
    offset.and_then(|offset| offset.trim().parse().ok()).ok_or_else(Refusal::default)
}

/// The path of an address, which may name its server.
fn path_of(location: &str) -> Option<String> {
    let path = match location.split_once("://") {
        Some((_, rest)) => rest.find('/').map(|at| &rest[at..]),
        None => Some(location),
    };
    path.filter(|path| path.starts_with('/')).map(str::to_owned)
}

fn metadata(facts: &Facts) -> String {
    let pairs = [
        ("draft", Some(&facts.slot.draft)),
        ("field", Some(&facts.slot.field)),
        ("filename", Some(&facts.name)),
        ("row", facts.slot.row.as_ref()),
        ("sha256", facts.sha256.as_ref()),
    ];
    let pair = |(name, value): (&str, Option<&String>)| {
        value.filter(|value| !value.is_empty()).map(|value| format!("{name} {}", base64(value)))
    };
    pairs.into_iter().filter_map(pair).collect::<Vec<_>>().join(",")
}

fn base64(text: &str) -> String {
    let latin: String = text.bytes().map(char::from).collect();
    scope().btoa(&latin).unwrap_or_default()
}

fn text_of(answer: &XmlHttpRequest) -> String {
    answer.response_text().ok().flatten().unwrap_or_default()
}

/// The server's sentence in a refusal.
fn sentence_in(text: &str) -> String {
    let problem: Option<Value> = serde_json::from_str(text).ok();
    problem.and_then(|problem| problem.get("detail")?.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;
    use crate::protocol::Slot;

    #[wasm_bindgen_test]
    fn pieces_cover_a_file_from_where_it_stopped() {
        assert_eq!(end_of_piece(0, 100), Some(100));
        assert_eq!(end_of_piece(0, PIECE_BYTES), Some(PIECE_BYTES));
        assert_eq!(end_of_piece(PIECE_BYTES - 1, PIECE_BYTES), Some(PIECE_BYTES));
        assert_eq!(end_of_piece(PIECE_BYTES, PIECE_BYTES), None);
        assert_eq!(end_of_piece(5, 2 * PIECE_BYTES), Some(PIECE_BYTES + 5));
        assert_eq!(end_of_piece(u32::MAX - 1, u32::MAX), Some(u32::MAX));
        assert_eq!(end_of_piece(0, 0), None, "an empty file");
        assert_eq!(end_of_piece(7, 5), None, "a server that has more than there is");
    }

    #[wasm_bindgen_test]
    fn an_address_is_read_with_and_without_its_server() {
        for (location, path) in [
            ("/api/uploads/x", Some("/api/uploads/x")),
            ("http://localhost:8080/api/uploads/x", Some("/api/uploads/x")),
            ("http://localhost", None),
            ("", None),
        ] {
            assert_eq!(path_of(location).as_deref(), path, "{location}");
        }
    }

    #[wasm_bindgen_test]
    fn metadata_names_what_is_known() {
        let slot = Slot { draft: "d".into(), field: "photos".into(), ..Slot::default() };
        let facts = Facts { slot, name: "门.jpg".into(), ..Facts::default() };
        assert_eq!(metadata(&facts), "draft ZA==,field cGhvdG9z,filename 6Zeo LmpwZw==".replace("6Zeo ", "6Zeo"));
    }

    #[wasm_bindgen_test]
    fn a_refusal_says_the_sentence_of_the_server() {
        assert_eq!(sentence_in(r#"{ "detail": "too large" }"#), "too large");
        assert_eq!(sentence_in("<html>"), "");
    }
}
