//! Who is signed in. The cookie is the server's; the app only knows the masked view of it.

use contract::api::SessionView;
use signals::{RwSignal, lasting};
use wasm_bindgen_futures::spawn_local;

use crate::api::{self, ApiError};
use crate::desk::Desk;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Session {
    /// Not asked yet.
    Unknown,
    Out,
    In(SessionView),
    /// It ended while a form was open: the form stays, one signs in above it.
    Ended,
}

thread_local! {
    static SESSION: RwSignal<Session> = lasting(|| RwSignal::new(Session::Unknown));
}

pub(crate) fn session() -> RwSignal<Session> {
    SESSION.with(|session| *session)
}

/// Asks the server once, at the start.
pub(crate) fn ask() {
    spawn_local(async {
        let found = match api::session().await {
            Ok(view) => Session::In(view),
            Err(_) => Session::Out,
        };
        session().set(found);
    });
}

/// Notes that an answer said the session is over.
pub(crate) fn note(error: &ApiError) {
    if error.status == 401 && matches!(session().get_untracked(), Session::In(_)) {
        session().set(Session::Ended);
    }
}

pub(crate) fn sign_out() {
    spawn_local(async {
        let _ = api::sign_out().await;
        Desk::put_away();
        session().set(Session::Out);
    });
}

/// Gives up a session that ended: what was open goes from the screen.
pub(crate) fn leave() {
    Desk::put_away();
    session().set(Session::Out);
}
