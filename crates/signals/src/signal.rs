//! The typed handles. All are small and `Copy`; what they stand for belongs to the owner of the moment.

use std::marker::PhantomData;
use std::rc::Rc;

use crate::graph::{Compute, Id, Value};
use crate::turn;

/// A value that can be read and changed.
pub struct RwSignal<T>(Signal<T>);

/// A value that can be read: of an [`RwSignal`], derived from others, or constant.
pub struct Signal<T> {
    id: Id,
    of: PhantomData<fn() -> T>,
}

/// A value that nobody follows.
pub struct StoredValue<T>(Signal<T>);

macro_rules! copied {
    ($($name:ident)*) => {$(
        impl<T> Copy for $name<T> {}

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }
    )*};
}
copied!(RwSignal Signal StoredValue);

impl<T: 'static> Signal<T> {
    fn of(id: Id) -> Self {
        Self { id, of: PhantomData }
    }

    /// A constant.
    pub fn stored(value: T) -> Self {
        Self::of(turn::store(Rc::new(value)))
    }

    /// Follows what it reads. Whoever reads it hears only of values that differ from the last.
    pub fn derive(make: impl Fn() -> T + 'static) -> Self
    where
        T: PartialEq,
    {
        Self::of(turn::memo(Rc::new(Compared(make))))
    }

    /// Follows what it reads, and counts each value as another.
    pub fn derive_uncompared(make: impl Fn() -> T + 'static) -> Self {
        Self::of(turn::memo(Rc::new(Uncompared(make))))
    }

    /// The value; whoever runs now follows it.
    pub fn read(self) -> Rc<T> {
        living(self.find(true))
    }

    /// The value of the moment.
    pub fn read_untracked(self) -> Rc<T> {
        living(self.find(false))
    }

    pub fn get(self) -> T
    where
        T: Clone,
    {
        T::clone(&self.read())
    }

    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        T::clone(&self.read_untracked())
    }

    /// Follows it without looking.
    pub fn track(self) {
        turn::value(self.id, true);
    }

    fn find(self, track: bool) -> Option<Rc<T>> {
        turn::value(self.id, track)?.downcast().ok()
    }
}

struct Compared<F>(F);

impl<T: PartialEq + 'static, F: Fn() -> T> Compute for Compared<F> {
    fn compute(&self, old: Option<Value>) -> Option<Value> {
        changed(old, (self.0)())
    }
}

fn changed<T: PartialEq + 'static>(old: Option<Value>, new: T) -> Option<Value> {
    let is_same = old.and_then(|old| old.downcast::<T>().ok()).is_some_and(|old| *old == new);
    if is_same { None } else { Some(Rc::new(new)) }
}

struct Uncompared<F>(F);

impl<T: 'static, F: Fn() -> T> Compute for Uncompared<F> {
    fn compute(&self, _: Option<Value>) -> Option<Value> {
        Some(Rc::new((self.0)()))
    }
}

/// Like Leptos, reading a signal after its owner has gone is a mistake of the program. What outlives its screen, a
/// task for instance, asks with `try_get_untracked`.
#[expect(clippy::expect_used, reason = "there is no value to go on with")]
fn living<T>(value: Option<Rc<T>>) -> Rc<T> {
    value.expect("the owner of this signal still stands")
}

impl<T: 'static> RwSignal<T> {
    pub fn new(value: T) -> Self {
        Self(Signal::stored(value))
    }

    pub fn read(self) -> Rc<T> {
        self.0.read()
    }

    pub fn read_untracked(self) -> Rc<T> {
        self.0.read_untracked()
    }

    pub fn track(self) {
        self.0.track();
    }

    /// Changes nothing when its owner has gone.
    pub fn set(self, value: T) {
        turn::write(self.0.id, Rc::new(value), true);
    }
}

impl<T: Clone + 'static> RwSignal<T> {
    pub fn get(self) -> T {
        self.0.get()
    }

    pub fn get_untracked(self) -> T {
        self.0.get_untracked()
    }

    /// `None` when its owner has gone.
    pub fn try_get_untracked(self) -> Option<T> {
        self.0.find(false).map(|value| T::clone(&value))
    }

    /// Changes it in place.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.change(change, true);
    }

    /// Changes it and tells nobody.
    pub fn update_untracked<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.change(change, false)
    }

    fn change<R>(self, change: impl FnOnce(&mut T) -> R, tell: bool) -> Option<R> {
        // Taken out, so that a value that nobody holds is changed without a copy.
        let mut value = turn::take(self.0.id)?.downcast::<T>().ok()?;
        let result = change(Rc::make_mut(&mut value));
        turn::write(self.0.id, value, tell);
        Some(result)
    }
}

impl<T: Clone + 'static> StoredValue<T> {
    pub fn new(value: T) -> Self {
        Self(Signal::stored(value))
    }

    pub fn get_value(self) -> T {
        self.0.get_untracked()
    }
}

impl<T: Default + 'static> Default for Signal<T> {
    fn default() -> Self {
        Self::stored(T::default())
    }
}

impl<T: Default + 'static> Default for RwSignal<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        signal.0
    }
}

impl From<String> for Signal<String> {
    fn from(text: String) -> Self {
        Self::stored(text)
    }
}

impl From<&str> for Signal<String> {
    fn from(text: &str) -> Self {
        Self::stored(text.to_owned())
    }
}
