//! Photographs and papers on their way. `script/uploads.js` makes them small, keeps them on the phone and sends them; it is
//! fetched where the first file is asked for. Here is what the screens see of it, and where an arrived file finds its place.

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Promise};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Value, json};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::api::{self, ApiError};
use crate::draft_session::{BoundField, DraftSessions};
use crate::http::Answer;
use crate::i18n::{self, tr};
use crate::local_store::json_of;
use crate::session::Session;

const POLL_INTERVAL_MS: u32 = 300;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = yijianshi, js_name = uploads)]
    fn script() -> Promise;
    #[wasm_bindgen(js_namespace = ["yijianshi", "journal"], js_name = hasFiles)]
    fn has_files() -> Promise;

    #[derive(Clone)]
    type Script;
    #[wasm_bindgen(method)]
    fn watch(this: &Script, listener: &Function);
    #[wasm_bindgen(method)]
    fn add(this: &Script, draft: &str, place: &str, field: &str, row: Option<String>, language: &str, files: &Array);
    #[wasm_bindgen(method)]
    fn again(this: &Script, key: &str);
    #[wasm_bindgen(method)]
    fn forget(this: &Script, key: &str);
    #[wasm_bindgen(method)]
    fn turn(
        this: &Script,
        draft: &str,
        place: &str,
        field: &str,
        row: Option<String>,
        language: &str,
        id: &str,
        name: &str,
    ) -> Promise;
    #[wasm_bindgen(method, js_name = pictureOf)]
    fn picture_of(this: &Script, id: &str) -> String;
    #[wasm_bindgen(method, js_name = hintOf)]
    fn hint_of(this: &Script, id: &str) -> String;
}

/// One file on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upload {
    pub(crate) key: String,
    /// The draft that it belongs to.
    pub(crate) draft: String,
    /// Its place in the draft, as `field` or `field#row-name`.
    pub(crate) place: String,
    pub(crate) name: String,
    /// A local address to show it by; empty without.
    pub(crate) picture: String,
    pub(crate) state: UploadState,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum UploadState {
    /// Percent of the bytes that have gone.
    Sending(u64),
    Failed {
        message: String,
        can_retry: bool,
    },
}

impl Upload {
    fn is_sending(&self) -> bool {
        matches!(self.state, UploadState::Sending(_))
    }
}

/// All files on their way.
#[derive(Clone, Default)]
pub(crate) struct Queue {
    pub(crate) files: Vec<Upload>,
    /// About how long it will take; negative where nobody knows.
    pub(crate) seconds_left: i64,
}

impl Queue {
    pub(crate) fn sending_count(&self) -> usize {
        self.files.iter().filter(|upload| upload.is_sending()).count()
    }
}

/// The files on their way. It stands in the context.
#[derive(Clone, Copy)]
pub(crate) struct Uploads {
    pub(crate) queue: RwSignal<Queue>,
    drafts: DraftSessions,
    session: Session,
    script: StoredValue<Option<Script>, LocalStorage>,
    /// Files that have arrived at the server and wait for the answers of their draft.
    arrived: StoredValue<Vec<Value>>,
}

impl Uploads {
    pub(crate) fn new(drafts: DraftSessions, session: Session) -> Self {
        Self {
            queue: RwSignal::default(),
            drafts,
            session,
            script: StoredValue::new_local(None),
            arrived: StoredValue::default(),
        }
    }

    /// Whether any file of a draft is still on its way; tracked.
    pub(crate) fn is_sending(self, draft: &str) -> bool {
        self.queue.read().files.iter().any(|upload| upload.draft == draft && upload.is_sending())
    }

    /// Whether a file is on its way to this place of a draft; tracked.
    pub(crate) fn is_sending_to(self, draft: &str, place: &str) -> bool {
        let queue = self.queue.read();
        queue.files.iter().any(|upload| upload.draft == draft && upload.place == place && upload.is_sending())
    }

