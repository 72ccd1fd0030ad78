//! Serves the app's requests, in their order, over a channel whose other end the app holds.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::Array;
use serde_json::Value;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    CustomEvent, CustomEventInit, DedicatedWorkerGlobalScope, File, MessageChannel, MessageEvent, MessagePort, Window,
};

use crate::camera;
use crate::copies::{Copies, Meaning};
use crate::database::Table;
use crate::journal::Journal;
use crate::protocol::{Call, Event, Message, Reply, Request, STARTED_EVENT};
use crate::store::Store;
use crate::uploads::Uploads;

/// Starts the program and hands the app its end of the channel.
pub fn start() {
    let Ok(channel) = MessageChannel::new() else { return };
    let server = Server::new(channel.port1());
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| server.hear(&event));
    channel.port1().set_onmessage(Some(listener.into_js_value().unchecked_ref()));
    hand_over(&channel.port2());
}

fn hand_over(port: &MessagePort) {
    let scope = js_sys::global();
    if let Some(worker) = scope.dyn_ref::<DedicatedWorkerGlobalScope>() {
        let _ = worker.post_message_with_transfer(&JsValue::NULL, &Array::of1(port));
    } else if let Some(window) = scope.dyn_ref::<Window>() {
        let detail = CustomEventInit::new();
        detail.set_detail(port);
        if let Ok(started) = CustomEvent::new_with_event_init_dict(STARTED_EVENT, &detail) {
            let _ = window.dispatch_event(&started);
        }
    }
}

/// A request with the files beside it.
struct Incoming {
    call: Call,
    files: Vec<File>,
}

struct Server {
    port: MessagePort,
    store: Rc<Store>,
    journal: Journal,
    copies: Rc<Copies>,
    uploads: Rc<Uploads>,
    waiting: RefCell<VecDeque<Incoming>>,
    is_serving: Cell<bool>,
    has_begun: Cell<bool>,
    has_checked: Cell<bool>,
}

impl Server {
    fn new(port: MessagePort) -> Rc<Self> {
        let out = port.clone();
        let store = Store::new(Rc::new(move |message| post(&out, &message)));
        Rc::new(Self {
            port,
            journal: Journal::new(Rc::clone(&store)),
            copies: Rc::new(Copies::new(Rc::clone(&store))),
            uploads: Uploads::new(Rc::clone(&store)),
            store,
            waiting: RefCell::default(),
            is_serving: Cell::new(false),
            has_begun: Cell::new(false),
            has_checked: Cell::new(false),
        })
    }

    fn hear(self: &Rc<Self>, event: &MessageEvent) {
        let parts = Array::from(&event.data());
        let text = parts.get(0).as_string().unwrap_or_default();
        let Ok(call) = serde_json::from_str(&text) else { return };
        let files = parts.iter().skip(1).filter_map(|file| file.dyn_into().ok()).collect();
        self.waiting.borrow_mut().push_back(Incoming { call, files });
        if !self.is_serving.replace(true) {
            let server = Rc::clone(self);
            spawn_local(async move { server.serve().await });
        }
    }

    async fn serve(&self) {
        if !self.has_begun.replace(true) {
            self.store.restore().await;
            if let Some(lost) = camera::lost_page(&self.store).await {
                self.store.tell(lost);
            }
        }
        loop {
            let Some(Incoming { call: Call { id, request }, files }) = self.waiting.borrow_mut().pop_front() else {
                break;
            };
            let reply = self.answer(request, files).await;
            post(&self.port, &Message::Reply { id, reply });
        }
        self.is_serving.set(false);
        // Asked last: the app may just have said that the server knows.
        if !self.has_checked.replace(true) && self.store.owes_sign_out().await {
            self.store.tell(Event::SignOutOwed);
        }
    }

