//! The resident's pages with their first screen already in them: its content, drawn as the app will draw it, and the
//! answers that the app would ask for first (ADR 0025). What a page shows of a person is never kept by anybody.

mod fields;
mod frame;
mod guide;
mod home;
mod inlined;
mod laid_in;
mod place;
mod reader;
mod step;
mod template;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, Method, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::api::DraftSummary;
use maud::Markup;

use self::laid_in::LaidIn;
use self::place::Place;
use self::reader::Reader;
use self::template::Template;
use super::{ASK_AGAIN, FOLLOWING, OFFICERS, RESIDENTS, is_file, page_of};
use crate::backend::Backend;
use crate::draft::OpenDraft;
use crate::session;
use crate::store::Citizen;

const NEVER_KEPT: HeaderValue = HeaderValue::from_static("no-store");
const BY_COOKIE: HeaderValue = HeaderValue::from_static("cookie");
const HTML: &str = "text/html; charset=utf-8";
/// Set by the app for somebody who signed out, perhaps without a network, until somebody signs in.
const SIGNED_OUT: &str = "signed-out";
/// Whose counties and zones can be chosen on the start page.
const CHANGDE: &str = "4307";

/// What fills pages.
#[derive(Clone)]
pub(super) struct Shell(Arc<Parts>);

struct Parts {
    backend: Backend,
    api: Router,
    residents: Template,
    following: Template,
}

/// What a page is filled with.
struct Filling {
    /// `None` where the app alone draws the screen.
    content: Option<Markup>,
    laid_in: LaidIn,
    /// Under which name the same page is everybody's; `None` for one that is made for this request.
    shared_as: Option<String>,
}

impl Shell {
    /// `file` reads a file of the built app by its name, and `api` answers what is laid into pages. `None` for pages
    /// that have no place for any of it.
    pub(super) fn new(backend: &Backend, api: Router, file: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let template = |name| Template::of(&file(name)?, &file);
        let residents = template(RESIDENTS)?;
        let following = template(FOLLOWING).unwrap_or_else(|| residents.clone());
        Some(Self(Arc::new(Parts { backend: backend.clone(), api, residents, following })))
    }

    /// The page of an address; `None` where it cannot be filled now, and goes out as it was built.
    async fn page(&self, uri: &Uri, headers: &HeaderMap) -> Option<Response> {
        let Parts { backend, api, .. } = &*self.0;
        let (place, reader) = (Place::of(uri), Reader::of(backend, headers));
        let has_left = session::cookie_named(headers, SIGNED_OUT).is_some_and(|value| !value.is_empty());
        // What is searched for comes from outside. Beside it stands nothing personal: sizes of compressed answers would
        // tell.
        let citizen = match &place {
            Place::Search { .. } => None,
            _ if has_left => None,
            _ => session::citizen(backend, headers).await.ok()?,
        };
        let mut laid_in = LaidIn::new(api.clone(), headers);
        match (&place, &citizen) {
            (Place::Search { .. }, _) => {}
            (_, Some(citizen)) => laid_in.put("/api/session", &session::view(citizen)),
            (_, None) => laid_in.put_nobody(),
        }
        let filling = self.filling(&place, &reader, citizen.as_ref(), laid_in).await;
        let template = if page_of(uri.path()) == FOLLOWING { &self.0.following } else { &self.0.residents };
        if let Some(name) = filling.shared_as.as_ref().filter(|_| citizen.is_none()) {
            let key = format!("page {} {name} {} {}", page_of(uri.path()), reader.tag(), reader.division);
            let known = match backend.bodies.known(&key) {
                Some(known) => known,
                None => {
                    let page = template.filled(&reader, &filling);
                    backend.bodies.remember(key, HTML, page.into_bytes()).ok()?
                }
            };
            let mut response = known.answer(headers, Some(&ASK_AGAIN));
            response.headers_mut().append(VARY, BY_COOKIE);
            return Some(with_sources(response, template));
        }
        let cache = if citizen.is_some() { NEVER_KEPT } else { ASK_AGAIN };
        let headers = [(CONTENT_TYPE, HeaderValue::from_static(HTML)), (CACHE_CONTROL, cache), (VARY, BY_COOKIE)];
        Some(with_sources((headers, template.filled(&reader, &filling)).into_response(), template))
    }

