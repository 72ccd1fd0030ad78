//! Brings what is typed to the server: soon after the last key, at once when the page is left, again when it failed.

use std::cell::Cell;
use std::rc::Rc;

use contract::Answers;
use contract::api::{Draft, DraftChange};
use contract::id::StepId;
use serde_json::Map;
use signals::Effect;
use wasm_bindgen_futures::spawn_local;

use super::{Desk, Seen};
use crate::api::{self, ApiError};
use crate::browser;

/// What stands at the top right of a step. "Saved" only ever after the server's answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Saving {
    /// RFC 3339.
    Saved(String),
    /// Typed, about to be sent.
    Waiting,
    Busy,
    Failed(ApiError),
}

const QUIET_MS: i32 = 800;
const RETRY_MS: i32 = 4_000;

impl Desk {
    pub(super) fn mark_dirty(&self, field: &str) {
        self.dirty.update(|dirty| {
            if !dirty.iter().any(|known| known == field) {
                dirty.push(field.to_owned());
            }
        });
        if *self.saving.read_untracked() != Saving::Busy {
            self.saving.set(Saving::Waiting);
        }
    }

    /// Remembers the step, so that another phone opens it too.
    pub(crate) fn visit(&self, step: &str) {
        if self.seen.read_untracked().step.as_deref() != Some(step) {
            self.seen.update(|seen| seen.step = Some(step.to_owned()));
            self.mark_dirty("");
        }
    }

    /// Saves after each pause in typing, and at once when the page is hidden or the network is back.
    pub(super) fn keep_saving(&self) {
        let desk = *self;
        let typed = Rc::new(Cell::new(0_u32));
        Effect::later(move || {
            desk.dirty.track();
            typed.set(typed.get() + 1);
            let (typed, own) = (typed.clone(), typed.get());
            spawn_local(async move {
                browser::pause(QUIET_MS).await;
                if typed.get() == own {
                    let _ = desk.flush().await;
                }
            });
        });
        for event in ["pagehide", "online", "visibilitychange"] {
            browser::on_window(event, move |_| {
                spawn_local(async move {
                    let _ = desk.flush().await;
                });
            });
        }
    }

    /// Sends everything that the server does not have. One sender at a time; whoever comes second waits.
    pub(crate) async fn flush(&self) -> Result<(), ApiError> {
        while *self.saving.read_untracked() == Saving::Busy {
            browser::pause(50).await;
        }
        loop {
            let Some(dirty) = self.dirty.update_untracked(std::mem::take).filter(|dirty| !dirty.is_empty()) else {
                return Ok(());
            };
            self.saving.set(Saving::Busy);
            match self.send(&dirty).await {
                Ok(draft) => self.take_over(draft),
                Err(error) => {
                    self.dirty.update_untracked(|again| again.extend(dirty));
                    let Some(current) = error.problem.as_ref().and_then(|problem| problem.current.clone()) else {
                        self.fail(error.clone());
                        return Err(error);
                    };
                    // Another phone was faster: its answers come in, ours are laid on top field by field.
                    self.take_over(*current);
                }
            }
        }
    }

    async fn send(&self, dirty: &[String]) -> Result<Draft, ApiError> {
        let answers = self.answers.get_untracked();
        let mut changed = Map::new();
        for field in dirty.iter().filter(|field| !field.is_empty()) {
            changed.insert(field.clone(), answers.get(field).clone());
        }
        let seen = self.seen();
        let change = DraftChange { answers: Answers(changed), step: seen.step.map(StepId) };
        api::change_draft(self.draft, seen.version, &change).await
    }

    /// Takes the server's word for everything that was not changed here meanwhile.
    pub(crate) fn take_over(&self, draft: Draft) {
        let dirty = self.dirty.get_untracked();
        let mut merged = draft.answers;
        let own = self.answers.get_untracked();
        for field in dirty.iter().filter(|field| !field.is_empty()) {
            merged.set(field, own.get(field).clone());
        }
        if merged != own {
            self.answers.set(merged);
        }
        let step = self.seen.read_untracked().step.clone();
        self.seen.set(Seen { version: draft.version, content_hash: draft.content_hash, step });
        self.saving.set(if dirty.is_empty() { Saving::Saved(draft.saved_at) } else { Saving::Waiting });
    }

    fn fail(&self, error: ApiError) {
        let may_recover = error.is_offline() || error.status >= 500;
        self.saving.set(Saving::Failed(error));
        if may_recover {
            let desk = *self;
            spawn_local(async move {
                browser::pause(RETRY_MS).await;
                if matches!(desk.saving.try_get_untracked(), Some(Saving::Failed(_))) {
                    let _ = desk.flush().await;
                }
            });
        }
    }
}
