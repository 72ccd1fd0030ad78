//! The messages between the app and the program that keeps people's data. A message is a JavaScript array: its text,
//! as JSON, and the files that belong to it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The event by which the program says that it runs in the page; its detail is the app's end of the channel.
pub const STARTED_EVENT: &str = "local-data-started";

/// What the app sends.
#[derive(Debug, Serialize, Deserialize)]
pub struct Call {
    /// The answer carries the same number.
    pub id: u32,
    pub request: Request,
}

/// What the app asks for. Requests are answered in their order.
#[derive(Debug, Serialize, Deserialize)]
pub enum Request {
    /// The server has answered: a copy is kept, or what the answer ends is forgotten. [`Reply::Done`].
    NoteAnswer { method: String, url: String, status: u16, body: Value },
    /// What the server answered last time to a GET. [`Reply::Copy`].
    CopyOf { url: String },
    /// Somebody signed out where there is no network: nothing can be read any more. [`Reply::Done`].
    SignOut,
    /// The server knows by now that somebody signed out. [`Reply::Done`].
    SignOutConfirmed,
    /// Persists what the server does not have of a draft; nothing, where `unsent` is `None`. `owner` is the journal
    /// key of the person who filled it in. [`Reply::IsSo`] once it is on the disk, or cannot be.
    Persist { owner: String, draft: String, unsent: Option<Value>, is_pending_submission: bool },
    /// What earlier pages and other tabs persisted of a draft. [`Reply::Unsent`].
    Unsent { owner: String, draft: String },
    /// The drafts whose owner pressed "send" when there was no network. [`Reply::Drafts`].
    PendingSubmissions,
    /// Whether the server has everything, so that the page may be loaded anew. [`Reply::IsSo`].
    IsEverythingSent,
    /// The camera is about to open over this page. [`Reply::Done`] once the place is on the disk.
    OpenCamera { path: String, place: String },
    /// The page is there again. [`Reply::Done`].
    CloseCamera,
    /// Goes on with the files that an earlier page left. [`Reply::Done`].
    ResumeUploads,
    /// Takes up the files beside the message for a place of a draft, in their order. [`Reply::Done`].
    AddFiles(Slot),
    /// Turns a stored picture to the right; the turned one takes its place. [`Reply::IsSo`].
    TurnPicture { slot: Slot, attachment: String, name: String },
    /// Tries a failed file again. [`Reply::Done`].
    RetryUpload { key: String },
    /// Takes a file out of the queue: it is in the answers, or nobody wants it. [`Reply::Done`].
    RemoveUpload { key: String },
    /// The page was shown, hidden, or heard of a network. [`Reply::Done`].
    Wake { is_visible: bool },
}

/// Where a file belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    pub draft: String,
    /// The place in the draft, as `field` or `field#row-name`.
    pub place: String,
    /// The path of the field, as the server names it.
    pub field: String,
    pub row: Option<String>,
    /// The language that the server is to answer in.
    pub language: String,
}

/// What the program sends.
#[derive(Debug, Serialize, Deserialize)]
pub enum Message {
    Reply { id: u32, reply: Reply },
    Event(Event),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    Done,
    IsSo(bool),
    Copy(Option<Value>),
    /// The oldest first.
    Unsent(Vec<Unsent>),
    Drafts(Vec<String>),
}

/// What one page persisted of a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unsent {
    pub answers: Value,
    /// Whether its owner had pressed "send".
    pub is_pending_submission: bool,
}

/// What the app is told without asking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// Whether this phone keeps anything: not in private mode, on a full disk, or where the browser forbids it.
    Keeps(bool),
    /// The page was closed while the camera was open here.
    PageLost {
        path: String,
        place: String,
    },
    Queue(Queue),
    /// Somebody signed out, and the server does not know it yet.
    SignOutOwed,
}

/// All files on their way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Queue {
    pub files: Vec<UploadView>,
    /// About how long it will take, where anybody knows.
    pub seconds_left: Option<u32>,
}

/// One file on its way, as the screens see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UploadView {
    pub key: String,
    pub draft: String,
    pub place: String,
    pub name: String,
    /// The stored file whose place it takes.
    pub replaces: Option<String>,
    /// A local address to show it by; empty without.
    pub picture: String,
    pub hint: Option<Hint>,
    pub state: UploadState,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum UploadState {
    Waiting,
    /// Percent of the bytes that have gone.
    Sending(u8),
    Failed {
        failure: Failure,
        can_retry: bool,
    },
    /// What the file has become on the server.
    Arrived(Value),
}

/// Why a file did not arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// A format of pictures that this browser cannot open.
    Heic,
    Unreadable,
    SignedOut,
    Unreachable,
    /// The server refused it, in its own words.
    Refused(String),
}

/// What could be better about a photograph. Never a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hint {
    Dark,
    Blurred,
}
