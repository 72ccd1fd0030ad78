//! What the server does not have yet, persisted on this phone until it does.

use contract::Answers;
use leptos::prelude::*;
use leptos::task::spawn_local;
use local_data::protocol::Unsent;
use serde_json::{Value, json};

use super::DraftSession;

impl DraftSession {
    /// Persists what the server does not have on the disk of this phone.
    pub(super) async fn persist(self) {
        if self.is_closed() {
            return;
        }
        let (edits, in_flight) = self.sync.with_value(|sync| (sync.edits, sync.in_flight.clone()));
        let is_pending = self.is_submission_pending.get_untracked();
        // What a request carries is not with the server before its answer is here.
        let fields: Vec<_> = in_flight.into_iter().chain(self.dirty.get_untracked()).collect();
        let unsent = (!fields.is_empty() || is_pending).then(|| self.unsent(&fields));
        let is_persisted = self.store.persist(&self.owner(), &self.id(), unsent, is_pending).await;
        // What was typed meanwhile is persisted by the next round.
        if self.sync.try_with_value(|sync| sync.edits) == Some(edits) {
            self.is_persisted.set(is_persisted);
        }
    }

    /// Brings what was typed to the disk of this phone, or to the server where this phone keeps nothing.
    pub(crate) async fn make_durable(self) -> bool {
        self.persist().await;
        self.is_persisted.try_get_untracked() == Some(true) || self.save().await.is_ok()
    }

    fn unsent(self, fields: &[String]) -> Value {
        let ours = self.answers_of(fields);
        let mut before = ours.clone();
        self.sync.with_value(|sync| {
            for (field, value) in &mut before.0 {
                *value = sync.base.get(field).clone();
            }
        });
        let confirmed = self.confirmed.get_untracked();
        json!({ "answers": ours.0, "base": before.0, "step": confirmed.step, "version": confirmed.version })
    }

    /// Lays what this phone persisted when the page was closed over what the server sent. Where the program that knows
    /// takes long to start, the resident goes on meanwhile, and it is laid over what stands there then.
    pub(super) async fn restore(self) {
        let (owner, draft) = (self.owner(), self.id());
        match self.store.unsent(&owner, &draft).await {
            Some(unsent) => self.rebase_on(unsent),
            None => {
                spawn_local(async move { self.rebase_on(self.store.unsent_at_last(&owner, &draft).await) });
            }
        }
    }

    fn rebase_on(self, unsent: Vec<Unsent>) {
        let Some(edits) = self.sync.try_with_value(|sync| sync.edits) else { return };
        for unsent in unsent {
            self.rebase(unsent, edits == 0);
        }
    }

    fn rebase(self, Unsent { answers: mut unsent, is_pending_submission }: Unsent, is_unedited: bool) {
        let mut part = |name: &str| match unsent.get_mut(name).map(Value::take) {
            Some(Value::Object(fields)) => Answers(fields),
            _ => Answers::default(),
        };
        let (ours, base) = (part("answers"), part("base"));
        let merged = self.merge(&base, &self.answers.get_untracked(), &ours);
        self.answers.set(merged);
        for field in ours.0.keys() {
            self.mark_dirty(field);
        }
        if !is_unedited {
            return;
        }
        if let Some(step) = unsent.get("step").and_then(Value::as_str) {
            self.visit(step);
        }
        // The resident wanted to send what stood here then: whatever came in meanwhile is looked at first.
        let version = self.confirmed.with_untracked(|confirmed| confirmed.version);
        let is_same = unsent.get("version").and_then(Value::as_u64) == Some(version);
        self.is_submission_pending.set(is_same && is_pending_submission);
    }
}