    async fn filling(&self, place: &Place, reader: &Reader, citizen: Option<&Citizen>, mut laid_in: LaidIn) -> Filling {
        let backend = &self.0.backend;
        let is_signed_in = citizen.is_some();
        let (content, shared_as) = match place {
            Place::Home => {
                let content = self.home("", reader, citizen, &mut laid_in).await;
                (Some(content), Some("home".to_owned()))
            }
            Place::Search { words } => (Some(self.home(words, reader, None, &mut laid_in).await), None),
            Place::Guide { service } => match self.guide(service, reader, is_signed_in, &mut laid_in).await {
                Some(content) => (Some(content), Some(format!("guide {service}"))),
                None => (None, Some("other".to_owned())),
            },
            Place::Draft { draft, screen } => {
                let open = match citizen {
                    Some(citizen) => OpenDraft::of(backend, citizen, draft).await.ok(),
                    None => None,
                };
                let content = match &open {
                    Some(open) => {
                        laid_in.put(&format!("/api/drafts/{draft}"), &open.view());
                        laid_in.ask(&place::definition_url(open)).await;
                        step::step(open, screen, reader)
                    }
                    None => None,
                };
                (content, Some("other".to_owned()))
            }
            Place::List { url } if is_signed_in => {
                laid_in.ask(url).await;
                (None, None)
            }
            Place::List { .. } | Place::Other => (None, Some("other".to_owned())),
        };
        Filling { content, laid_in, shared_as }
    }

    async fn home(&self, search: &str, reader: &Reader, citizen: Option<&Citizen>, laid_in: &mut LaidIn) -> Markup {
        laid_in.ask("/api/services").await;
        laid_in.ask(&format!("/api/divisions?parent={CHANGDE}")).await;
        let mine = match citizen {
            Some(citizen) => Some(home::Mine {
                session: session::view(citizen),
                drafts: laid_in.ask_for("/api/drafts").await.unwrap_or_default(),
                cases: laid_in.ask_for("/api/cases").await.unwrap_or_default(),
            }),
            None => None,
        };
        home::home(&self.0.backend, reader, search, mine.as_ref())
    }

    /// `None` for a service that does not exist.
    async fn guide(&self, service: &str, reader: &Reader, is_signed_in: bool, laid_in: &mut LaidIn) -> Option<Markup> {
        let Parts { backend, .. } = &*self.0;
        let found = backend.catalogue.newest(&*backend.store, service, &reader.division).await.ok()??;
        laid_in.ask(&format!("/api/services/{service}?division={}", reader.division)).await;
        let begun = match is_signed_in {
            true => laid_in.ask_for::<Vec<DraftSummary>>("/api/drafts").await.unwrap_or_default(),
            false => Vec::new(),
        };
        let begun = begun.into_iter().find(|draft| draft.service == found.id).map(|draft| draft.id);
        let start = match (begun, is_signed_in) {
            (Some(draft), _) => guide::Start::GoOn { draft },
            (None, true) => guide::Start::Begin,
            (None, false) => guide::Start::SignInFirst,
        };
        Some(guide::guide(&found, reader, &start))
    }
}

/// Lets the policy of the answer allow what stands in the page (`headers.rs`).
fn with_sources(mut response: Response, template: &Template) -> Response {
    response.extensions_mut().insert(template.sources().clone());
    response
}

/// Answers pages of the resident's, filled. Everything else is for the files.
pub(super) async fn fill(State(shell): State<Shell>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_asked = [Method::GET, Method::HEAD].contains(request.method());
    if is_asked
        && !is_file(path)
        && page_of(path) != OFFICERS
        && let Some(page) = shell.page(request.uri(), request.headers()).await
    {
        return page;
    }
    next.run(request).await
}
