//! Photographs and papers on their way. The program of `crates/local-data` makes them small, keeps them on the phone
//! and sends them. Here is what the screens see of it, and where an arrived file finds its place.

mod failure;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use local_data::protocol::{self, Failure, Hint, Slot, UploadView};
use serde_json::{Value, json};
use web_sys::File;

use crate::api::{self, ApiError};
use crate::draft_session::{BoundField, DraftSessions};
use crate::http::Answer;
use crate::i18n::{self, tr};
use crate::local_store::LocalStore;
use crate::session::Session;
use failure::message_of;

const POLL_INTERVAL_MS: u32 = 300;

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
    store: LocalStore,
    /// Files that have arrived at the server and wait for the answers of their draft.
    arrived: StoredValue<Vec<UploadView>>,
    /// Files that the server has refused because the session was over.
    refused: StoredValue<Vec<String>>,
    /// What this page knows of stored files that it has sent itself.
    sent_here: StoredValue<Vec<SentHere>>,
}

/// A stored file of which this page has a picture, so that it need not come back over the network.
#[derive(Clone)]
struct SentHere {
    id: String,
    picture: String,
    hint: Option<Hint>,
}

impl Uploads {
    pub(crate) fn start(drafts: DraftSessions, session: Session, store: LocalStore) -> Self {
        let uploads = Self {
            queue: RwSignal::default(),
            drafts,
            session,
            store,
            arrived: StoredValue::default(),
            refused: StoredValue::default(),
            sent_here: StoredValue::default(),
        };
        store.on_queue(move |queue| uploads.note(queue));
        uploads
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

    /// Waits until every file of a draft has arrived; an error where one has failed, since a paper must not be left
    /// out of an application without a word.
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

    /// Goes on with what an earlier page left on this phone.
    pub(crate) async fn resume(self) {
        self.store.resume_uploads().await;
    }

    /// Begins to send files for a field.
    pub(crate) fn add(self, field: &BoundField, files: Vec<File>) {
        self.store.add_files(slot_of(field), files);
    }

    /// Turns a stored picture to the right.
    pub(crate) async fn turn(self, field: &BoundField, id: &str, name: &str) -> bool {
        self.store.turn_picture(slot_of(field), id, name).await
    }

    /// Tries a failed file again.
    pub(crate) fn retry(self, key: &str) {
        self.store.retry_upload(key);
    }

    /// Takes a file out of the queue.
    pub(crate) fn remove(self, key: &str) {
        self.store.remove_upload(key);
    }

    /// Where to show a stored file from.
    pub(crate) fn picture_of(self, id: &str) -> String {
        let local = self.sent_here(id).map(|sent| sent.picture).filter(|picture| !picture.is_empty());
        local.unwrap_or_else(|| api::attachment_url(id, true))
    }

    /// What could be better about a photograph that was taken on this page; empty where nothing could.
    pub(crate) fn hint_of(self, id: &str) -> &'static str {
        match self.sent_here(id).and_then(|sent| sent.hint) {
            Some(Hint::Dark) => tr(
                "有点暗，字看得清吗？看不清请再拍一张。",
                "A little dark. If the words cannot be read, take another.",
            ),
            Some(Hint::Blurred) => tr(
                "有点模糊，字看得清吗？看不清请再拍一张。",
                "A little blurred. If the words cannot be read, take another.",
            ),
            None => "",
        }
    }

    fn sent_here(self, id: &str) -> Option<SentHere> {
        self.sent_here.with_value(|all| all.iter().find(|sent| sent.id == id).cloned())
    }

    fn note(self, queue: protocol::Queue) {
        let (arrived, on_way): (Vec<_>, Vec<_>) = queue.files.into_iter().partition(|file| attachment(file).is_some());
        let seconds_left = queue.seconds_left.map_or(-1, i64::from);
        self.queue.set(Queue { files: on_way.iter().map(upload).collect(), seconds_left });
        // The server refused a file because the session is over, as it would have refused any request. A file that goes
        // on waiting says nothing new.
        let refused: Vec<_> = on_way.iter().filter(|file| is_signed_out(file)).map(|file| file.key.clone()).collect();
        let is_news = self.refused.with_value(|known| refused.iter().any(|key| !known.contains(key)));
        self.refused.set_value(refused);
        if is_news {
            self.session.expire();
        }
        for file in &arrived {
            let id = attachment(file).map(|attachment| word(attachment, "id").to_owned()).unwrap_or_default();
            if self.sent_here(&id).is_none() {
                let sent = SentHere { id, picture: file.picture.clone(), hint: file.hint };
                self.sent_here.update_value(|all| all.push(sent));
            }
        }
        self.arrived.set_value(arrived);
        self.place_arrived();
    }

    /// Puts files that have arrived into the answers of the open draft. The queue lets go of one only when the answer
    /// is durable.
    pub(crate) fn place_arrived(self) {
        let Some(session) = self.drafts.current_of_anybody() else { return };
        let draft = session.id();
        for file in self.arrived.get_value().into_iter().filter(|file| file.draft == draft) {
            let Some(field) = BoundField::at(session, &file.place) else { continue };
            place(&field, &file);
            spawn_local(async move {
                if session.make_durable().await {
                    self.remove(&file.key);
                }
            });
        }
    }
}

fn slot_of(field: &BoundField) -> Slot {
    Slot {
        draft: field.session.id(),
        place: field.lasting_place(),
        field: field.path(),
        row: field.row_name(),
        language: i18n::tag().to_owned(),
    }
}

fn word<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// What a file has become, once it has arrived.
fn attachment(file: &UploadView) -> Option<&Value> {
    match &file.state {
        protocol::UploadState::Arrived(attachment) => Some(attachment),
        _ => None,
    }
}

fn is_signed_out(file: &UploadView) -> bool {
    matches!(file.state, protocol::UploadState::Failed { failure: Failure::SignedOut, .. })
}

fn upload(file: &UploadView) -> Upload {
    let state = match &file.state {
        protocol::UploadState::Failed { failure, can_retry } => {
            UploadState::Failed { message: message_of(failure), can_retry: *can_retry }
        }
        protocol::UploadState::Sending(percent) => UploadState::Sending(u64::from(*percent)),
        protocol::UploadState::Waiting | protocol::UploadState::Arrived(_) => UploadState::Sending(0),
    };
    Upload {
        key: file.key.clone(),
        draft: file.draft.clone(),
        place: file.place.clone(),
        name: file.name.clone(),
        picture: file.picture.clone(),
        state,
    }
}

fn place(field: &BoundField, file: &UploadView) {
    let Some(attachment) = attachment(file) else { return };
    let id = word(attachment, "id");
    let mut files = field.value_untracked().as_array().cloned().unwrap_or_default();
    if files.iter().any(|known| word(known, "id") == id) {
        return;
    }
    let part = |name| attachment.get(name).cloned().unwrap_or_default();
    let new = json!({ "id": part("id"), "name": part("name"), "bytes": part("bytes") });
    match files.iter_mut().find(|known| file.replaces.as_deref() == Some(word(known, "id"))) {
        Some(turned) => *turned = new,
        None => files.push(new),
    }
    field.set(Value::Array(files));
}
