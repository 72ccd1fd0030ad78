//! Files on their way: made small, kept on this phone until the server has them, sent in pieces (tus 1.0), taken up
//! again where they stopped: after a lost signal, a reload, or a page that was closed. Several pages share the queue,
//! and one at a time works on a file.

mod kept;
mod other_pages;
mod preparing;
mod queue;
mod retry;
mod sending;
mod sharing;
mod tus;
mod upload;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{Blob, File, FilePropertyBag};

use crate::browser::{now_ms, random_id, request};
use crate::photographs;
use crate::protocol::{Event, Slot, UploadState};
use crate::store::Store;
use kept::Kept;
use queue::Files;
use retry::Line;
use sharing::Sharing;
use upload::{Facts, Upload};

/// The queue of this page.
pub(crate) struct Uploads {
    store: Rc<Store>,
    kept: Kept,
    files: RefCell<Files>,
    sharing: Sharing,
    line: Line,
    /// Pictures are made small one after the other: each takes much memory.
    last_turn: RefCell<Promise>,
    is_sending: Cell<bool>,
    /// Ends the pause before the next try.
    wake: RefCell<Option<js_sys::Function>>,
    speed: RefCell<Option<Speed>>,
}

/// Since when this page has been sending, and how much of it has arrived.
struct Speed {
    began: f64,
    bytes: f64,
}

impl Uploads {
    pub(crate) fn new(store: Rc<Store>) -> Rc<Self> {
        let uploads = Rc::new(Self {
            kept: Kept::new(Rc::clone(&store)),
            store,
            files: RefCell::default(),
            sharing: Sharing::new(),
            line: Line::default(),
            last_turn: RefCell::new(Promise::resolve(&JsValue::UNDEFINED)),
            is_sending: Cell::new(false),
            wake: RefCell::default(),
            speed: RefCell::default(),
        });
        let listening = Rc::downgrade(&uploads);
        uploads.sharing.hear(move |word| {
            if let Some(uploads) = listening.upgrade() {
                uploads.hear(word);
            }
        });
        uploads
    }

    /// Goes on with what waits, and with what an earlier page left: the app knows of it when this returns.
    pub(crate) async fn resume(self: &Rc<Self>) {
        let left = self.take_up().await;
        self.retry(None);
        let uploads = Rc::clone(self);
        spawn_local(async move {
            uploads.prepare_all(left).await;
            uploads.send_all().await;
        });
    }

    /// The page was shown or hidden, or has heard of a network.
    pub(crate) async fn wake(self: &Rc<Self>, is_visible: bool) {
        self.sharing.set_visible(is_visible);
        self.resume().await;
    }

    /// Their owner has left: what waits on the disk is sealed, and nothing of it stays in this page.
    pub(crate) fn close(&self) {
        self.files.borrow_mut().clear();
        self.tell();
    }

    /// Takes files up for a place of a draft, in this order. The first may take the place of a stored file.
    pub(crate) fn add(self: &Rc<Self>, slot: Slot, files: Vec<File>, replaces: Option<String>) {
        let owner = self.store.session().map(|session| session.owner).unwrap_or_default();
        let first = self.files.borrow().last_order().max(now_ms()) + 1.0;
        let uploads = files.into_iter().zip(0_u32..).map(|(file, at)| {
            let facts = Facts {
                key: random_id(),
                owner: owner.clone(),
                slot: slot.clone(),
                replaces: replaces.clone(),
                name: file.name(),
                order: first + f64::from(at),
                media_type: file.type_(),
                is_original: true,
                ..Facts::default()
            };
            Upload::new(facts, Some(file))
        });
        let uploads: Vec<_> = uploads.collect();
        let keys: Vec<_> = uploads.iter().map(|upload| upload.facts.key.clone()).collect();
        self.files.borrow_mut().extend(uploads);
        self.tell();
        let queue = Rc::clone(self);
        spawn_local(async move {
            let preparing = Rc::clone(&queue);
            // All of them are on the disk before the first is made small, which takes a second on a cheap phone.
            queue
                .in_turn(async move {
                    for key in &keys {
                        preparing.keep_original(key).await;
                    }
                    for key in &keys {
                        preparing.take(key, Task::Prepare).await;
                    }
                })
                .await;
            queue.send_all().await;
        });
    }

    /// Turns a stored picture to the right; the turned one takes its place.
    pub(crate) async fn turn(self: &Rc<Self>, slot: Slot, attachment: &str, name: &str) -> bool {
        let Some(turned) = turned(attachment, name).await else { return false };
        self.add(slot, vec![turned], Some(attachment.to_owned()));
        true
    }

    /// Tries again what failed: one by its button, or all of them.
    pub(crate) fn retry(self: &Rc<Self>, key: Option<&str>) {
        self.files.borrow_mut().retry(key);
        self.tell();
        if let Some(wake) = self.wake.take() {
            crate::browser::settle(&wake, &JsValue::UNDEFINED);
        }
        let queue = Rc::clone(self);
        spawn_local(async move { queue.send_all().await });
    }

