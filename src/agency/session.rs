//! Which officer is signed in. The cookie is the server's; the program only knows the view of it.

use contract::api::OfficerView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::AgencyApi;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum SessionState {
    /// Not asked yet.
    Unknown,
    SignedOut,
    SignedIn(OfficerView),
    /// This officer's session ended over an open task: what was written stays, and the officer signs in above it.
    Expired(OfficerView),
}

/// The session of the officer at this computer. It stands in the context.
#[derive(Clone, Copy)]
pub(super) struct OfficerSession {
    pub(super) state: RwSignal<SessionState>,
    api: AgencyApi,
}

impl OfficerSession {
    /// Asks the server who is signed in, and follows what its answers say about the session.
    pub(super) fn start(api: AgencyApi) -> Self {
        let session = Self { state: RwSignal::new(SessionState::Unknown), api };
        Effect::watch(move || api.client.unauthorized.track(), move |(), _, _| session.expire(), false);
        spawn_local(async move {
            match api.officer().await {
                Ok(officer) => session.begin(officer),
                Err(_) => session.leave(),
            }
        });
        session
    }

    /// An officer has signed in.
    pub(super) fn begin(self, officer: OfficerView) {
        self.state.set(SessionState::SignedIn(officer));
    }

    /// The server says that the session is over.
    fn expire(self) {
        if let SessionState::SignedIn(officer) = self.state.get_untracked() {
            self.state.set(SessionState::Expired(officer));
        }
    }

    pub(super) fn sign_out(self) {
        spawn_local(async move {
            let _ = self.api.sign_out().await;
            self.leave();
        });
    }

    /// Gives up a session that ended.
    pub(super) fn leave(self) {
        self.state.set(SessionState::SignedOut);
    }

    /// Tracked; stays when the session expires.
    pub(super) fn officer(self) -> Option<OfficerView> {
        self.state.with(|state| match state {
            SessionState::SignedIn(officer) | SessionState::Expired(officer) => Some(officer.clone()),
            SessionState::Unknown | SessionState::SignedOut => None,
        })
    }
}
