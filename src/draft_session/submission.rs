//! Sending: what the resident saw, once, now or as soon as there is a network.

use contract::api::Submit;
use leptos::prelude::*;

use super::DraftSession;
use crate::api::{ApiError, Received};
use crate::http::Answer;

/// Then a person decides whether to try again.
const TRIES: u32 = 3;

impl DraftSession {
    /// Sends what the resident saw. That it is to be sent is on the disk before the first try and outlives a closed
    /// page. `uploaded` is waited for: it ends when every photograph of the draft has arrived or failed.
    pub(crate) async fn submit(self, uploaded: impl AsyncFn() -> Answer<()>) -> Answer<Received> {
        self.sync.update_value(|sync| sync.is_submitting = true);
        let sent = self.submit_patiently(uploaded).await;
        if self.is_closed() {
            return sent;
        }
        self.sync.update_value(|sync| sync.is_submitting = false);
        match &sent {
            Ok(_) => self.is_submission_pending.set(false),
            // Without a network it stays pending; whatever else went wrong, the resident reads it first.
            Err(error) if !error.is_offline() => self.cancel_pending_submission().await,
            Err(_) => {}
        }
        sent
    }

    /// Whether it is being sent right now.
    pub(crate) fn is_submitting(self) -> bool {
        self.sync.try_with_value(|sync| sync.is_submitting).unwrap_or_default()
    }

    async fn submit_patiently(self, uploaded: impl AsyncFn() -> Answer<()>) -> Answer<Received> {
        self.is_submission_pending.set(true);
        self.persist().await;
        let mut failures = 0;
        loop {
            uploaded().await?;
            match self.try_to_submit().await {
                Err(error) if error.may_pass() && failures + 1 < TRIES && !self.is_closed() => {
                    failures += 1;
                    self.api.client.pause_after(failures).await;
                }
                other => return other,
            }
        }
    }

    async fn try_to_submit(self) -> Answer<Received> {
        self.save().await?;
        if !self.is_submission_pending.get_untracked() || !self.conflicts.with_untracked(Vec::is_empty) {
            return Err(ApiError::changed());
        }
        let confirmed = self.confirmed.get_untracked();
        // The same content is the same sending: after a second tap, a lost answer, a reload or a closed page.
        let key = format!("{}-{}", self.id(), confirmed.version);
        let (version, content_hash, returns) = (confirmed.version, confirmed.content_hash, self.seen_returns());
        let seen = Submit { version, content_hash, returns };
        self.api.submit(&self.id(), &key, &seen).await
    }

    /// The resident does not want it sent any more, or has to look again.
    pub(crate) async fn cancel_pending_submission(self) {
        self.is_submission_pending.set(false);
        self.persist().await;
    }
}
