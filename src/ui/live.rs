//! What follows signals, under one type each. Every closure in a `view!` is a type of its own and would bring its own
//! copy of the renderer; boxed, all of them share one.

use leptos::prelude::*;

/// A text or attribute that follows its signals.
pub(crate) fn live<T: Into<String> + 'static>(read: impl Fn() -> T + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(move || read().into())
}

/// An attribute or property that is there or not.
pub(crate) fn flag(read: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(read)
}

/// A part of the screen that follows its signals.
pub(crate) fn shows<V: IntoView + 'static>(draw: impl Fn() -> V + Send + 'static) -> AnyView {
    drawn(Box::new(move || draw().into_any()))
}

fn drawn(draw: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    (move || draw()).into_any()
}

/// What an event does.
pub(crate) fn on<E: 'static>(act: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(act)
}
