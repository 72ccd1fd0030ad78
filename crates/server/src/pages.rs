//! The built apps: the officers' page below `/agency`, the resident's for every other address that people see (with
//! another program where cases are followed), and files for the rest.

mod embedded;
mod releases;
mod shell;

use std::convert::Infallible;
use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

pub(crate) use releases::Releases;

use self::shell::Shell;
use crate::backend::Backend;

const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The app of the folder, or the one inside the program; `None` where there is neither. `api` answers what pages are
/// filled with.
pub(crate) fn router<S: Clone + Send + Sync + 'static>(backend: &Backend, api: Router) -> Option<Router<S>> {
    let folder = backend.app.as_deref();
    let app = match folder {
        Some(folder) => in_folder(folder),
        None if embedded::APP.is_empty() => return None,
        None => embedded::router(embedded::APP),
    };
    let file = |name: &str| match folder {
        Some(folder) => std::fs::read_to_string(folder.join(name)).ok(),
        None => embedded::text(name),
    };
    let mut app = with_earlier(app, &backend.releases);
    if let Some(shell) = Shell::new(backend, api, file) {
        app = app.layer(from_fn_with_state(shell, shell::fill));
    }
    Some(app.layer(from_fn(cache)))
}

/// Pages that were opened before a release find their files.
fn with_earlier<S: Clone + Send + Sync + 'static>(app: Router<S>, releases: &Releases) -> Router<S> {
    app.layer(from_fn_with_state(releases.clone(), releases::serve_earlier))
}

/// Serves the folder that the app was built into. A name with a dot is a file, there or not: a missing script must not
/// be answered with a page. Every other address is the app's.
fn in_folder<S: Clone + Send + Sync + 'static>(folder: &Path) -> Router<S> {
    let page = |name| ServeFile::new(folder.join(name)).precompressed_br().precompressed_gzip();
    let pages = [RESIDENTS, FOLLOWING, OFFICERS].map(|name| (name, page(name)));
    let files = ServeDir::new(folder).append_index_html_on_directories(false).precompressed_br().precompressed_gzip();
    let either = tower::service_fn(move |request: Request| {
        let (pages, files) = (pages.clone(), files.clone());
        async move {
            let path = request.uri().path();
            let page = pages.into_iter().find(|(name, _)| *name == page_of(path)).filter(|_| !is_file(path));
            let response = match page {
                Some((_, page)) => page.oneshot(request).await.into_response(),
                None => files.oneshot(request).await.into_response(),
            };
            Ok::<_, Infallible>(response)
        }
    });
    Router::new().fallback_service(either)
}

const RESIDENTS: &str = "index.html";
/// The same page with the program that shows what a person has: drafts, receipts, cases, certificates.
const FOLLOWING: &str = "following.html";
const OFFICERS: &str = "agency.html";

/// Which page stands for an address.
fn page_of(path: &str) -> &'static str {
    let is_below =
        |folder| path.strip_prefix(folder).is_some_and(|rest: &str| rest.is_empty() || rest.starts_with('/'));
    match path {
        _ if is_below("/agency") => OFFICERS,
        "/drafts" | "/drafts/" => FOLLOWING,
        _ if ["/cases", "/certificates", "/sign", "/signers", "/grievance"].into_iter().any(is_below) => FOLLOWING,
        _ => RESIDENTS,
    }
}

fn is_file(path: &str) -> bool {
    path.rsplit('/').next().unwrap_or_default().contains('.')
}

/// Files whose names carry a hash of their content never change; everything else is asked for again.
async fn cache(request: Request, next: Next) -> Response {
    let hashed = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let lasting = hashed && (response.status().is_success() || response.status() == 304);
    // A filled page knows better.
    response.headers_mut().entry(CACHE_CONTROL).or_insert(if lasting { FOR_EVER } else { ASK_AGAIN });
    response
}

/// As Trunk names them: `tokens-0b1c2d3e4f5a6b7c.css`, `app-0b1c2d3e4f5a6b7c_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let mut words = name.split(['-', '_', '.']);
    words.any(|word| word.len() >= 12 && word.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn officers_and_followers_have_pages_of_their_own() {
        for (path, page) in [
            ("/agency", OFFICERS),
            ("/agency/", OFFICERS),
            ("/agency/tasks/CD2611-0427-7/sign-permit", OFFICERS),
            ("/", RESIDENTS),
            ("/agency-of-travel", RESIDENTS),
            ("/services/shop-sign", RESIDENTS),
            ("/drafts", FOLLOWING),
            ("/drafts/3f/steps/contact", RESIDENTS),
            ("/cases/CD2611-0427-7", FOLLOWING),
            ("/cases/CD2611-0427-7/receipt", FOLLOWING),
            ("/certificates", FOLLOWING),
            ("/sign/3f", FOLLOWING),
            ("/signers/3f", FOLLOWING),
            ("/sign-in", RESIDENTS),
            ("/grievance", FOLLOWING),
        ] {
            assert_eq!(page_of(path), page, "{path}");
        }
    }

    #[test]
    fn only_names_with_a_hash_last_for_ever() {
        for (path, hashed) in [
            ("/tokens-0b1c2d3e4f5a6b7c.css", true),
            ("/yijianshi-0b1c2d3e4f5a6b7c_bg.wasm", true),
            ("/index.html", false),
            ("/icon-192.png", false),
            ("/manifest.webmanifest", false),
        ] {
            assert_eq!(is_hashed(path), hashed, "{path}");
        }
    }
}
