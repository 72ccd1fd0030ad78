//! One file on its way.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use web_sys::{Blob, File};

use crate::protocol::{Failure, Hint, Slot, UploadState, UploadView};

/// What is on the disk about a file, sealed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Facts {
    pub(super) key: String,
    /// Whose file it is: it is sealed for nobody else.
    pub(super) owner: String,
    pub(super) slot: Slot,
    /// The stored file whose place it takes.
    pub(super) replaces: Option<String>,
    pub(super) name: String,
    /// The order within its place is the resident's.
    pub(super) order: f64,
    pub(super) media_type: String,
    /// As it came from the camera: it was not made small yet.
    pub(super) is_original: bool,
    pub(super) size: u32,
    pub(super) sha256: Option<String>,
    /// Where the server takes its pieces.
    pub(super) address: Option<String>,
    /// What it has become, once all of it has arrived.
    pub(super) attachment: Option<Value>,
}

#[derive(Clone)]
pub(super) struct Upload {
    pub(super) facts: Facts,
    pub(super) state: UploadState,
    /// As it was chosen, until it is made small.
    pub(super) file: Option<File>,
    /// As it is sent. The browser keeps it outside the page, on its disk when it has to; it may be taken from us.
    pub(super) blob: Option<Blob>,
    pub(super) picture: String,
    pub(super) hint: Option<Hint>,
    /// What is on the disk is what is known here.
    pub(super) is_kept: bool,
    /// This page works on it.
    pub(super) is_ours: bool,
    /// Another page works on it, and this one waits for its end.
    pub(super) is_followed: bool,
    /// The server is asked from time to time whether it can be heard again.
    pub(super) is_listening: bool,
    pub(super) was_restarted: bool,
    pub(super) failures: u32,
}

impl Upload {
    pub(super) fn new(facts: Facts, file: Option<File>) -> Self {
        Self {
            state: facts.attachment.clone().map_or(UploadState::Waiting, UploadState::Arrived),
            is_kept: file.is_none(),
            facts,
            file,
            blob: None,
            picture: String::new(),
            hint: None,
            is_ours: false,
            is_followed: false,
            is_listening: false,
            was_restarted: false,
            failures: 0,
        }
    }

    /// Another page has gone on with it.
    pub(super) fn take_over(&mut self, facts: Facts) {
        if !facts.is_original {
            self.file = None;
        }
        if let Some(attachment) = &facts.attachment {
            self.state = UploadState::Arrived(attachment.clone());
        }
        self.facts = facts;
    }

    pub(super) fn fail(&mut self, failure: Failure, can_retry: bool) {
        self.state = UploadState::Failed { failure, can_retry };
        self.file = None;
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.state == UploadState::Waiting
    }

    /// Whether it was made small and may be sent.
    pub(super) fn is_ready(&self) -> bool {
        self.is_waiting() && self.file.is_none() && !self.facts.is_original
    }

    /// Whether what comes after it in its place has to wait for it.
    pub(super) fn holds_up(&self) -> bool {
        !matches!(self.state, UploadState::Arrived(_) | UploadState::Failed { can_retry: false, .. })
    }

    pub(super) fn bytes_left(&self) -> f64 {
        match self.state {
            UploadState::Waiting => f64::from(self.facts.size),
            UploadState::Sending(percent) => f64::from(self.facts.size) * (1.0 - f64::from(percent) / 100.0),
            UploadState::Failed { .. } | UploadState::Arrived(_) => 0.0,
        }
    }

    pub(super) fn view(&self) -> UploadView {
        UploadView {
            key: self.facts.key.clone(),
            draft: self.facts.slot.draft.clone(),
            place: self.facts.slot.place.clone(),
            name: self.facts.name.clone(),
            replaces: self.facts.replaces.clone(),
            picture: self.picture.clone(),
            hint: self.hint,
            state: self.state.clone(),
        }
    }
}
