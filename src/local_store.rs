//! What this phone keeps for its owner, sealed: copies of what the server answered, answers that the server does not
//! have yet, photographs on their way. A program of its own does it (`crates/local-data`, ADR 0024); this is the way
//! to it.

mod connection;
mod program;

use std::rc::Rc;

use gloo_net::http::Method;
use leptos::prelude::*;
use local_data::protocol::{Event, Queue, Reply, Request, Slot, Unsent};
use serde_json::Value;
use web_sys::File;

use crate::browser;
use connection::Connection;

const SESSION: &str = "/api/session";
/// Answers under these addresses, and those that say that a session is over, concern what is kept here.
const CONCERNED: [&str; 4] = [SESSION, "/api/drafts", "/api/cases", "/api/certificates"];
/// Settings: something may be kept on this phone; a sign-out that the server does not know of.
const IS_USED: &str = "local-data";
const OWED_SIGN_OUT: &str = "owed-sign-out";

/// The store of this phone. It stands in the context.
#[derive(Clone, Copy)]
pub(crate) struct LocalStore {
    /// Whether this phone keeps anything.
    pub(crate) is_keeping: RwSignal<bool>,
    /// Where the page was when it was closed with the camera open.
    pub(crate) lost_page: RwSignal<Option<LostPage>>,
    connection: StoredValue<Rc<Connection>, LocalStorage>,
    queue_listener: StoredValue<Option<QueueListener>, LocalStorage>,
}

type QueueListener = Rc<dyn Fn(Queue)>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LostPage {
    pub(crate) path: String,
    /// The place of the photographs in the draft.
    pub(crate) place: String,
}

impl LocalStore {
    /// Where something may be kept from before, the program starts after the first paint; else when somebody signs in.
    pub(crate) fn start() -> Self {
        let is_used = browser::stored(IS_USED).is_some();
        let store = Self {
            is_keeping: RwSignal::new(true),
            lost_page: RwSignal::new(None),
            connection: StoredValue::new_local(Connection::new(is_used)),
            queue_listener: StoredValue::new_local(None),
        };
        store.connection().on_event(move |event| store.hear(event));
        if is_used {
            request_animation_frame(move || set_timeout(move || store.expect(), std::time::Duration::ZERO));
        }
        for event in ["online", "visibilitychange"] {
            window_event_listener_untyped(event, move |_| {
                let is_visible = browser::is_visible();
                store.connection().start_again();
                store.connection().tell(Request::Wake { is_visible }, Vec::new());
            });
        }
        store
    }

    /// The program will be needed soon.
    pub(crate) fn expect(self) {
        self.connection().start();
    }

    fn connection(self) -> Rc<Connection> {
        self.connection.get_value()
    }

    fn hear(self, event: Event) {
        match event {
            Event::Keeps(is_keeping) => self.is_keeping.set(is_keeping),
            Event::PageLost { path, place } => self.lost_page.set(Some(LostPage { path, place })),
            Event::Queue(queue) => {
                if let Some(listener) = self.queue_listener.get_value() {
                    listener(queue);
                }
            }
            // This page began without knowing of it. The server hears of it before anything else of this person is
            // shown.
            Event::SignOutOwed => {
                if browser::stored(OWED_SIGN_OUT).is_none() {
                    browser::store(OWED_SIGN_OUT, "1");
                    browser::reload();
                }
            }
        }
    }

    /// Whether somebody signed out, and the server does not know it yet: it hears that before anything else is asked.
    pub(crate) fn owes_sign_out(self, method: &Method, url: &str) -> bool {
        *method == Method::GET && url == SESSION && browser::stored(OWED_SIGN_OUT).is_some()
    }

    /// The server knows by now.
    pub(crate) fn confirm_sign_out(self) {
        browser::forget(OWED_SIGN_OUT);
        self.connection().tell(Request::SignOutConfirmed, Vec::new());
    }

    /// Keeps a copy of an answer, or forgets what it ends. Only a sign-out is waited for.
    pub(crate) async fn note_answer(self, method: &Method, url: &str, status: u16, body: &Value) {
        if status != 401 && !CONCERNED.iter().any(|concerned| url.starts_with(concerned)) {
            return;
        }
        let connection = self.connection();
        let is_signed_in = url == SESSION && matches!(status, 200 | 201);
        if is_signed_in {
            browser::store(IS_USED, "1");
            connection.start();
        }
        if is_signed_in && *method == Method::POST {
            browser::forget(OWED_SIGN_OUT);
        }
        let answer =
            Request::NoteAnswer { method: method.to_string(), url: url.to_owned(), status, body: body.clone() };
        if *method == Method::DELETE && url == SESSION {
            connection.ask(answer).await;
        } else {
            connection.tell(answer, Vec::new());
        }
    }

