//! Being told when something happened to a case: an `EventSource`, which comes back by itself after a lost connection.

use contract::id::Reference;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource};

/// Acts whenever something happened to a case after `seen`, for as long as the calling component stands.
pub(crate) fn follow_case(reference: &Reference, seen: u64, act: impl Fn() + 'static) {
    let Ok(source) = EventSource::new(&format!("/api/cases/{reference}/events?seen={seen}")) else { return };
    let act = Closure::<dyn FnMut(Event)>::new(move |_| act());
    source.set_onmessage(Some(act.as_ref().unchecked_ref()));
    let open = StoredValue::new_local(Some((source, act)));
    on_cleanup(move || {
        if let Some(Some((source, _act))) = open.try_update_value(Option::take) {
            source.close();
        }
    });
}
