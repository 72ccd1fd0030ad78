//! What a screen relies on: it hears of every change, once, in order, and of nothing after it has gone.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use signals::{Callback, Effect, RwSignal, Scope, Signal, lasting, on_cleanup, on_wake, run};

/// Notes what effects say.
#[derive(Clone, Default)]
struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    fn note(&self, says: impl ToString) {
        self.0.borrow_mut().push(says.to_string());
    }

    /// What was said since the last look.
    fn heard(&self) -> Vec<String> {
        self.0.take()
    }
}

#[test]
fn an_effect_follows_what_it_reads() {
    let (count, log) = (RwSignal::new(1), Log::default());
    let own = log.clone();
    Effect::now(move || own.note(count.get()));
    assert_eq!(log.heard(), ["1"]);
    count.set(2);
    assert!(log.heard().is_empty(), "not before its turn");
    count.update(|count| *count += 1);
    run();
    assert_eq!(log.heard(), ["3"], "two changes, one run");
}

#[test]
fn a_new_effect_waits_for_its_turn() {
    let log = Log::default();
    let own = log.clone();
    Effect::later(move || own.note("ran"));
    assert!(log.heard().is_empty());
    run();
    assert_eq!(log.heard(), ["ran"]);
}

#[test]
fn what_was_read_last_time_only_is_no_longer_followed() {
    let (first, name, log) = (RwSignal::new(true), RwSignal::new("a"), Log::default());
    let own = log.clone();
    Effect::now(move || own.note(if first.get() { name.get() } else { "-" }));
    first.set(false);
    run();
    assert_eq!(log.heard(), ["a", "-"]);
    name.set("b");
    run();
    assert!(log.heard().is_empty());
}

#[test]
fn reading_untracked_follows_nothing() {
    let (count, log) = (RwSignal::new(1), Log::default());
    let own = log.clone();
    Effect::now(move || own.note(count.get_untracked()));
    count.set(2);
    run();
    assert_eq!(log.heard(), ["1"]);
}

#[test]
fn a_derived_value_that_stays_the_same_tells_nobody() {
    let (count, log) = (RwSignal::new(1), Log::default());
    let is_even = Signal::derive(move || count.get() % 2 == 0);
    let own = log.clone();
    Effect::now(move || own.note(is_even.get()));
    count.set(3);
    run();
    assert_eq!(log.heard(), ["false"]);
    count.set(4);
    run();
    assert_eq!(log.heard(), ["true"]);
}

#[test]
fn a_derived_value_is_made_once_and_only_when_somebody_asks() {
    let (count, made) = (RwSignal::new(1), Rc::new(Cell::new(0)));
    let own = made.clone();
    let double = Signal::derive(move || {
        own.set(own.get() + 1);
        count.get() * 2
    });
    assert_eq!(made.get(), 0);
    assert_eq!((double.get_untracked(), double.get_untracked(), made.get()), (2, 2, 1));
    count.set(5);
    assert_eq!((double.get_untracked(), made.get()), (10, 2));
}

#[test]
fn two_ways_to_one_effect_are_one_run() {
    let (count, log) = (RwSignal::new(1), Log::default());
    let (one, two) = (Signal::derive(move || count.get() + 1), Signal::derive(move || count.get() + 2));
    let own = log.clone();
    Effect::now(move || own.note(one.get() * two.get()));
    count.set(2);
    run();
    assert_eq!(log.heard(), ["6", "12"], "no mix of old and new");
}

#[test]
fn an_effect_that_goes_with_its_owner_does_not_run_again() {
    let (shown, name, log) = (RwSignal::new(Some(1)), RwSignal::new("a"), Log::default());
    let own = log.clone();
    Effect::now(move || {
        if shown.get().is_some() {
            let inner = own.clone();
            Effect::now(move || inner.note(name.get()));
        }
    });
    // Both wait; the owner's turn comes first and takes the inner one away.
    name.set("b");
    shown.set(None);
    run();
    assert_eq!(log.heard(), ["a"]);
}

#[test]
fn what_an_owner_created_is_cleaned_up_when_it_runs_again() {
    let (count, log) = (RwSignal::new(1), Log::default());
    let own = log.clone();
    Effect::now(move || {
        let (now, inner) = (count.get(), own.clone());
        on_cleanup(move || inner.note(format!("{now} goes")));
    });
    count.set(2);
    run();
    assert_eq!(log.heard(), ["1 goes"]);
}

#[test]
fn a_scope_keeps_what_it_owns_until_it_is_disposed_of() {
    let (count, log) = (RwSignal::new(1), Log::default());
    let (scope, own) = (Scope::default(), log.clone());
    let inner = scope.run(|| {
        Effect::now(move || own.note(count.get()));
        RwSignal::new(7)
    });
    scope.dispose();
    count.set(2);
    run();
    assert_eq!(log.heard(), ["1"]);
    inner.set(8);
    assert_eq!(inner.try_get_untracked(), None, "what comes late changes nothing");
}

#[test]
fn what_lasts_belongs_to_nobody() {
    let scope = Scope::default();
    let (own, kept) = scope.run(|| (RwSignal::new(1), lasting(|| RwSignal::new(2))));
    scope.dispose();
    assert_eq!((own.try_get_untracked(), kept.try_get_untracked()), (None, Some(2)));
}

#[test]
fn a_handle_of_something_gone_does_not_reach_what_took_its_place() {
    let scope = Scope::default();
    let gone = scope.run(|| RwSignal::new(1));
    scope.dispose();
    let new = [RwSignal::new(10), RwSignal::new(20), RwSignal::new(30)];
    gone.set(5);
    assert_eq!(new.map(RwSignal::get_untracked), [10, 20, 30]);
}

#[test]
fn an_effect_may_change_what_others_follow() {
    let (count, double, log) = (RwSignal::new(1), RwSignal::new(0), Log::default());
    Effect::now(move || double.set(count.get() * 2));
    let own = log.clone();
    Effect::now(move || own.note(double.get()));
    count.set(4);
    run();
    assert_eq!(log.heard(), ["2", "8"]);
}

#[test]
fn a_callback_runs_while_its_owner_stands() {
    let (scope, log) = (Scope::default(), Log::default());
    let own = log.clone();
    let say = scope.run(|| Callback::new(move |word: &str| own.note(word)));
    say.run("hello");
    Callback::default().run("nobody");
    scope.dispose();
    say.run("late");
    assert_eq!(log.heard(), ["hello"]);
}

#[test]
fn somebody_is_told_once_that_effects_wait() {
    thread_local! {
        static WOKEN: Cell<u32> = const { Cell::new(0) };
    }
    on_wake(|| WOKEN.set(WOKEN.get() + 1));
    let count = RwSignal::new(1);
    Effect::now(move || {
        count.get();
    });
    count.set(2);
    count.set(3);
    assert_eq!(WOKEN.get(), 1);
    run();
    count.set(4);
    assert_eq!(WOKEN.get(), 2);
}