    /// What the server answered last time, where it cannot be reached now.
    pub(crate) async fn copy_of(self, method: &Method, url: &str) -> Option<Value> {
        if *method == Method::DELETE && url == SESSION {
            browser::store(OWED_SIGN_OUT, "1");
            self.connection().ask(Request::SignOut).await;
        }
        // What was to be changed, or signed in to, has no copy.
        if *method != Method::GET {
            return None;
        }
        match self.connection().ask(Request::CopyOf { url: url.to_owned() }).await {
            Some(Reply::Copy(copy)) => copy,
            _ => None,
        }
    }

    /// Persists what the server does not have of a draft of this person; nothing, where `unsent` is `None`. Whether it
    /// is on the disk now.
    pub(crate) async fn persist(self, owner: &str, draft: &str, unsent: Option<Value>, is_pending: bool) -> bool {
        let (owner, draft) = (owner.to_owned(), draft.to_owned());
        let request = Request::Persist { owner, draft, unsent, is_pending_submission: is_pending };
        self.connection().ask(request).await == Some(Reply::IsSo(true))
    }

    /// What earlier pages and other tabs persisted of a draft of this person, the oldest first; `None` where the
    /// program that knows has not answered yet.
    pub(crate) async fn unsent(self, owner: &str, draft: &str) -> Option<Vec<Unsent>> {
        unsent_in(self.connection().ask(unsent_of(owner, draft)).await)
    }

    /// The same, however long the program takes to start.
    pub(crate) async fn unsent_at_last(self, owner: &str, draft: &str) -> Vec<Unsent> {
        unsent_in(self.connection().ask_patiently(unsent_of(owner, draft)).await).unwrap_or_default()
    }

    /// The drafts whose owner pressed "send" when there was no network.
    pub(crate) async fn pending_submissions(self) -> Vec<String> {
        match self.connection().ask_patiently(Request::PendingSubmissions).await {
            Some(Reply::Drafts(drafts)) => drafts,
            _ => Vec::new(),
        }
    }

    /// Whether the server has everything that this phone has.
    pub(crate) async fn is_everything_sent(self) -> bool {
        match self.connection().ask(Request::IsEverythingSent).await {
            Some(Reply::IsSo(is_sent)) => is_sent,
            // Nothing was ever kept here, or nobody knows.
            _ => !self.connection().is_used(),
        }
    }

    /// The camera is about to open, and the page may be closed for it.
    pub(crate) fn open_camera(self, place: &str) {
        let (path, place) = (browser::path(), place.to_owned());
        self.connection().tell(Request::OpenCamera { path, place }, Vec::new());
    }

    pub(crate) fn close_camera(self) {
        self.connection().tell(Request::CloseCamera, Vec::new());
    }

    /// Hears of every change of the files on their way.
    pub(crate) fn on_queue(self, listener: impl Fn(Queue) + 'static) {
        self.queue_listener.set_value(Some(Rc::new(listener)));
    }

    /// Goes on with what an earlier page left on this phone.
    pub(crate) async fn resume_uploads(self) {
        self.connection().ask_patiently(Request::ResumeUploads).await;
    }

    pub(crate) fn add_files(self, slot: Slot, files: Vec<File>) {
        self.connection().tell(Request::AddFiles(slot), files);
    }

    pub(crate) async fn turn_picture(self, slot: Slot, attachment: &str, name: &str) -> bool {
        let request = Request::TurnPicture { slot, attachment: attachment.to_owned(), name: name.to_owned() };
        self.connection().ask(request).await == Some(Reply::IsSo(true))
    }

    pub(crate) fn retry_upload(self, key: &str) {
        self.connection().tell(Request::RetryUpload { key: key.to_owned() }, Vec::new());
    }

    pub(crate) fn remove_upload(self, key: &str) {
        self.connection().tell(Request::RemoveUpload { key: key.to_owned() }, Vec::new());
    }
}

fn unsent_of(owner: &str, draft: &str) -> Request {
    Request::Unsent { owner: owner.to_owned(), draft: draft.to_owned() }
}

fn unsent_in(reply: Option<Reply>) -> Option<Vec<Unsent>> {
    match reply? {
        Reply::Unsent(unsent) => Some(unsent),
        _ => None,
    }
}

/// Runs `act` with what `LocalStore::is_everything_sent` says.
pub(crate) fn promise_that_everything_is_sent(store: LocalStore) -> js_sys::Promise {
    wasm_bindgen_futures::future_to_promise(async move { Ok(store.is_everything_sent().await.into()) })
}