    /// Takes a file out of the queue: it is in the answers and safe there, or nobody wants it.
    pub(crate) async fn remove(self: &Rc<Self>, key: &str) {
        self.files.borrow_mut().remove(key);
        self.sharing.say(key, None);
        self.tell();
        self.kept.delete(&[key.to_owned()]).await;
        let queue = Rc::clone(self);
        spawn_local(async move { queue.send_all().await });
    }

    /// Takes out every file of a draft that was sent or deleted, here and on the disk.
    pub(crate) async fn forget_draft(&self, draft: &str) {
        let mut keys = self.files.borrow().keys_of(draft);
        keys.extend(self.kept.all().await.into_iter().filter(|facts| facts.slot.draft == draft).map(|facts| facts.key));
        for key in &keys {
            self.files.borrow_mut().remove(key);
            self.sharing.say(key, None);
        }
        if !keys.is_empty() {
            self.tell();
            self.kept.delete(&keys).await;
        }
    }

    /// Takes up what a closed page left behind, and makes small what was not.
    async fn load(self: &Rc<Self>) {
        let left = self.take_up().await;
        self.prepare_all(left).await;
    }

    /// Takes up what is on the disk; the keys of what was not made small yet.
    async fn take_up(&self) -> Vec<String> {
        let kept = self.kept.all().await;
        // Asked at the last moment: two calls may come at once, and a file may have been removed meanwhile.
        let is_any = !kept.is_empty();
        let left = self.files.borrow_mut().take_up(kept);
        if is_any {
            self.tell();
        }
        left
    }

    async fn prepare_all(self: &Rc<Self>, keys: Vec<String>) {
        for key in keys {
            let queue = Rc::clone(self);
            self.in_turn(async move { queue.take(&key, Task::Prepare).await }).await;
        }
    }

    /// Works on a file unless another page does. What others have done with it meanwhile is taken over first.
    async fn take(self: &Rc<Self>, key: &str, task: Task) {
        let Some(lock) = self.sharing.lock(key).await else {
            self.follow(key);
            return;
        };
        self.update(key, |upload| upload.is_ours = true);
        if self.catch_up(key).await {
            match task {
                Task::Prepare => self.prepare(key).await,
                Task::Send => self.send(key).await,
            }
        }
        self.update(key, |upload| upload.is_ours = false);
        drop(lock);
    }

    /// Takes over what the disk says. Whether there is anything left to do.
    async fn catch_up(&self, key: &str) -> bool {
        let is_kept = self.with(key, |upload| upload.is_kept);
        let facts = if is_kept == Some(true) { self.kept.facts_of(key).await } else { None };
        let left = self.update(key, |upload| {
            if let Some(facts) = facts {
                upload.take_over(facts);
            }
            !matches!(upload.state, UploadState::Arrived(_))
        });
        left.unwrap_or_default()
    }

    /// Waits for all pictures before, then does this.
    async fn in_turn(&self, work: impl Future<Output = ()> + 'static) {
        let before = self.last_turn.borrow().clone();
        let turn = future_to_promise(async move {
            let _ = JsFuture::from(before).await;
            work.await;
            Ok(JsValue::UNDEFINED)
        });
        *self.last_turn.borrow_mut() = turn.clone();
        let _ = JsFuture::from(turn).await;
    }

    fn with<T>(&self, key: &str, read: impl FnOnce(&Upload) -> T) -> Option<T> {
        self.files.borrow().get(key).map(read)
    }

    /// `None` where the file was removed meanwhile.
    fn update<T>(&self, key: &str, change: impl FnOnce(&mut Upload) -> T) -> Option<T> {
        self.files.borrow_mut().get_mut(key).map(change)
    }

    /// Tells the app.
    fn tell(&self) {
        let seconds_left = self.speed.borrow().as_ref().and_then(|speed| {
            let per_second = speed.bytes / ((now_ms() - speed.began) / 1000.0);
            self.files.borrow().seconds_left(per_second)
        });
        self.store.tell(Event::Queue(self.files.borrow().view(seconds_left)));
    }

    /// Tells the app and the other pages how far a file is.
    fn report(&self, key: &str) {
        self.tell();
        if let Some(state) = self.with(key, |upload| upload.state.clone()) {
            self.sharing.say(key, Some(state));
        }
    }
}

/// What is to be done with a file.
#[derive(Clone, Copy)]
enum Task {
    Prepare,
    Send,
}

async fn turned(attachment: &str, name: &str) -> Option<File> {
    let response = request("GET", &format!("/api/attachments/{attachment}")).await.filter(|response| response.ok())?;
    let blob: Blob = JsFuture::from(response.blob().ok()?).await.ok()?.into();
    file_of(&photographs::turn_right(&blob).await?, name, "image/jpeg")
}

fn file_of(blob: &Blob, name: &str, media_type: &str) -> Option<File> {
    let options = FilePropertyBag::new();
    options.set_type(media_type);
    File::new_with_blob_sequence_and_options(&js_sys::Array::of1(blob), name, &options).ok()
}
