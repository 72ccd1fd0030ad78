//! Who is signed in. The cookie is the server's; the app only knows the masked view of it.

use contract::api::SessionView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Api;
use crate::browser;

/// The cookie by which the server fills no page for somebody who signed out without a network: it has not heard of that
/// yet.
const SIGNED_OUT: &str = "signed-out";

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SessionState {
    /// Not asked yet.
    Unknown,
    SignedOut,
    SignedIn(SessionView),
    /// This person's session ended while a form was open: the form stays, and one signs in above it.
    Expired(SessionView),
}

/// The session of the person at this phone. It stands in the context.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    pub(crate) state: RwSignal<SessionState>,
    api: Api,
}

impl Session {
    /// Asks the server who is signed in, and follows what its answers say about the session.
    pub(crate) fn start(api: Api) -> Self {
        let session = Self { state: RwSignal::new(SessionState::Unknown), api };
        Effect::watch(move || api.client.unauthorized.track(), move |(), _, _| session.expire(), false);
        spawn_local(async move {
            match api.session().await {
                Ok(view) => session.begin(view),
                Err(_) => session.state.set(SessionState::SignedOut),
            }
        });
        session
    }

    /// Somebody has signed in.
    pub(crate) fn begin(self, view: SessionView) {
        browser::store_for_server(SIGNED_OUT, "");
        self.state.set(SessionState::SignedIn(view));
    }

    /// The server says that the session is over.
    pub(crate) fn expire(self) {
        if let SessionState::SignedIn(view) = self.state.get_untracked() {
            self.state.set(SessionState::Expired(view));
        }
    }

    pub(crate) fn sign_out(self) {
        browser::store_for_server(SIGNED_OUT, "yes");
        spawn_local(async move {
            let _ = self.api.sign_out().await;
            self.leave();
        });
    }

    /// Gives up a session that ended.
    pub(crate) fn leave(self) {
        self.state.set(SessionState::SignedOut);
    }

    /// Tracked.
    pub(crate) fn is_signed_in(self) -> bool {
        self.state.with(|state| matches!(state, SessionState::SignedIn(_)))
    }

    /// As `owner`, without following it.
    pub(crate) fn owner_untracked(self) -> Option<String> {
        untrack(|| self.owner())
    }

    /// What tells one person from another; tracked. It stays when the session expires.
    pub(crate) fn owner(self) -> Option<String> {
        self.state.with(|state| match state {
            SessionState::SignedIn(view) | SessionState::Expired(view) => Some(view.journal_key.clone()),
            SessionState::Unknown | SessionState::SignedOut => None,
        })
    }
}