    /// The files of this place of a draft that have not arrived; tracked.
    pub(crate) fn queued_for(self, draft: &str, place: &str) -> Vec<Upload> {
        let is_here = |upload: &&Upload| upload.draft == draft && upload.place == place;
        self.queue.with(|queue| queue.files.iter().filter(is_here).cloned().collect())
    }

    /// Waits until every file of a draft has arrived; an error where one has failed, since a paper must not be left out of
    /// an application without a word.
    pub(crate) async fn arrived(self, draft: &str) -> Answer<()> {
        while untrack(|| self.is_sending(draft)) {
            TimeoutFuture::new(POLL_INTERVAL_MS).await;
        }
        match self.queue.with_untracked(|queue| queue.files.iter().any(|upload| upload.draft == draft)) {
            false => Ok(()),
            true => Err(ApiError::told(tr(
                "有照片没传上去。请回到那一步，再传一次或拿掉它。",
                "A photo has not arrived. Please go back to its step and send it again or take it away.",
            ))),
        }
    }

    /// Fetches the script, once.
    async fn load(self) -> Option<Script> {
        if let Some(script) = self.script.get_value() {
            return Some(script);
        }
        let script: Script = JsFuture::from(script()).await.ok()?.unchecked_into();
        if self.script.with_value(Option::is_none) {
            self.script.set_value(Some(script.clone()));
            let listener = Closure::<dyn FnMut(JsValue)>::new(move |news: JsValue| self.note(&news));
            script.watch(listener.into_js_value().unchecked_ref());
        }
        Some(script)
    }

    /// A step that asks for files is open: the script is fetched before the first photograph is taken.
    pub(crate) fn expect(self) {
        spawn_local(async move {
            self.load().await;
        });
    }

    /// Goes on with what an earlier page left on this phone.
    pub(crate) async fn resume(self) {
        if JsFuture::from(has_files()).await.is_ok_and(|any| any.as_bool() == Some(true)) {
            self.load().await;
        }
    }

    /// Begins to send files for a field.
    pub(crate) fn add(self, field: &BoundField, files: Vec<File>) {
        let (field, files) = (field.clone(), files.into_iter().collect::<Array>());
        spawn_local(async move {
            if let Some(script) = self.load().await {
                let (draft, place, path) = (field.session.id(), field.lasting_place(), field.path());
                script.add(&draft, &place, &path, field.row_name(), i18n::tag(), &files);
            }
        });
    }

    /// Turns a stored picture to the right.
    pub(crate) async fn turn(self, field: &BoundField, id: &str, name: &str) -> bool {
        let Some(script) = self.load().await else { return false };
        let (draft, place, path) = (field.session.id(), field.lasting_place(), field.path());
        let turned = script.turn(&draft, &place, &path, field.row_name(), i18n::tag(), id, name);
        JsFuture::from(turned).await.is_ok()
    }

    /// Tries a failed file again.
    pub(crate) fn retry(self, key: &str) {
        if let Some(script) = self.script.get_value() {
            script.again(key);
        }
    }

    /// Takes a file out of the queue.
    pub(crate) fn remove(self, key: &str) {
        if let Some(script) = self.script.get_value() {
            script.forget(key);
        }
    }

    /// Where to show a stored file from.
    pub(crate) fn picture_of(self, id: &str) -> String {
        let local = self.script.get_value().map(|script| script.picture_of(id)).unwrap_or_default();
        if local.is_empty() { api::attachment_url(id, true) } else { local }
    }

