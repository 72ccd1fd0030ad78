//! Brings what is typed to the disk of this phone at once and to the server soon after; again, when that failed.

use contract::Answers;
use contract::api::{Draft, DraftChange};
use contract::id::StepId;
use contract::merge::merge;
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

/// The disk is near, the server is asked when the finger rests.
const TO_DISK_MS: i32 = 150;
const TO_SERVER_MS: i32 = 650;

impl Desk {
    pub(super) fn mark_dirty(&self, field: &str) {
        self.kept.set(false);
        self.typed.set(self.typed.get() + 1);
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
        Effect::later(move || {
            desk.dirty.track();
            let own = desk.typed.get();
            spawn_local(async move {
                browser::pause(TO_DISK_MS).await;
                if desk.typed.get() != own {
                    return;
                }
                desk.keep().await;
                browser::pause(TO_SERVER_MS).await;
                if desk.typed.get() == own {
                    let _ = desk.flush().await;
                }
            });
        });
        for event in ["pagehide", "online", "visibilitychange"] {
            browser::on_window(event, move |_| {
                spawn_local(async move {
                    desk.keep().await;
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
            let sent = self.take_dirty();
            if sent.is_empty() {
                return Ok(());
            }
            self.saving.set(Saving::Busy);
            self.on_way.replace(sent.clone());
            let answer = self.send(&sent).await;
            self.on_way.take();
            match answer {
                Ok(draft) => {
                    self.take_over(draft);
                    self.keep().await;
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
    }

    /// What may be sent now: not what the resident has still to choose between.
    fn take_dirty(&self) -> Vec<String> {
        let clashes = self.clashes.get_untracked();
        let is_open = |field: &String| clashes.iter().any(|clash| clash.field.split('.').next() == Some(field));
        let (held, sent): (Vec<_>, Vec<_>) = self.dirty.get_untracked().into_iter().partition(is_open);
        self.dirty.update_untracked(|dirty| *dirty = held);
        sent
    }

    async fn send(&self, fields: &[String]) -> Result<Draft, ApiError> {
        let seen = self.seen();
        let change = DraftChange { answers: self.answers_of(fields), step: seen.step.map(StepId) };
        api::change_draft(self.draft, seen.version, &change).await
    }

    /// The answers of these top-level fields; the empty name stands for the step.
    pub(super) fn answers_of(&self, fields: &[String]) -> Answers {
        let (own, mut some) = (self.answers.read_untracked(), Answers::default());
        for field in fields.iter().filter(|field| !field.is_empty()) {
            some.0.insert(field.clone(), own.get(field).clone());
        }
        some
    }

    fn changed_here(&self) -> Answers {
        self.answers_of(&self.dirty.read_untracked())
    }

    /// Takes the server's word after a change of our own, for everything that was not changed here meanwhile.
    pub(crate) fn take_over(&self, draft: Draft) {
        let mut merged = draft.answers.clone();
        for (field, value) in self.changed_here().0 {
            merged.set(&field, value);
        }
        self.confirm(draft, merged);
    }

    /// Somebody else was faster: their answers come in, and ours are laid on top, field by field.
    pub(crate) fn reconcile(&self, draft: Draft) {
        let (base, ours) = (self.base.borrow().clone(), self.changed_here());
        let merged = self.laid_together(&base, &draft.answers, &ours);
        self.confirm(draft, merged);
    }

    /// `theirs` with our answers on top; where both changed since `base`, the resident is asked.
    pub(super) fn laid_together(&self, base: &Answers, theirs: &Answers, ours: &Answers) -> Answers {
        let mut merged = theirs.clone();
        let mut clashes = Vec::new();
        for (field, value) in &ours.0 {
            merged.set(field, merge(field, base.get(field), theirs.get(field), value, &mut clashes));
        }
        self.clashes.update(|all| {
            all.retain(|known| !clashes.iter().any(|new| new.field == known.field && new.row == known.row));
            all.extend(clashes);
        });
        merged
    }

    fn confirm(&self, draft: Draft, merged: Answers) {
        if merged != *self.answers.read_untracked() {
            // What the resident wanted to send looked different.
            self.intent.set(false);
            self.answers.set(merged);
        }
        self.base.replace(draft.answers);
        let step = self.seen.read_untracked().step.clone();
        self.seen.set(Seen { version: draft.version, content_hash: draft.content_hash, step });
        self.failures.set(0);
        let is_clean = self.dirty.read_untracked().is_empty();
        self.saving.set(if is_clean { Saving::Saved(draft.saved_at) } else { Saving::Waiting });
    }

    fn fail(&self, error: ApiError) {
        let may_recover = error.is_offline() || error.status >= 500;
        self.saving.set(Saving::Failed(error));
        if may_recover {
            let desk = *self;
            let failures = self.failures.get() + 1;
            self.failures.set(failures);
            spawn_local(async move {
                api::pause_after(failures).await;
                if desk.failures.get() == failures && matches!(desk.saving.try_get_untracked(), Some(Saving::Failed(_)))
                {
                    let _ = desk.flush().await;
                }
            });
        }
    }
}
