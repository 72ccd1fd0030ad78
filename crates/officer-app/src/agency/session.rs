//! Which officer is signed in. The cookie is the server's; the app only knows the view of it.

use contract::api::OfficerView;
use signals::{RwSignal, lasting};
use wasm_bindgen_futures::spawn_local;

use super::api::{self, ApiError};
use super::office;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Session {
    /// Not asked yet.
    Unknown,
    Out,
    In(OfficerView),
    /// It ended over an open task: what was written stays, one signs in above it.
    Ended(OfficerView),
}

impl Session {
    pub(super) fn officer(&self) -> Option<&OfficerView> {
        match self {
            Self::In(officer) | Self::Ended(officer) => Some(officer),
            Self::Unknown | Self::Out => None,
        }
    }
}

thread_local! {
    static SESSION: RwSignal<Session> = lasting(|| RwSignal::new(Session::Unknown));
}

pub(super) fn session() -> RwSignal<Session> {
    SESSION.with(|session| *session)
}

/// Asks the server once, at the start.
pub(super) fn ask() {
    spawn_local(async {
        match api::officer().await {
            Ok(officer) => begin(officer),
            Err(_) => session().set(Session::Out),
        }
    });
}

pub(super) fn begin(officer: OfficerView) {
    office::learn(&officer);
    session().set(Session::In(officer));
}

/// Notes that an answer said the session is over.
pub(super) fn note(error: &ApiError) {
    let ended = match &*session().read_untracked() {
        Session::In(officer) if error.status == 401 => officer.clone(),
        _ => return,
    };
    session().set(Session::Ended(ended));
}

pub(super) fn sign_out() {
    spawn_local(async {
        let _ = api::sign_out().await;
        session().set(Session::Out);
    });
}
