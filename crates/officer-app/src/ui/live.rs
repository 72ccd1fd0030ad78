//! What follows signals: texts, attributes, whole parts of the screen, and lists that keep their items.

use std::cell::RefCell;
use std::rc::Rc;

use signals::{Effect, Scope, Signal};
use web_sys::Event;

use super::dom::{self, Handler, IntoView, Node, View};

/// A text or attribute that follows its signals.
pub(crate) fn live<T: Into<String> + 'static>(read: impl Fn() -> T + 'static) -> Signal<String> {
    Signal::derive(move || read().into())
}

/// An attribute or property that is there or not.
pub(crate) fn flag(read: impl Fn() -> bool + 'static) -> Signal<bool> {
    Signal::derive(read)
}

/// What an event does.
pub(crate) fn on(act: impl Fn(Event) + 'static) -> Handler {
    Rc::new(act)
}

/// A part of the screen that is drawn anew when its signals change.
pub(crate) fn shows<V: IntoView>(draw: impl Fn() -> V + 'static) -> View {
    part(Box::new(Drawn(draw)))
}

/// A trait of its own, because `dyn Fn` brings two further functions for each closure.
trait Draw {
    fn draw(&self) -> View;
}

struct Drawn<F>(F);

impl<V: IntoView, F: Fn() -> V> Draw for Drawn<F> {
    fn draw(&self) -> View {
        (self.0)().into_view()
    }
}

/// Two invisible nodes; what is drawn stands between them.
fn part(part: Box<dyn Draw>) -> View {
    let (start, end) = (dom::mark(), dom::mark());
    let all = dom::fragment().child(start.clone()).child(end.clone());
    let (start, end) = (start.into_node(), end.into_node());
    Effect::now(move || {
        let drawn = part.draw().into_node();
        while let Some(old) = end.previous_sibling().filter(|old| *old != start) {
            old.remove();
        }
        end.before(&drawn);
    });
    all.into_view()
}

/// One element of a list and what it owns.
struct Item {
    node: Node,
    scope: Scope,
}

/// A list of single elements. A key that stays keeps its element, and with it focus and caret.
pub(crate) fn each<K: Clone + PartialEq + 'static>(keys: Signal<Vec<K>>, draw: impl Fn(K) -> View + 'static) -> View {
    let known = RefCell::new(Rc::new(Vec::<K>::new()));
    list(Box::new(move |arrange| {
        let keys = keys.read();
        let old = known.replace(keys.clone());
        let places: Vec<_> = keys.iter().map(|key| old.iter().position(|old| old == key)).collect();
        arrange(&places, &|at| keys.get(at).cloned().map(&draw).unwrap_or_default());
    }))
}

/// Takes the old place of each item, and how to draw one that had none.
type Arrange<'a> = &'a dyn Fn(&[Option<usize>], &dyn Fn(usize) -> View);

fn list(update: Box<dyn Fn(Arrange<'_>)>) -> View {
    let end = dom::mark();
    let all = dom::fragment().child(end.clone());
    let end = end.into_node();
    let items = RefCell::new(Vec::new());
    // The items outlast a run of the effect, so they belong to an owner beside it.
    let owner = Scope::default();
    Effect::now(move || {
        update(&|places, draw| {
            let old = items.take().into_iter().map(Some).collect();
            items.replace(arranged(old, places, draw, owner, &end));
        });
    });
    all.into_view()
}

fn arranged(
    mut old: Vec<Option<Item>>,
    places: &[Option<usize>],
    draw: &dyn Fn(usize) -> View,
    owner: Scope,
    end: &Node,
) -> Vec<Item> {
    let mut items = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let kept = place.and_then(|place| old.get_mut(place)?.take());
        items.push(kept.unwrap_or_else(|| {
            let scope = owner.run(Scope::default);
            Item { node: scope.run(|| draw(at).into_node()), scope }
        }));
    }
    for gone in old.into_iter().flatten() {
        gone.scope.dispose();
        gone.node.remove();
    }
    let mut next = end.clone();
    for item in items.iter().rev() {
        // What stands right already is not touched: moving an input would take its focus.
        if next.previous_sibling().as_ref() != Some(&item.node) {
            next.before(&item.node);
        }
        next = item.node.clone();
    }
    items
}
