//! What somebody has typed or drawn and nothing has kept yet: as long as there is any, a new release does not reload
//! the page under their hands (`script/releases.js` asks).

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::CustomEvent;

use crate::draft_session::{DraftSessions, SaveState};
use crate::local_store::{LocalStore, promise_that_everything_is_sent};

/// Cancelled while something would be lost. Its detail takes promises of whether nothing would.
const UPDATE_EVENT: &str = "app-update-ready";

/// The parts of the screen that hold unsaved input. It stands in the context.
#[derive(Clone, Copy)]
pub(crate) struct UnsavedInput {
    sources: StoredValue<Vec<Signal<bool>>>,
    drafts: DraftSessions,
}

impl UnsavedInput {
    pub(crate) fn start(drafts: DraftSessions, store: LocalStore) -> Self {
        let unsaved = Self { sources: StoredValue::default(), drafts };
        window_event_listener_untyped(UPDATE_EVENT, move |event| {
            if unsaved.is_any() {
                event.prevent_default();
            } else if let Some(asked) = event.dyn_ref::<CustomEvent>().map(CustomEvent::detail) {
                asked.unchecked_ref::<Array>().push(&promise_that_everything_is_sent(store));
            }
        });
        unsaved
    }

    fn is_any(self) -> bool {
        self.is_draft_unsaved() || self.sources.with_value(|all| all.iter().any(|source| source.get_untracked()))
    }

    /// An answer of the open draft that is neither on the disk of this phone nor with the server.
    fn is_draft_unsaved(self) -> bool {
        self.drafts.current_of_anybody().is_some_and(|session| {
            let is_saved = session.save_state.with_untracked(|state| matches!(state, SaveState::Saved(_)));
            !is_saved && !session.is_persisted.get_untracked()
        })
    }
}

/// The component that calls this holds unsaved input while `is_unsaved` is true.
pub(crate) fn report_unsaved_input(is_unsaved: impl Fn() -> bool + Send + Sync + 'static) {
    let Some(unsaved) = use_context::<UnsavedInput>() else { return };
    let source = Signal::derive(is_unsaved);
    unsaved.sources.update_value(|all| all.push(source));
    on_cleanup(move || unsaved.sources.update_value(|all| all.retain(|known| *known != source)));
}
