//! What happens in the graph. Changes are pushed as marks, values are pulled: a memo computes when it is read and dirty,
//! an effect when [`run`] comes to it. Owners go before what they own, so nothing runs that should no longer stand.

use std::rc::Rc;

use crate::graph::{Compute, Graph, Id, State, Value, graph};

struct Act<F>(F);

impl<F: Fn()> Compute for Act<F> {
    fn compute(&self, _: Option<Value>) -> Option<Value> {
        (self.0)();
        None
    }
}

pub(crate) fn store(value: Value) -> Id {
    graph(|graph| graph.create(Some(value), None, false))
}

pub(crate) fn memo(compute: Rc<dyn Compute>) -> Id {
    graph(|graph| graph.create(None, Some(compute), false))
}

pub(crate) fn effect(act: impl Fn() + 'static, at_once: bool) {
    start(Rc::new(Act(act)), at_once);
}

fn start(compute: Rc<dyn Compute>, at_once: bool) {
    let id = graph(|graph| graph.create(None, Some(compute), true));
    if at_once {
        refresh(id);
    } else {
        graph(|graph| graph.queue.push(id));
        wake();
    }
}

/// The value of the moment, `None` if its owner has gone.
pub(crate) fn value(id: Id, track: bool) -> Option<Value> {
    refresh(id);
    graph(|graph| {
        if track {
            graph.follow(id);
        }
        graph.node(id)?.value.clone()
    })
}

/// The value, out of the graph until it is written again.
pub(crate) fn take(id: Id) -> Option<Value> {
    graph(|graph| graph.node(id)?.value.take())
}

pub(crate) fn write(id: Id, value: Value, tell: bool) {
    let old = graph(|graph| {
        let old = graph.node(id).and_then(|node| node.value.replace(value));
        if tell {
            graph.mark_followers(id, State::Dirty);
        }
        old
    });
    // Outside the graph: what it held may be anything.
    drop(old);
    wake();
}

/// Brings a memo or effect up to date.
fn refresh(id: Id) {
    let state = |id| graph(|graph| graph.node(id).map(|node| node.state));
    if state(id) == Some(State::Check) {
        let sources = graph(|graph| graph.node(id).map(|node| node.sources.clone())).unwrap_or_default();
        for source in sources {
            refresh(source);
            if state(id) != Some(State::Check) {
                break;
            }
        }
    }
    if state(id) == Some(State::Dirty) {
        compute(id);
    }
    graph(|graph| {
        if let Some(node) = graph.node(id).filter(|node| node.state == State::Check) {
            node.state = State::Clean;
        }
    });
}

fn compute(id: Id) {
    clear(id);
    let found = graph(|graph| {
        let node = graph.node(id)?;
        node.state = State::Clean;
        let sources = std::mem::take(&mut node.sources);
        let found = (node.compute.clone()?, node.value.clone());
        graph.unfollow(sources, id);
        Some((found, graph.swap(Some(id), Some(id))))
    });
    let Some(((compute, old), before)) = found else { return };
    let new = compute.compute(old);
    graph(|graph| {
        graph.swap(before.0, before.1);
        if let (Some(node), Some(new)) = (graph.node(id), new) {
            node.value = Some(new);
            graph.mark_followers(id, State::Dirty);
        }
    });
}

/// Disposes of everything that a node owns.
fn clear(id: Id) {
    let found = graph(|graph| {
        let node = graph.node(id)?;
        Some((std::mem::take(&mut node.owned), std::mem::take(&mut node.cleanups)))
    });
    let Some((owned, cleanups)) = found else { return };
    owned.into_iter().for_each(dispose);
    cleanups.into_iter().for_each(|cleanup| cleanup());
}

pub(crate) fn dispose(id: Id) {
    clear(id);
    let gone = graph(|graph| {
        let (_, node) = graph.nodes.remove(graph.place(id)?);
        graph.unfollow(node.sources.clone(), id);
        Some(node)
    });
    drop(gone);
}

/// Runs something under an owner, following nothing.
pub(crate) fn within<R>(owner: Option<Id>, act: impl FnOnce() -> R) -> R {
    let before = graph(|graph| graph.swap(owner, None));
    let result = act();
    graph(|graph| graph.swap(before.0, before.1));
    result
}

/// Does something when the owner of the moment goes or runs again. Without an owner it is never done.
pub fn on_cleanup(act: impl FnOnce() + 'static) {
    let act: Box<dyn FnOnce()> = Box::new(act);
    graph(|graph| {
        if let Some(owner) = graph.owner.and_then(|owner| graph.node(owner)) {
            owner.cleanups.push(act);
        }
    });
}

/// What to call when effects wait: it must see to it that [`run`] is called soon, but not at once.
pub fn on_wake(wake: fn()) {
    graph(|graph| graph.wake = Some(wake));
}

fn wake() {
    if let Some(wake) = graph(Graph::wake) {
        wake();
    }
}

/// Runs the effects that wait, owners first, and those that they set off.
pub fn run() {
    while let Some(next) = graph(|graph| {
        let first = graph.queue.iter().enumerate().min_by_key(|(_, id)| **id).map(|(at, _)| at);
        graph.is_awake = first.is_some();
        first.map(|at| graph.queue.swap_remove(at))
    }) {
        refresh(next);
    }
}
