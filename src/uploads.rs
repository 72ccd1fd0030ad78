//! Files on their way: made small, sent in pieces, taken up again where they stopped, kept in order.

use crate::browser::window;
use contract::api::AttachmentView;
use contract::json::table;
use serde_json::Value;
use signals::{RwSignal, lasting};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, File, Url};

use crate::api::{self, ApiError};
use crate::browser;
use crate::fields::Slot;
use crate::photograph;

/// Small enough that a weak signal carries one before it breaks.
const PIECE_BYTES: f64 = 262_144.0;
const TRIES: u32 = 6;

/// One file of one field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Upload {
    pub(crate) key: String,
    /// The slot it belongs to, as `field` or `field#row-name`.
    pub(crate) place: String,
    pub(crate) name: String,
    /// A local address to show it by.
    pub(crate) picture: Option<String>,
    pub(crate) state: UploadState,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum UploadState {
    /// Percent of the bytes that the server has.
    Sending(u32),
    Failed {
        says: String,
        again: bool,
    },
}

thread_local! {
    static UPLOADS: RwSignal<Vec<Upload>> = lasting(|| RwSignal::new(Vec::new()));
    /// Pictures of files sent from this page, so that they need not come back over the network.
    static PICTURES: RwSignal<Vec<(String, String)>> = lasting(|| RwSignal::new(Vec::new()));
    static WAITING: std::cell::RefCell<Vec<(String, Slot, File)>> = const { std::cell::RefCell::new(Vec::new()) };
}

pub(crate) fn uploads() -> RwSignal<Vec<Upload>> {
    UPLOADS.with(|uploads| *uploads)
}

/// Whether any file is still on its way.
pub(crate) fn is_sending() -> bool {
    uploads().read().iter().any(|upload| matches!(upload.state, UploadState::Sending(_)))
}

/// Waits until every file has arrived or failed.
pub(crate) async fn arrived() {
    while is_sending() {
        browser::pause(300).await;
    }
}

/// Where to show a stored file from.
pub(crate) fn picture_of(id: &str) -> String {
    let local = PICTURES
        .with(|pictures| pictures.read_untracked().iter().find(|(known, _)| known == id).map(|(_, url)| url.clone()));
    local.unwrap_or_else(|| api::attachment_url(id, true))
}

/// Begins to send files for a slot.
pub(crate) fn add(slot: &Slot, files: Vec<File>) {
    for file in files {
        let key = browser::random_name();
        let upload = Upload {
            key: key.clone(),
            place: slot.lasting_place(),
            name: file.name(),
            picture: None,
            state: UploadState::Sending(0),
        };
        uploads().update(|all| all.push(upload));
        WAITING.with_borrow_mut(|waiting| waiting.push((key.clone(), slot.clone(), file)));
        start(key);
    }
}

/// Tries a failed file again.
pub(crate) fn again(key: &str) {
    set_state(key, UploadState::Sending(0));
    start(key.to_owned());
}

/// Takes a file out of the list before it arrived.
pub(crate) fn forget(key: &str) {
    uploads().update(|all| all.retain(|upload| upload.key != key));
    WAITING.with_borrow_mut(|waiting| waiting.retain(|(own, ..)| own != key));
}

fn start(key: String) {
    spawn_local(async move {
        let found = WAITING.with_borrow(|waiting| waiting.iter().find(|(own, ..)| *own == key).cloned());
        let Some((_, slot, file)) = found else { return };
        match carry(&key, &slot, &file).await {
            Ok(attachment) => arrive(&key, &slot, &attachment),
            Err((says, again)) => set_state(&key, UploadState::Failed { says, again }),
        }
    });
}

/// The whole way of one file. The error says whether trying again makes sense.
async fn carry(key: &str, slot: &Slot, file: &File) -> Result<AttachmentView, (String, bool)> {
    let blob = photograph::shrink(file).await.map_err(|says| (says, false))?;
    if blob.type_() != "application/pdf" {
        let picture = Url::create_object_url_with_blob(&blob).ok();
        change(key, |upload| upload.picture = picture);
    }
    let failed = |error: ApiError| (error.says(), error.is_offline() || error.status >= 500);
    let address = create(slot, file, &blob).await.map_err(failed)?;
    send(key, &address, &blob).await.map_err(failed)?;
    patiently(|| api::uploaded(&address)).await.map_err(failed)
}

