//! Headers that every answer carries, and what the browser may do with our pages.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, USER_AGENT,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::backend::Backend;

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const PERMISSIONS: HeaderValue =
    HeaderValue::from_static("camera=(self), geolocation=(self), microphone=(), payment=(), usb=()");

/// Chromium before 97 compiles WebAssembly only with `unsafe-eval`.
const FOR_OLD_WEBVIEWS: &str = " 'unsafe-eval'";

/// What stands in a page itself and may be used there: each a blank and the hash of its content, as a content security
/// policy spells it.
#[derive(Clone, Default)]
pub(crate) struct InlineSources {
    pub(crate) styles: String,
    pub(crate) scripts: String,
}

impl InlineSources {
    fn policy(&self, is_old_webview: bool) -> Option<HeaderValue> {
        let Self { styles, scripts } = self;
        let evaluation = if is_old_webview { FOR_OLD_WEBVIEWS } else { "" };
        let policy = format!(
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{evaluation}{scripts}; style-src 'self'{styles}; \
             img-src 'self' blob: data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
             frame-ancestors 'self'"
        );
        HeaderValue::from_str(&policy).ok()
    }
}

/// Nothing at all: for a policy that cannot be written, which does not happen.
const NOTHING_ALLOWED: HeaderValue = HeaderValue::from_static("default-src 'none'");

/// Adds the headers; a handler's own policy stays.
pub(crate) async fn protect(State(backend): State<Backend>, request: Request, next: Next) -> Response {
    let is_old_webview = is_old_webview(request.headers());
    let mut response = next.run(request).await;
    let sources = response.extensions_mut().remove::<InlineSources>().unwrap_or_default();
    let headers = response.headers_mut();
    let policy = || sources.policy(is_old_webview).unwrap_or(NOTHING_ALLOWED);
    headers.entry(CONTENT_SECURITY_POLICY).or_insert_with(policy);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(PERMISSIONS_POLICY, PERMISSIONS);
    if backend.behind_https {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// API responses are private to the client that asked, unless a handler says otherwise.
pub(crate) async fn keep_private(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn is_old_webview(headers: &HeaderMap) -> bool {
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let version = agent.split_once("Chrome/").and_then(|(_, rest)| rest.split('.').next()?.parse::<u32>().ok());
    version.is_some_and(|version| version < 97)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_old_chromium_may_evaluate_code() {
        for (agent, old) in [
            ("Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.3987.99 Mobile", true),
            ("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/97.0.4692.71 Safari/537.36", false),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) Version/15.0 Mobile Safari/604.1", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(USER_AGENT, HeaderValue::from_static(agent))]);
            assert_eq!(is_old_webview(&headers), old, "{agent}");
        }
    }
}
