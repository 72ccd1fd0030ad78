//! A trembling thumb taps twice. The second half of such a double tap does nothing, whatever stands in its place by
//! then, such as the button that removes the next row or the one that sends the form.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, MouseEvent};

/// A person who means two presses of one place makes them more slowly.
const DOUBLE_TAP_MS: f64 = 350.0;
/// How far apart the two halves of a double tap hit the glass, in CSS pixels.
const DOUBLE_TAP_DISTANCE: f64 = 24.0;
/// What leads to another screen, sends something or takes something away. Anything else may be pressed as fast as a
/// person likes.
const GUARDED: &str = ".bottom-bar a, .bottom-bar button, [data-main], [data-look=danger], [data-withdraw=sure]";

/// One press on the glass.
#[derive(Clone, Copy)]
struct Tap {
    /// Milliseconds since the page was opened.
    at: f64,
    x: f64,
    y: f64,
}

impl Tap {
    fn of(click: &MouseEvent) -> Self {
        Self { at: click.time_stamp(), x: f64::from(click.client_x()), y: f64::from(click.client_y()) }
    }

    fn is_second_half_of(self, first: Self) -> bool {
        let distance = (self.x - first.x).hypot(self.y - first.y);
        distance < DOUBLE_TAP_DISTANCE && self.at - first.at < DOUBLE_TAP_MS
    }
}

/// Keeps the second half of a double tap from everything on the page, for as long as the page stands.
pub(crate) fn guard_against_double_taps() {
    let last = Rc::new(Cell::new(None::<Tap>));
    // Somebody who has typed in between means the next press.
    let typed = Rc::clone(&last);
    listen_first("input", move |_| typed.set(None));
    listen_first("click", move |event| {
        let Some(click) = event.dyn_ref::<MouseEvent>() else { return };
        // A keyboard presses without a pointer, and a hand that trembles is no matter there.
        if click.detail() == 0 {
            return;
        }
        let tap = Tap::of(click);
        if is_guarded(click) && last.get().is_some_and(|first| tap.is_second_half_of(first)) {
            click.prevent_default();
            click.stop_immediate_propagation();
        } else {
            last.set(Some(tap));
        }
    });
}

fn is_guarded(click: &MouseEvent) -> bool {
    let target = click.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(GUARDED).is_ok_and(|guarded| guarded.is_some()))
}

/// Hears of an event before any element does.
fn listen_first(event: &str, listener: impl FnMut(web_sys::Event) + 'static) {
    let listener = Closure::<dyn FnMut(web_sys::Event)>::new(listener).into_js_value();
    let _ = window().add_event_listener_with_callback_and_bool(event, listener.unchecked_ref(), true);
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::Tap;

    const FIRST: Tap = Tap { at: 1_000.0, x: 180.0, y: 700.0 };

    #[wasm_bindgen_test]
    fn the_same_place_thirty_milliseconds_later_is_the_same_tap() {
        assert!(Tap { at: 1_030.0, x: 184.0, ..FIRST }.is_second_half_of(FIRST));
    }

    #[wasm_bindgen_test]
    fn two_different_buttons_are_both_meant() {
        assert!(!Tap { at: 1_120.0, y: 400.0, ..FIRST }.is_second_half_of(FIRST));
    }

    #[wasm_bindgen_test]
    fn a_later_press_is_meant() {
        assert!(!Tap { at: 1_350.0, ..FIRST }.is_second_half_of(FIRST));
    }
}
