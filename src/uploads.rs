//! Files on their way. `script/uploads.js` makes them small, keeps them on the phone and sends them; it is fetched where the
//! first file is asked for. Here is what the screens see of it, and where an arrived file finds its place.

use contract::json::table;
use js_sys::{Array, Function, Promise};
use serde_json::Value;
use signals::{RwSignal, lasting};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

use crate::api::{self, ApiError, value_of};
use crate::browser;
use crate::desk::Desk;
use crate::fields::Slot;
use crate::words::t;
use crate::{session, settings};

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

/// One file of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upload {
    pub(crate) key: String,
    /// The slot it belongs to, as `field` or `field#row-name`.
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
        says: String,
        again: bool,
    },
}

/// All files on their way.
#[derive(Clone, Default)]
pub(crate) struct Queue {
    pub(crate) files: Vec<Upload>,
    /// About how long it will take; negative where nobody knows.
    pub(crate) seconds: i64,
}

thread_local! {
    static QUEUE: RwSignal<Queue> = lasting(|| RwSignal::new(Queue::default()));
    static SCRIPT: std::cell::RefCell<Option<Script>> = const { std::cell::RefCell::new(None) };
    /// What the script said last, for when a draft is opened.
    static TOLD: std::cell::RefCell<Vec<Value>> = const { std::cell::RefCell::new(Vec::new()) };
}

pub(crate) fn queue() -> RwSignal<Queue> {
    QUEUE.with(|queue| *queue)
}

/// Whether any file is still on its way.
pub(crate) fn is_sending() -> bool {
    queue().read().files.iter().any(|upload| matches!(upload.state, UploadState::Sending(_)))
}

/// Whether a file is on its way to this place.
pub(crate) fn is_sending_to(place: &str) -> bool {
    queue().read().files.iter().any(|upload| upload.place == place && matches!(upload.state, UploadState::Sending(_)))
}

/// Waits until every file has arrived or failed.
pub(crate) async fn arrived() {
    while is_sending() {
        browser::pause(300).await;
    }
}

/// Fetches the script, once.
async fn loaded() -> Option<Script> {
    if let Some(script) = known() {
        return Some(script);
    }
    let script: Script = JsFuture::from(script()).await.ok()?.unchecked_into();
    if known().is_none() {
        SCRIPT.set(Some(script.clone()));
        let listener = Closure::<dyn FnMut(JsValue)>::new(|told: JsValue| hear(&told));
        script.watch(listener.as_ref().unchecked_ref());
        listener.forget();
    }
    Some(script)
}

fn known() -> Option<Script> {
    SCRIPT.with_borrow(Clone::clone)
}

/// A step that asks for files is open: the script is fetched before the first photograph is taken.
pub(crate) fn expect() {
    spawn_local(async {
        loaded().await;
    });
}

/// Goes on with what an earlier page left on this phone.
pub(crate) async fn resume() {
    if JsFuture::from(has_files()).await.is_ok_and(|any| any.as_bool() == Some(true)) {
        loaded().await;
    }
}

/// Begins to send files for a slot.
pub(crate) fn add(slot: &Slot, files: Vec<File>) {
    let (slot, files) = (slot.clone(), files.into_iter().collect::<Array>());
    spawn_local(async move {
        if let Some(script) = loaded().await {
            script.add(slot.desk.draft, &slot.lasting_place(), &slot.path(), slot.row_name(), language(), &files);
        }
    });
}

/// Turns a stored picture to the right.
pub(crate) async fn turn(slot: &Slot, id: &str, name: &str) -> bool {
    let Some(script) = loaded().await else { return false };
    let (place, path, row) = (slot.lasting_place(), slot.path(), slot.row_name());
    JsFuture::from(script.turn(slot.desk.draft, &place, &path, row, language(), id, name)).await.is_ok()
}

fn language() -> &'static str {
    settings::tag(settings::language().get_untracked())
}

/// Tries a failed file again.
pub(crate) fn again(key: &str) {
    if let Some(script) = known() {
        script.again(key);
    }
}

/// Takes a file out of the list before it arrived.
pub(crate) fn forget(key: &str) {
    if let Some(script) = known() {
        script.forget(key);
    }
}