async fn create(slot: &Slot, file: &File, blob: &Blob) -> Result<String, ApiError> {
    let mut metadata = vec![("draft", slot.desk.draft.to_owned()), ("field", slot.path()), ("filename", file.name())];
    metadata.extend(slot.row_name().map(|row| ("row", row)));
    metadata.extend(fingerprint(blob).await.map(|hash| ("sha256", hash)));
    let pairs: Vec<_> = metadata.iter().map(|(name, value)| format!("{name} {}", base64(value))).collect();
    let metadata = pairs.join(",");
    patiently(|| api::create_upload(blob.size(), &metadata)).await
}

async fn send(key: &str, address: &str, blob: &Blob) -> Result<(), ApiError> {
    let (mut offset, mut failures) = (0.0, 0);
    while offset < blob.size() {
        let end = (offset + PIECE_BYTES).min(blob.size());
        let piece = blob.slice_with_f64_and_f64(offset, end).map_err(|_| ApiError::default())?;
        match api::send_piece(address, offset, &piece).await {
            Ok(reached) => (offset, failures) = (reached, 0),
            Err(error) if failures < TRIES && (error.is_offline() || error.status >= 409) => {
                failures += 1;
                wait(failures).await;
                offset = api::upload_offset(address).await.unwrap_or(offset);
            }
            Err(error) => return Err(error),
        }
        set_state(key, UploadState::Sending((offset / blob.size() * 100.0) as u32));
    }
    Ok(())
}

/// Repeats a request that did not get through.
async fn patiently<T, F: Future<Output = Result<T, ApiError>>>(request: impl Fn() -> F) -> Result<T, ApiError> {
    let mut failures = 0;
    loop {
        match request().await {
            Err(error) if failures < TRIES && (error.is_offline() || error.status >= 500) => {
                failures += 1;
                wait(failures).await;
            }
            answer => return answer,
        }
    }
}

/// Longer after each failure, with jitter, so that a whole ward does not come back at once.
async fn wait(failures: u32) {
    let most = f64::from(500_u32 << failures.min(5));
    browser::pause((most * (0.5 + js_sys::Math::random() / 2.0)) as i32).await;
}

fn arrive(key: &str, slot: &Slot, attachment: &AttachmentView) {
    let picture =
        uploads().read_untracked().iter().find(|upload| upload.key == key).and_then(|upload| upload.picture.clone());
    if let Some(picture) = picture {
        PICTURES.with(|pictures| pictures.update(|all| all.push((attachment.id.clone(), picture))));
    }
    let mut files = slot.value_now().as_array().cloned().unwrap_or_default();
    files.push(table([
        ("id", attachment.id.clone().into()),
        ("name", attachment.name.clone().into()),
        ("bytes", attachment.bytes.into()),
    ]));
    slot.set(Value::Array(files));
    forget(key);
}

fn set_state(key: &str, state: UploadState) {
    change(key, |upload| upload.state = state);
}

fn change(key: &str, change: impl FnOnce(&mut Upload)) {
    uploads().update(|all| {
        if let Some(upload) = all.iter_mut().find(|upload| upload.key == key) {
            change(upload);
        }
    });
}

/// SHA-256 in hex, where the browser offers it (only over https and on localhost).
async fn fingerprint(blob: &Blob) -> Option<String> {
    let subtle = browser::property(&window().crypto().ok()?.into(), "subtle");
    if subtle.is_undefined() {
        return None;
    }
    let subtle: web_sys::SubtleCrypto = subtle.unchecked_into();
    let bytes = JsFuture::from(blob.array_buffer()).await.ok()?;
    let hash =
        JsFuture::from(subtle.digest_with_str_and_buffer_source("SHA-256", bytes.unchecked_ref()).ok()?).await.ok()?;
    Some(js_sys::Uint8Array::new(&hash).to_vec().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Base64 of UTF-8, as tus metadata wants it.
fn base64(text: &str) -> String {
    let binary: String = text.bytes().map(char::from).collect();
    window().btoa(&binary).unwrap_or_default()
}
