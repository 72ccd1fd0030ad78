//! The graph, without types: who follows whom, who owns what, and whose value may be out of date.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

pub(crate) type Value = Rc<dyn Any>;

/// How a node gets its value. A trait of its own, because `dyn Fn` brings two further functions for each closure.
pub(crate) trait Compute {
    /// From the old value to the new one, `None` if there is nothing new.
    fn compute(&self, old: Option<Value>) -> Option<Value>;
}

/// The order of birth, never given twice: an owner is older than what it owns.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id(u32);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    Clean,
    /// Something behind a source changed; perhaps the source stays the same.
    Check,
    Dirty,
}

pub(crate) struct Node {
    pub(crate) value: Option<Value>,
    pub(crate) compute: Option<Rc<dyn Compute>>,
    pub(crate) is_effect: bool,
    pub(crate) state: State,
    pub(crate) sources: Vec<Id>,
    pub(crate) followers: Vec<Id>,
    pub(crate) owned: Vec<Id>,
    pub(crate) cleanups: Vec<Box<dyn FnOnce()>>,
}

#[derive(Default)]
pub(crate) struct Graph {
    /// In the order of birth.
    pub(crate) nodes: Vec<(Id, Box<Node>)>,
    pub(crate) births: u32,
    pub(crate) owner: Option<Id>,
    pub(crate) observer: Option<Id>,
    /// Effects to run.
    pub(crate) queue: Vec<Id>,
    pub(crate) is_awake: bool,
    pub(crate) wake: Option<fn()>,
}

thread_local! {
    static GRAPH: RefCell<Graph> = RefCell::default();
}

pub(crate) fn graph<R>(act: impl FnOnce(&mut Graph) -> R) -> R {
    GRAPH.with_borrow_mut(act)
}

impl Graph {
    pub(crate) fn place(&self, id: Id) -> Option<usize> {
        self.nodes.binary_search_by_key(&id, |(known, _)| *known).ok()
    }

    pub(crate) fn node(&mut self, id: Id) -> Option<&mut Node> {
        self.place(id).and_then(|place| self.nodes.get_mut(place)).map(|(_, node)| node.as_mut())
    }

    pub(crate) fn create(&mut self, value: Option<Value>, compute: Option<Rc<dyn Compute>>, is_effect: bool) -> Id {
        self.births += 1;
        let id = Id(self.births);
        let node = Node {
            value,
            state: if compute.is_some() { State::Dirty } else { State::Clean },
            compute,
            is_effect,
            sources: Vec::new(),
            followers: Vec::new(),
            owned: Vec::new(),
            cleanups: Vec::new(),
        };
        self.nodes.push((id, Box::new(node)));
        if let Some(owner) = self.owner.and_then(|owner| self.node(owner)) {
            owner.owned.push(id);
        }
        id
    }

    /// Marks whatever follows a node. Effects among it wait for their turn.
    pub(crate) fn mark_followers(&mut self, id: Id, state: State) {
        let followers = self.node(id).map(|node| node.followers.clone()).unwrap_or_default();
        for follower in followers {
            let Some(node) = self.node(follower) else { continue };
            let was_clean = node.state == State::Clean;
            node.state = node.state.max(state);
            if was_clean && node.is_effect {
                self.queue.push(follower);
            } else if was_clean {
                self.mark_followers(follower, State::Check);
            }
        }
    }

    pub(crate) fn follow(&mut self, id: Id) {
        let Some(observer) = self.observer else { return };
        let Some(node) = self.node(observer) else { return };
        if node.sources.contains(&id) {
            return;
        }
        node.sources.push(id);
        if let Some(node) = self.node(id) {
            node.followers.push(observer);
        }
    }

    pub(crate) fn unfollow(&mut self, sources: Vec<Id>, follower: Id) {
        for source in sources {
            if let Some(node) = self.node(source) {
                node.followers.retain(|other| *other != follower);
            }
        }
    }

    /// The hook to call if somebody waits and nobody was told yet.
    pub(crate) fn wake(&mut self) -> Option<fn()> {
        let is_due = !self.queue.is_empty() && !self.is_awake;
        self.is_awake |= is_due;
        self.wake.filter(|_| is_due)
    }

    pub(crate) fn swap(&mut self, owner: Option<Id>, observer: Option<Id>) -> (Option<Id>, Option<Id>) {
        (std::mem::replace(&mut self.owner, owner), std::mem::replace(&mut self.observer, observer))
    }
}
