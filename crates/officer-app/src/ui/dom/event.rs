//! What events do. All elements share one listener and find their own handler by a number.

use std::cell::RefCell;
use std::rc::Rc;

use signals::on_cleanup;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::Event;

use super::node::Node;
use crate::browser::{property, set_property};

/// What an event does.
pub(crate) type Handler = Rc<dyn Handle>;

/// A trait of its own, because `dyn Fn` brings two further functions for each closure.
pub(crate) trait Handle {
    fn handle(&self, event: Event);
}

impl<F: Fn(Event)> Handle for F {
    fn handle(&self, event: Event) {
        self(event);
    }
}

thread_local! {
    /// What events do, by the number that the element carries, in rising order.
    static HANDLERS: RefCell<(u32, Vec<(u32, Handler)>)> = const { RefCell::new((0, Vec::new())) };
    static DISPATCH: Closure<dyn Fn(Event)> = Closure::new(dispatch);
}

/// All elements share one listener, which outlives them: an event that comes late finds nothing to do. Whoever listens to
/// the same element meanwhile, as a sheet over a sheet to the page, comes first and gives it back.
pub(super) fn listen(node: &Node, event: &str, handler: Handler) {
    let number = HANDLERS.with_borrow_mut(|(last, all)| {
        *last += 1;
        all.push((*last, handler));
        *last
    });
    let name = key(event);
    let (before, own, place) = (property(node, &name), JsValue::from(number), node.clone());
    set_property(node, &name, &own);
    DISPATCH.with(|dispatch| node.add_event_listener(event, dispatch.as_ref()));
    on_cleanup(move || {
        if property(&place, &name) == own {
            set_property(&place, &name, &before);
        }
        let gone = HANDLERS.with_borrow_mut(|(_, all)| {
            all.binary_search_by_key(&number, |(number, _)| *number).ok().map(|at| all.remove(at))
        });
        drop(gone);
    });
}

fn dispatch(event: Event) {
    let Some(target) = event.current_target() else { return };
    let Some(number) = property(&target, &key(&event.type_())).as_f64() else { return };
    let handler = HANDLERS.with_borrow(|(_, all)| {
        let at = all.binary_search_by_key(&(number as u32), |(number, _)| *number).ok()?;
        all.get(at).map(|(_, handler)| handler.clone())
    });
    if let Some(handler) = handler {
        handler.handle(event);
    }
}

/// What stands in the input that an event comes from.
pub(crate) fn event_target_value(event: &Event) -> String {
    event.target().and_then(|target| property(&target, "value").as_string()).unwrap_or_default()
}

/// Whether the box that an event comes from is ticked.
pub(crate) fn event_target_checked(event: &Event) -> bool {
    event.target().is_some_and(|target| property(&target, "checked").is_truthy())
}

fn key(event: &str) -> String {
    ["on-", event].concat()
}
