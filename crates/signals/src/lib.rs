//! Values that the screen follows. The names and meanings are those of Leptos; the graph underneath knows no types, so
//! that a further type of signal costs the phone next to nothing. One thread, no browser: whoever uses it says how to
//! call [`run`] soon.

mod graph;
mod signal;
mod turn;

use std::marker::PhantomData;
use std::rc::Rc;

pub use signal::{RwSignal, Signal, StoredValue};
pub use turn::{on_cleanup, on_wake, run};

use graph::Id;

/// Does something now or soon, and again after each change of what it read.
pub struct Effect;

impl Effect {
    /// Runs first when the present work is done, as [`run`] is called.
    pub fn later(act: impl Fn() + 'static) {
        turn::effect(act, false);
    }

    /// Runs first at once.
    pub fn now(act: impl Fn() + 'static) {
        turn::effect(act, true);
    }
}

/// Owns what is created while it runs something, until it is disposed of or its own owner goes.
#[derive(Clone, Copy)]
pub struct Scope(Id);

impl Default for Scope {
    fn default() -> Self {
        Self(turn::store(Rc::new(())))
    }
}

impl Scope {
    /// Nothing that is read meanwhile is followed.
    pub fn run<R>(self, act: impl FnOnce() -> R) -> R {
        turn::within(Some(self.0), act)
    }

    pub fn dispose(self) {
        turn::dispose(self.0);
    }
}

/// What is created meanwhile lives as long as the page, whoever asks first.
pub fn lasting<R>(create: impl FnOnce() -> R) -> R {
    turn::within(None, create)
}

/// Something to do, handed down to be called. Empty by default: then it does nothing.
pub struct Callback<T> {
    act: Option<Id>,
    of: PhantomData<fn(T)>,
}

impl<T> Copy for Callback<T> {}

impl<T> Clone for Callback<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Default for Callback<T> {
    fn default() -> Self {
        Self { act: None, of: PhantomData }
    }
}

/// As for `graph::Compute`, a trait of its own costs a third of `dyn Fn`.
trait Call<T> {
    fn call(&self, with: T);
}

impl<T, F: Fn(T)> Call<T> for F {
    fn call(&self, with: T) {
        self(with);
    }
}

impl<T: 'static> Callback<T> {
    pub fn new(act: impl Fn(T) + 'static) -> Self {
        let act: Box<dyn Call<T>> = Box::new(act);
        Self { act: Some(turn::store(Rc::new(act))), of: PhantomData }
    }

    pub fn run(self, with: T) {
        let act =
            self.act.and_then(|id| turn::value(id, false)).and_then(|act| act.downcast::<Box<dyn Call<T>>>().ok());
        if let Some(act) = act {
            act.call(with);
        }
    }
}

impl<T: 'static, F: Fn(T) + 'static> From<F> for Callback<T> {
    fn from(act: F) -> Self {
        Self::new(act)
    }
}
