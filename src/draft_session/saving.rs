//! Brings what is typed to the disk of this phone at once and to the server soon after; again, when that failed.

use contract::Answers;
use contract::api::{Draft, DraftChange};
use contract::id::StepId;
use contract::merge;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Confirmed, DraftSession};
use crate::api::ApiError;
use crate::browser;
use crate::http::Answer;

/// What stands at the top right of a step. "Saved" only ever after the server's answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SaveState {
    /// RFC 3339.
    Saved(String),
    /// Typed, about to be sent.
    Waiting,
    Busy,
    Failed(ApiError),
}

/// The disk is near; the server is asked when the finger rests.
const PERSIST_AFTER_MS: u32 = 150;
const SAVE_AFTER_MS: u32 = 650;
const POLL_INTERVAL_MS: u32 = 50;

impl DraftSession {
    pub(crate) fn mark_dirty(self, field: &str) {
        self.is_persisted.set(false);
        self.sync.update_value(|sync| sync.edits += 1);
        self.dirty.update(|dirty| {
            if !dirty.iter().any(|known| known == field) {
                dirty.push(field.to_owned());
            }
        });
        if self.save_state.with_untracked(|state| *state != SaveState::Busy) {
            self.save_state.set(SaveState::Waiting);
        }
    }

    /// Remembers the step, so that another phone opens it too.
    pub(crate) fn visit(self, step: &str) {
        if self.confirmed.with_untracked(|confirmed| confirmed.step.as_deref() != Some(step)) {
            self.confirmed.update(|confirmed| confirmed.step = Some(step.to_owned()));
            self.mark_dirty("");
        }
    }

    /// Saves after each pause in typing, and at once when the page is hidden or the network is back, until the draft is
    /// closed.
    pub(super) fn save_in_the_background(self) {
        Effect::new(move || {
            self.dirty.track();
            let edits = self.sync.with_value(|sync| sync.edits);
            spawn_local(async move {
                TimeoutFuture::new(PERSIST_AFTER_MS).await;
                if !self.has_paused_at(edits) {
                    return;
                }
                self.persist().await;
                TimeoutFuture::new(SAVE_AFTER_MS).await;
                if self.has_paused_at(edits) {
                    let _ = self.save().await;
                }
            });
        });
        for event in ["pagehide", "online", "visibilitychange"] {
            let listener = window_event_listener_untyped(event, move |_| {
                spawn_local(async move {
                    self.persist().await;
                    let _ = self.save().await;
                });
            });
            on_cleanup(move || listener.remove());
        }
    }

    fn has_paused_at(self, edits: u32) -> bool {
        self.sync.try_with_value(|sync| sync.edits) == Some(edits)
    }

    /// Sends everything that the server does not have. One request at a time; a second caller waits for the first.
    pub(crate) async fn save(self) -> Answer<()> {
        while self.save_state.try_get_untracked() == Some(SaveState::Busy) {
            TimeoutFuture::new(POLL_INTERVAL_MS).await;
        }
        while !self.is_closed() {
            let sent = self.take_dirty();
            if sent.is_empty() {
                return Ok(());
            }
            self.save_state.set(SaveState::Busy);
            self.sync.update_value(|sync| sync.in_flight = sent.clone());
            let answer = self.send(&sent).await;
            if self.is_closed() {
                break;
            }
            self.sync.update_value(|sync| sync.in_flight.clear());
            match answer {
                Ok(draft) => {
                    self.take_over(draft);
                    self.persist().await;
                }
                Err(error) => {
                    self.dirty.update_untracked(|again| again.extend(sent));
                    let Some(current) = error.problem.as_ref().and_then(|problem| problem.current.clone()) else {
                        self.fail(error.clone());
                        return Err(error);
                    };
                    self.reconcile(*current);
                }
            }
        }
        Err(ApiError::default())
    }

    /// Has the draft decided in another division.
    pub(crate) async fn move_to(self, division: &str) {
        if self.save().await.is_err() {
            return;
        }
        let change = DraftChange { division: Some(division.into()), ..DraftChange::default() };
        let version = self.confirmed.with_untracked(|confirmed| confirmed.version);
        match self.api.change_draft(&self.id(), version, &change).await {
            Ok(draft) => self.take_over(draft),
            Err(error) => self.fail(error),
        }
    }

