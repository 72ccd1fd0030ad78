//! Applications whose owner pressed "send" when there was no network: they go out when there is one again.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::draft_session::{DraftSession, DraftSessions};
use crate::navigation::Router;
use crate::paths::Route;
use crate::session::Session;
use crate::uploads::Uploads;

/// As many failures as make the longest pause.
const PATIENT: u32 = 6;

/// Sends what waits on this phone. It stands in the context.
#[derive(Clone, Copy)]
pub(crate) struct PendingSubmissions {
    pub(crate) drafts: DraftSessions,
    pub(crate) uploads: Uploads,
    pub(crate) session: Session,
    pub(crate) router: Router<Route>,
}

impl PendingSubmissions {
    /// Sends every application that waits. Asked once somebody has signed in, and when the network is back.
    pub(crate) async fn send_all(self, waiting: Vec<String>) {
        let Some(owner) = self.session.owner_untracked() else { return };
        for draft in waiting {
            match self.drafts.current(&draft, &owner) {
                Some(session) => self.send(session).await,
                // The draft that lies open is not touched: somebody may be typing in it.
                None => {
                    let Ok((session_owner, session)) = self.drafts.fetch(&draft, &owner).await else { continue };
                    self.send(session).await;
                    session_owner.cleanup();
                }
            }
        }
    }

    async fn send(self, session: DraftSession) {
        if !session.is_submission_pending.get_untracked() || session.is_submitting() {
            return;
        }
        let draft = session.id();
        let sent = session.submit(async || self.uploads.arrived(&draft).await).await;
        if let Ok(receipt) = sent {
            let is_watched = self.router.route.with_untracked(|route| route.awaits(&draft));
            self.drafts.close_draft(&draft);
            if is_watched {
                self.router.go(&Route::Receipt { reference: receipt.reference });
            }
        }
    }

    /// Looks for a network as long as the application waits. Browsers do not always tell when it is back.
    pub(crate) fn keep_trying(self, session: DraftSession) {
        spawn_local(async move {
            self.drafts.pause_after(PATIENT).await;
            if !session.is_closed() {
                self.send(session).await;
                if !session.is_closed() && session.is_submission_pending.get_untracked() {
                    self.keep_trying(session);
                }
            }
        });
    }
}