/// Where to show a stored file from.
pub(crate) fn picture_of(id: &str) -> String {
    let local = known().map(|script| script.picture_of(id)).unwrap_or_default();
    if local.is_empty() { api::attachment_url(id, true) } else { local }
}

/// What could be better about a photograph that was taken on this page; empty where nothing could.
pub(crate) fn hint_of(id: &str) -> &'static str {
    match known().map(|script| script.hint_of(id)).unwrap_or_default().as_str() {
        "dark" => {
            t("有点暗，字看得清吗？看不清请再拍一张。", "A little dark. If the words cannot be read, take another.")
        }
        "blurred" => t(
            "有点模糊，字看得清吗？看不清请再拍一张。",
            "A little blurred. If the words cannot be read, take another.",
        ),
        _ => "",
    }
}

fn hear(told: &JsValue) {
    let mut told = value_of(told);
    let seconds = told.get("seconds").and_then(Value::as_i64).unwrap_or(-1);
    let Some(Value::Array(all)) = told.get_mut("all").map(Value::take) else { return };
    queue().set(Queue {
        files: all.iter().filter(|file| word(file, "state") != "arrived").map(upload).collect(),
        seconds,
    });
    // What a request of the program would have been told.
    if all.iter().any(|file| word(file, "code") == "signed-out" && word(file, "state") == "failed") {
        session::note(&ApiError { status: 401, problem: None });
    }
    TOLD.set(all);
    find_places();
}

fn word<'a>(file: &'a Value, name: &str) -> &'a str {
    file.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn upload(file: &Value) -> Upload {
    let text = |name| word(file, name).to_owned();
    let again = file.get("again").and_then(Value::as_bool) == Some(true);
    let state = match word(file, "state") {
        "failed" => UploadState::Failed { says: failure(file), again },
        _ => UploadState::Sending(file.get("percent").and_then(Value::as_u64).unwrap_or(0)),
    };
    Upload { key: text("key"), place: text("place"), name: text("name"), picture: text("picture"), state }
}

fn failure(file: &Value) -> String {
    let says = match (word(file, "code"), word(file, "says")) {
        ("heic", _) => t(
            "这是 HEIC 格式的照片，这里打不开。请在相机设置里选“兼容性最佳”再拍，或把照片截图后上传。",
            "This is a HEIC photo, which cannot be opened here. Set the camera to “Most compatible”, or upload a screenshot of it.",
        ),
        ("unreadable", _) => {
            t("这个文件不是照片，打不开。请换一张照片。", "This file is not a photo. Please choose another.")
        }
        ("signed-out", _) => t(
            "登录过期了，照片还在。重新登录后会接着传。",
            "Your sign-in has ended, the photo is kept. It goes on once you sign in again.",
        ),
        (_, "") => t(
            "没有连上，照片还在。信号好了会接着传。",
            "No connection, the photo is kept. It goes on when the signal is back.",
        ),
        (_, says) => says,
    };
    says.to_owned()
}

/// Puts files that have arrived into the answers of the draft that lies open. The queue lets go of one only when the answer
/// is safe.
pub(crate) fn find_places() {
    let Some(desk) = Desk::laid_open() else { return };
    let arrived = TOLD.with_borrow(|all| {
        all.iter()
            .filter(|file| word(file, "state") == "arrived" && word(file, "draft") == desk.draft)
            .cloned()
            .collect::<Vec<_>>()
    });
    for file in arrived {
        let Some(slot) = desk.slot_at(word(&file, "place")) else { continue };
        place(&slot, &file);
        let key = word(&file, "key").to_owned();
        spawn_local(async move {
            if desk.make_safe().await {
                forget(&key);
            }
        });
    }
}

fn place(slot: &Slot, file: &Value) {
    let attachment = file.get("attachment").unwrap_or(&Value::Null);
    let id = word(attachment, "id");
    let mut files = slot.value_now().as_array().cloned().unwrap_or_default();
    if files.iter().any(|known| word(known, "id") == id) {
        return;
    }
    let part = |name| attachment.get(name).cloned().unwrap_or_default();
    let new = table([("id", part("id")), ("name", part("name")), ("bytes", part("bytes"))]);
    match files.iter_mut().find(|known| word(known, "id") == word(file, "replaces")) {
        Some(turned) => *turned = new,
        None => files.push(new),
    }
    slot.set(Value::Array(files));
}
