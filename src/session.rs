//! Who is signed in. The cookie is the server's; the app only knows the masked view of it.

use contract::api::SessionView;
use signals::{RwSignal, lasting};
use wasm_bindgen_futures::spawn_local;

use crate::api::{self, ApiError};
use crate::desk::{Desk, send_what_waits};
use crate::paths::Route;
use crate::{browser, navigation, uploads};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Session {
    /// Not asked yet.
    Unknown,
    Out,
    In(SessionView),
    /// Of this person it ended while a form was open: the form stays, one signs in above it.
    Ended(SessionView),
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
        match api::session().await {
            Ok(view) => begin(view),
            Err(_) => session().set(Session::Out),
        }
    });
    browser::on_window("online", |_| go_on());
}

/// Somebody has signed in. Nobody but its owner sees a form that was left open.
pub(crate) fn begin(view: SessionView) {
    if let Session::Ended(before) = session().get_untracked()
        && before.journal_key != view.journal_key
    {
        Desk::put_away();
        navigation::replace(&Route::Home);
    }
    session().set(Session::In(view));
    go_on();
}

/// Takes up what waited for a network or for its owner.
fn go_on() {
    spawn_local(async {
        uploads::resume().await;
        send_what_waits().await;
    });
}

/// Notes that an answer said the session is over.
pub(crate) fn note(error: &ApiError) {
    if error.status == 401
        && let Session::In(view) = session().get_untracked()
    {
        session().set(Session::Ended(view));
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