    /// What may be sent now: not what the resident has still to choose between.
    fn take_dirty(self) -> Vec<String> {
        let conflicts = self.conflicts.get_untracked();
        let is_open = |field: &String| conflicts.iter().any(|clash| clash.field.split('.').next() == Some(field));
        let (held, sent): (Vec<_>, Vec<_>) = self.dirty.get_untracked().into_iter().partition(is_open);
        self.dirty.update_untracked(|dirty| *dirty = held);
        sent
    }

    async fn send(self, fields: &[String]) -> Answer<Draft> {
        let confirmed = self.confirmed.get_untracked();
        let change = DraftChange { answers: self.answers_of(fields), step: confirmed.step.map(StepId), division: None };
        self.api.change_draft(&self.id(), confirmed.version, &change).await
    }

    /// The answers of these top-level fields; the empty name stands for the step.
    pub(super) fn answers_of(self, fields: &[String]) -> Answers {
        let mut some = Answers::default();
        self.answers.with_untracked(|all| {
            for field in fields.iter().filter(|field| !field.is_empty()) {
                some.0.insert(field.clone(), all.get(field).clone());
            }
        });
        some
    }

    fn changed_here(self) -> Answers {
        self.answers_of(&self.dirty.get_untracked())
    }

    /// Takes the server's word after a change of our own, for everything that was not changed here meanwhile.
    pub(super) fn take_over(self, draft: Draft) {
        if self.is_closed() {
            return;
        }
        let mut merged = draft.answers.clone();
        for (field, value) in self.changed_here().0 {
            merged.set(&field, value);
        }
        self.confirm(draft, merged);
    }

    /// Somebody else was faster: their answers come in, and ours are merged on top, field by field.
    pub(crate) fn reconcile(self, draft: Draft) {
        if self.is_closed() {
            return;
        }
        self.refresh_correction(&draft);
        let (base, ours) = (self.sync.with_value(|sync| sync.base.clone()), self.changed_here());
        let merged = self.merge(&base, &draft.answers, &ours);
        self.confirm(draft, merged);
    }

    /// `theirs` with our answers on top; where both changed since `base`, the resident is asked.
    pub(super) fn merge(self, base: &Answers, theirs: &Answers, ours: &Answers) -> Answers {
        let mut merged = theirs.clone();
        let mut conflicts = Vec::new();
        for (field, value) in &ours.0 {
            merged.set(field, merge::merge(field, base.get(field), theirs.get(field), value, &mut conflicts));
        }
        self.conflicts.update(|all| {
            all.retain(|known| !conflicts.iter().any(|new| new.field == known.field && new.row == known.row));
            all.extend(conflicts);
        });
        merged
    }

    /// The resident chose between the answer here and the one elsewhere; what stands here now is sent.
    pub(crate) fn resolve_first_conflict(self) {
        let first = self.conflicts.with_untracked(|all| all.first().cloned());
        let Some(clash) = first else { return };
        self.conflicts.update(|all| {
            all.remove(0);
        });
        self.mark_dirty(clash.field.split('.').next().unwrap_or_default());
    }

    fn confirm(self, draft: Draft, merged: Answers) {
        if self.answers.with_untracked(|answers| *answers != merged) {
            // What the resident wanted to send looked different.
            self.is_submission_pending.set(false);
            self.answers.set(merged);
        }
        let step = self.confirmed.with_untracked(|confirmed| confirmed.step.clone());
        self.confirmed.set(Confirmed { version: draft.version, content_hash: draft.content_hash, step });
        self.sync.update_value(|sync| {
            sync.base = draft.answers;
            sync.failures = 0;
        });
        let is_clean = self.dirty.with_untracked(Vec::is_empty);
        if is_clean && draft.division != self.context.division {
            // Its texts and limits are others there.
            browser::reload();
        }
        self.save_state.set(if is_clean { SaveState::Saved(draft.saved_at) } else { SaveState::Waiting });
    }

    fn fail(self, error: ApiError) {
        let may_recover = error.is_offline() || error.status >= 500;
        self.save_state.set(SaveState::Failed(error));
        if !may_recover {
            return;
        }
        self.sync.update_value(|sync| sync.failures += 1);
        let failures = self.sync.with_value(|sync| sync.failures);
        spawn_local(async move {
            self.api.client.pause_after(failures).await;
            let is_latest = self.sync.try_with_value(|sync| sync.failures) == Some(failures);
            if is_latest && matches!(self.save_state.try_get_untracked(), Some(SaveState::Failed(_))) {
                let _ = self.save().await;
            }
        });
    }
}