    async fn answer(&self, request: Request, files: Vec<File>) -> Reply {
        match request {
            Request::NoteAnswer { method, url, status, body } => self.note_answer(&method, &url, status, body).await,
            Request::CopyOf { url } => return Reply::Copy(self.copies.copy_of(&url).await),
            Request::SignOut => {
                self.sign_out().await;
                self.store.owe_sign_out().await;
            }
            Request::SignOutConfirmed => self.store.settle_sign_out().await,
            Request::Persist { owner, draft, unsent, is_pending_submission } => {
                let persisting = self.journal.persist(&owner, &draft, unsent.as_ref(), is_pending_submission);
                return Reply::IsSo(persisting.await);
            }
            Request::Unsent { owner, draft } => return Reply::Unsent(self.journal.unsent(&owner, &draft).await),
            Request::PendingSubmissions => return Reply::Drafts(self.journal.pending_submissions().await),
            Request::IsEverythingSent => return Reply::IsSo(self.is_everything_sent().await),
            Request::OpenCamera { path, place } => camera::open(&self.store, &path, &place).await,
            Request::CloseCamera => camera::close(&self.store).await,
            Request::ResumeUploads => self.uploads.resume().await,
            Request::AddFiles(slot) => self.uploads.add(slot, files, None),
            Request::TurnPicture { slot, attachment, name } => {
                return Reply::IsSo(self.uploads.turn(slot, &attachment, &name).await);
            }
            Request::RetryUpload { key } => self.uploads.retry(Some(&key)),
            Request::RemoveUpload { key } => self.uploads.remove(&key).await,
            Request::Wake { is_visible } => self.wake(is_visible).await,
        }
        Reply::Done
    }

    async fn note_answer(&self, method: &str, url: &str, status: u16, body: Value) {
        match Meaning::of(method, url, status, &body) {
            Meaning::SignedIn { is_new } => {
                let Some(key) = body.get("journal_key").and_then(Value::as_str) else { return };
                let idle_seconds = body.get("idle_seconds").and_then(Value::as_f64).unwrap_or_default();
                if self.store.begin(key, idle_seconds, is_new).await {
                    self.uploads.close();
                }
                if is_new {
                    // Another session has taken the place of the one that was to end.
                    self.store.settle_sign_out().await;
                }
                self.copies.keep(url, &body).await;
                self.uploads.resume().await;
            }
            Meaning::SignedOut => self.sign_out().await,
            Meaning::Expired => self.store.expire().await,
            Meaning::DraftGone { draft, was_sent } => {
                self.forget(draft).await;
                self.refresh_lists(was_sent);
            }
            Meaning::Draft { is_new } => {
                self.copies.keep_draft(&body).await;
                if is_new {
                    self.refresh_lists(false);
                }
            }
            Meaning::Kept => self.copies.keep(url, &body).await,
            Meaning::Nothing => {}
        }
    }

    async fn sign_out(&self) {
        self.uploads.close();
        self.store.sign_out().await;
    }

    /// Nothing is left of a draft that was sent or deleted: neither answers nor files.
    async fn forget(&self, draft: &str) {
        let mut changes = self.journal.forgetting(draft).await;
        changes.extend(self.copies.forgetting(draft));
        // What could not be deleted is sealed, and forgotten when the server knows no such draft again.
        let _ = self.store.database.change(&changes).await;
        self.uploads.forget_draft(draft).await;
    }

    fn refresh_lists(&self, was_sent: bool) {
        let copies = Rc::clone(&self.copies);
        spawn_local(async move { copies.refresh_after(was_sent).await });
    }

    async fn is_everything_sent(&self) -> bool {
        let is_empty = async |table| matches!(self.store.own(table).await, Ok(records) if records.is_empty());
        self.store.is_keeping()
            && !camera::is_open(&self.store).await
            && is_empty(Table::Unsent).await
            && is_empty(Table::Files).await
    }

    async fn wake(&self, is_visible: bool) {
        if is_visible {
            camera::close(&self.store).await;
        }
        self.uploads.wake(is_visible).await;
    }
}

fn post(port: &MessagePort, message: &Message) {
    if let Ok(text) = serde_json::to_string(message) {
        // The other end is gone when the page is.
        let _ = port.post_message(&Array::of1(&text.into()));
    }
}