    /// What could be better about a photograph that was taken on this page; empty where nothing could.
    pub(crate) fn hint_of(self, id: &str) -> &'static str {
        match self.script.get_value().map(|script| script.hint_of(id)).unwrap_or_default().as_str() {
            "dark" => tr(
                "有点暗，字看得清吗？看不清请再拍一张。",
                "A little dark. If the words cannot be read, take another.",
            ),
            "blurred" => tr(
                "有点模糊，字看得清吗？看不清请再拍一张。",
                "A little blurred. If the words cannot be read, take another.",
            ),
            _ => "",
        }
    }

    fn note(self, news: &JsValue) {
        let Some(mut news) = json_of(news) else { return };
        let seconds_left = news.get("seconds").and_then(Value::as_i64).unwrap_or(-1);
        let Some(Value::Array(all)) = news.get_mut("all").map(Value::take) else { return };
        let (arrived, on_way): (Vec<_>, Vec<_>) = all.into_iter().partition(|file| word(file, "state") == "arrived");
        self.queue.set(Queue { files: on_way.iter().map(upload).collect(), seconds_left });
        // What a request of the program would have been told.
        if on_way.iter().any(|file| word(file, "code") == "signed-out" && word(file, "state") == "failed") {
            self.session.expire();
        }
        self.arrived.set_value(arrived);
        self.place_arrived();
    }

    /// Puts files that have arrived into the answers of the open draft. The queue lets go of one only when the answer is
    /// durable.
    pub(crate) fn place_arrived(self) {
        let Some(session) = self.drafts.current_of_anybody() else { return };
        let draft = session.id();
        for file in self.arrived.get_value().into_iter().filter(|file| word(file, "draft") == draft) {
            let Some(field) = BoundField::at(session, word(&file, "place")) else { continue };
            place(&field, &file);
            let key = word(&file, "key").to_owned();
            spawn_local(async move {
                if session.make_durable().await {
                    self.remove(&key);
                }
            });
        }
    }
}

fn word<'a>(file: &'a Value, name: &str) -> &'a str {
    file.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn upload(file: &Value) -> Upload {
    let text = |name| word(file, name).to_owned();
    let can_retry = file.get("again").and_then(Value::as_bool) == Some(true);
    let state = match word(file, "state") {
        "failed" => UploadState::Failed { message: failure(file), can_retry },
        _ => UploadState::Sending(file.get("percent").and_then(Value::as_u64).unwrap_or(0)),
    };
    Upload {
        key: text("key"),
        draft: text("draft"),
        place: text("place"),
        name: text("name"),
        picture: text("picture"),
        state,
    }
}

fn failure(file: &Value) -> String {
    let message = match (word(file, "code"), word(file, "says")) {
        ("heic", _) => tr(
            "这是 HEIC 格式的照片，这里打不开。请在相机设置里选“兼容性最佳”再拍，或把照片截图后上传。",
            "This is a HEIC photo, which cannot be opened here. Set the camera to “Most compatible”, or upload a \
             screenshot of it.",
        ),
        ("unreadable", _) => {
            tr("这个文件不是照片，打不开。请换一张照片。", "This file is not a photo. Please choose another.")
        }
        ("signed-out", _) => tr(
            "登录过期了，照片还在。重新登录后会接着传。",
            "Your sign-in has ended, the photo is kept. It goes on once you sign in again.",
        ),
        (_, "") => tr(
            "没有连上，照片还在。信号好了会接着传。",
            "No connection, the photo is kept. It goes on when the signal is back.",
        ),
        (_, message) => message,
    };
    message.to_owned()
}

fn place(field: &BoundField, file: &Value) {
    let attachment = file.get("attachment").unwrap_or(&Value::Null);
    let id = word(attachment, "id");
    let mut files = field.value_untracked().as_array().cloned().unwrap_or_default();
    if files.iter().any(|known| word(known, "id") == id) {
        return;
    }
    let part = |name| attachment.get(name).cloned().unwrap_or_default();
    let new = json!({ "id": part("id"), "name": part("name"), "bytes": part("bytes") });
    match files.iter_mut().find(|known| word(known, "id") == word(file, "replaces")) {
        Some(turned) => *turned = new,
        None => files.push(new),
    }
    field.set(Value::Array(files));
}
