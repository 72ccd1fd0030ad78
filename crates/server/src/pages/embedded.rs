//! An app that was built into the program, for a server of one file.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};

use super::{is_file, page_of};
use crate::secret::digest;

/// Of the folder that `YIJIANSHI_APP` named when the program was built; empty without it.
pub(crate) const APP: Files = include!(concat!(env!("OUT_DIR"), "/app.rs"));

pub(crate) type Files = &'static [(&'static str, &'static [u8])];

/// A file in the ways it may be sent.
#[derive(Clone)]
struct Embedded {
    tag: HeaderValue,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

/// Serves the files; what is no file is the app's page.
pub(super) fn router<S: Clone + Send + Sync + 'static>(files: Files) -> Router<S> {
    let by_name: BTreeMap<&str, &'static [u8]> = files.iter().copied().collect();
    let embedded = by_name.iter().filter_map(|(name, plain)| {
        let packed = |ending: &str| by_name.get(format!("{name}{ending}").as_str()).copied();
        let tag = HeaderValue::from_str(&format!("\"{}\"", &digest(plain)[..16])).ok()?;
        Some((*name, Embedded { tag, plain, brotli: packed(".br"), gzip: packed(".gz") }))
    });
    Router::new().fallback(serve).with_state(embedded.collect::<BTreeMap<_, _>>())
}

async fn serve(State(files): State<BTreeMap<&'static str, Embedded>>, request: Request) -> Response {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = request.uri().path();
    let name = if is_file(path) { path.trim_start_matches('/') } else { page_of(path) };
    match files.get(name) {
        Some(file) => file.send(name, request.headers()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Embedded {
    fn send(&self, name: &str, headers: &HeaderMap) -> Response {
        let value =
            |header| headers.get(header).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
        let common = [(ETAG, self.tag.clone()), (VARY, HeaderValue::from_static("accept-encoding"))];
        if self.tag.to_str().is_ok_and(|tag| value(IF_NONE_MATCH).contains(tag)) {
            return (StatusCode::NOT_MODIFIED, common).into_response();
        }
        let media_type = [(CONTENT_TYPE, HeaderValue::from_static(media_type(name)))];
        let accepted = value(ACCEPT_ENCODING);
        let takes = |coding: &str| accepted.split(',').any(|each| each.trim().split(';').next() == Some(coding));
        for (coding, packed) in [("br", self.brotli), ("gzip", self.gzip)] {
            if let Some(packed) = packed.filter(|_| takes(coding)) {
                return (common, media_type, [(CONTENT_ENCODING, coding)], packed).into_response();
            }
        }
        (common, media_type, self.plain).into_response()
    }
}

/// Only what an app consists of.
fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use tower::ServiceExt;

    use super::*;

    const FILES: Files = &[
        ("index.html", b"<!doctype html>page"),
        ("agency.html", b"<!doctype html>officers"),
        ("app-0b1c2d3e4f5a6b7c.js", b"plain"),
        ("app-0b1c2d3e4f5a6b7c.js.br", b"brotli"),
    ];

    async fn get(path: &str, header: (&str, &str)) -> (u16, String, Vec<u8>) {
        let request = Request::builder().uri(path).header(header.0, header.1).body(Body::empty()).unwrap();
        let response = router::<()>(FILES).oneshot(request).await.unwrap();
        let media_type = response.headers().get(CONTENT_TYPE).map_or("", |value| value.to_str().unwrap()).to_owned();
        let status = response.status().as_u16();
        (status, media_type, to_bytes(response.into_body(), 1000).await.unwrap().to_vec())
    }

    #[tokio::test]
    async fn an_app_inside_the_program_is_served_like_one_beside_it() {
        let tag = format!("\"{}\"", &digest(b"plain")[..16]);
        for (path, header, status, media_type, body) in [
            ("/", ("accept", "*/*"), 200, "text/html; charset=utf-8", "<!doctype html>page"),
            ("/drafts/1/signs", ("accept", "*/*"), 200, "text/html; charset=utf-8", "<!doctype html>page"),
            ("/agency/tasks/1/2", ("accept", "*/*"), 200, "text/html; charset=utf-8", "<!doctype html>officers"),
            ("/app-0b1c2d3e4f5a6b7c.js", ("accept-encoding", "gzip"), 200, "text/javascript; charset=utf-8", "plain"),
            (
                "/app-0b1c2d3e4f5a6b7c.js",
                ("accept-encoding", "gzip, br"),
                200,
                "text/javascript; charset=utf-8",
                "brotli",
            ),
            ("/app-0b1c2d3e4f5a6b7c.js", ("if-none-match", &tag), 304, "", ""),
            ("/other.js", ("accept", "*/*"), 404, "", ""),
        ] {
            let expected = (status, media_type.to_owned(), body.as_bytes().to_vec());
            assert_eq!(get(path, header).await, expected, "{path} {header:?}");
        }
    }
}
