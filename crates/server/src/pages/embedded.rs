//! An app that was built into the program, for a server of one file.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use super::{is_file, page_of};
use crate::compressed::Compressed;

/// Of the folder that `YIJIANSHI_APP` named when the program was built; empty without it.
pub(crate) const APP: Files = include!(concat!(env!("OUT_DIR"), "/app.rs"));

pub(crate) type Files = &'static [(&'static str, &'static [u8])];

/// Serves the files; what is no file is the app's page.
pub(super) fn router<S: Clone + Send + Sync + 'static>(files: Files) -> Router<S> {
    let by_name: BTreeMap<&str, &'static [u8]> = files.iter().copied().collect();
    let embedded = by_name.iter().filter_map(|(name, plain)| {
        let packed = |ending: &str| Some(Bytes::from_static(by_name.get(format!("{name}{ending}").as_str())?));
        let copies = Compressed::of_copies(media_type(name), Bytes::from_static(plain), packed(".br"), packed(".gz"));
        Some((*name, Arc::new(copies.ok()?)))
    });
    Router::new().fallback(serve).with_state(embedded.collect::<BTreeMap<_, _>>())
}

/// A page, to be filled, or what is put into one.
pub(super) fn text(name: &str) -> Option<String> {
    let (_, content) = APP.iter().find(|(own, _)| *own == name)?;
    String::from_utf8(content.to_vec()).ok()
}

async fn serve(State(files): State<BTreeMap<&'static str, Arc<Compressed>>>, request: Request) -> Response {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = request.uri().path();
    let name = if is_file(path) { path.trim_start_matches('/') } else { page_of(path) };
    match files.get(name) {
        Some(file) => file.answer(request.headers(), None),
        None => StatusCode::NOT_FOUND.into_response(),
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
    use axum::http::header::CONTENT_TYPE;
    use tower::ServiceExt;

    use super::*;
    use crate::secret::digest;

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
