//! A trembling thumb taps twice. The second half of such a double tap does nothing, whatever stands in its place by then,
//! such as the button that removes the next row or the one that sends the form.

use std::array;

use leptos::prelude::*;
use web_sys::MouseEvent;

/// Nobody who means two presses of one sort makes them faster.
const DOUBLE_TAP_MS: f64 = 350.0;

/// What a press does. Two presses of different sorts are both meant, however fast they follow each other.
#[derive(Clone, Copy)]
pub(crate) enum TapKind {
    /// Goes on: to the next screen, or sends something.
    LeadsOn,
    /// Takes something away.
    TakesAway,
}

const KINDS: usize = 2;

/// Tells the second half of a double tap. It stands in the context, since the two halves may meet two different screens.
#[derive(Clone, Copy)]
pub(crate) struct TapGuard {
    /// The time of the last press of each kind, in milliseconds since the page was opened.
    last: StoredValue<[f64; KINDS]>,
}

impl TapGuard {
    pub(crate) fn start() -> Self {
        let guard = Self { last: StoredValue::new(never()) };
        // Somebody who has typed in between means the next press.
        window_event_listener_untyped("input", move |_| guard.last.set_value(never()));
        guard
    }

    /// Whether a press is meant. A keyboard presses without a pointer, and a hand that trembles is no matter there.
    pub(crate) fn admits(self, kind: TapKind, click: &MouseEvent) -> bool {
        click.detail() == 0 || self.admits_at(kind, click.time_stamp())
    }

    fn admits_at(self, kind: TapKind, now: f64) -> bool {
        let index = kind as usize;
        let is_meant = self.last.with_value(|last| last.get(index).is_none_or(|last| now - last >= DOUBLE_TAP_MS));
        if is_meant {
            self.last.update_value(|last| last.iter_mut().skip(index).take(1).for_each(|last| *last = now));
        }
        is_meant
    }
}

fn never() -> [f64; KINDS] {
    array::from_fn(|_| f64::NEG_INFINITY)
}

/// Lets a press through unless it is the second half of a double tap.
pub(crate) fn guarded(kind: TapKind, act: impl Fn(MouseEvent) + 'static) -> impl Fn(MouseEvent) + 'static {
    let guard = use_context::<TapGuard>();
    move |click: MouseEvent| {
        if guard.is_none_or(|guard| guard.admits(kind, &click)) {
            act(click);
        }
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::{TapGuard, TapKind, never};

    fn guard() -> (Owner, TapGuard) {
        let owner = Owner::new();
        let guard = owner.with(|| TapGuard { last: StoredValue::new(never()) });
        (owner, guard)
    }

    #[wasm_bindgen_test]
    fn the_same_button_thirty_milliseconds_later_is_the_same_tap() {
        let (_owner, guard) = guard();
        assert!(guard.admits_at(TapKind::LeadsOn, 1_000.0));
        assert!(!guard.admits_at(TapKind::LeadsOn, 1_030.0));
    }

    #[wasm_bindgen_test]
    fn two_different_buttons_are_both_meant() {
        let (_owner, guard) = guard();
        assert!(guard.admits_at(TapKind::TakesAway, 1_000.0));
        assert!(guard.admits_at(TapKind::LeadsOn, 1_120.0));
    }

    #[wasm_bindgen_test]
    fn a_later_press_is_meant() {
        let (_owner, guard) = guard();
        assert!(guard.admits_at(TapKind::LeadsOn, 1_000.0));
        assert!(guard.admits_at(TapKind::LeadsOn, 1_350.0));
    }
}
