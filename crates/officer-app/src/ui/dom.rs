//! The renderer. A `View` is DOM that stands ready; what follows a signal is one effect on one node. `view!` writes the
//! calls of this module.

mod event;
mod node;

use signals::{Effect, RwSignal, Signal};
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::{property, set_property};
pub(crate) use event::{Handler, event_target_checked, event_target_value};
pub(crate) use node::Node;

/// A part of a screen: one node, or several in a fragment. Nothing is an empty text.
#[derive(Clone)]
pub(crate) struct View(Node);

impl Default for View {
    fn default() -> Self {
        "".into_view()
    }
}

impl View {
    pub(crate) fn none() -> Self {
        Self::default()
    }

    /// As the browser's other functions want it; nothing but an element may be asked.
    pub(crate) fn element(&self) -> web_sys::HtmlElement {
        self.0.clone().unchecked_into()
    }

    pub(super) fn into_node(self) -> Node {
        self.0
    }
}

/// The whole screen, for as long as the page lives.
pub(crate) fn mount(view: View) {
    node::append_to_body(&view.into_node());
}

/// An element in the making.
pub(crate) struct Element(Node);

/// `tag`, or `tag|name|value|name|value` with the attributes that never change: one text is shorter than a call each.
pub(crate) fn element(written: &str) -> Element {
    let mut parts = written.split('|');
    let tag = parts.next().unwrap_or_default();
    let node = if matches!(tag, "svg" | "path") {
        node::create_element_ns("http://www.w3.org/2000/svg", tag)
    } else {
        node::create_element(tag)
    };
    while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
        node.set_attribute(name, value);
    }
    Element(node)
}

/// Listens to what no element hears, for as long as its owner stands.
pub(super) fn on_window(event: &'static str, handler: Handler) {
    event::listen(&node::window(), event, handler);
}

/// Seen by nobody: marks a place.
pub(super) fn mark() -> View {
    View::none()
}

pub(crate) fn fragment() -> Element {
    Element(node::create_fragment())
}

impl Element {
    pub(crate) fn attribute(self, name: &'static str, value: impl Attribute) -> Self {
        value.put(&self.0, name);
        self
    }

    /// A property that follows its signal and can be changed by the resident in between.
    pub(crate) fn property(self, name: &'static str, value: impl Property) -> Self {
        value.keep(&self.0, name);
        self
    }

    /// One property of the style: our content security policy allows no style attribute.
    pub(crate) fn style(self, name: &'static str, value: impl Into<Signal<String>>) -> Self {
        let (node, value) = (self.0.clone(), value.into());
        Effect::now(move || node.style().set_property(name, &value.read()));
        self
    }

    pub(crate) fn on(self, event: &'static str, handler: Handler) -> Self {
        event::listen(&self.0, event, handler);
        self
    }

    pub(crate) fn child(self, child: impl IntoView) -> Self {
        self.0.append_child(&child.into_view().0);
        self
    }
}

/// What can stand between tags.
pub(crate) trait IntoView {
    fn into_view(self) -> View;
}

impl IntoView for View {
    fn into_view(self) -> View {
        self
    }
}

impl IntoView for Element {
    fn into_view(self) -> View {
        View(self.0)
    }
}

impl IntoView for &str {
    fn into_view(self) -> View {
        View(node::create_text_node(self))
    }
}

impl IntoView for String {
    fn into_view(self) -> View {
        self.as_str().into_view()
    }
}

impl IntoView for Signal<String> {
    fn into_view(self) -> View {
        let text = node::create_text_node("");
        let node = text.clone();
        Effect::now(move || node.set_data(&self.read()));
        View(text)
    }
}

impl IntoView for RwSignal<String> {
    fn into_view(self) -> View {
        Signal::from(self).into_view()
    }
}

impl<V: IntoView> IntoView for Option<V> {
    fn into_view(self) -> View {
        self.map(V::into_view).unwrap_or_default()
    }
}

impl<V: IntoView> IntoView for Vec<V> {
    fn into_view(self) -> View {
        self.into_iter().collect_view()
    }
}

/// Several views in a row.
pub(crate) trait CollectView {
    fn collect_view(self) -> View;
}

impl<V: IntoView, I: Iterator<Item = V>> CollectView for I {
    fn collect_view(self) -> View {
        self.fold(fragment(), |all, view| all.child(view.into_view())).into_view()
    }
}

/// What an attribute can be. `false` and `None`: it is not there.
pub(crate) trait Attribute {
    fn put(self, node: &Node, name: &'static str);
}

impl Attribute for &str {
    fn put(self, node: &Node, name: &'static str) {
        node.set_attribute(name, self);
    }
}

impl Attribute for String {
    fn put(self, node: &Node, name: &'static str) {
        node.set_attribute(name, &self);
    }
}

impl Attribute for bool {
    fn put(self, node: &Node, name: &'static str) {
        node.toggle_attribute(name, self);
    }
}

impl<A: Attribute> Attribute for Option<A> {
    fn put(self, node: &Node, name: &'static str) {
        if let Some(value) = self {
            value.put(node, name);
        }
    }
}

impl Attribute for Signal<String> {
    fn put(self, node: &Node, name: &'static str) {
        let node = node.clone();
        Effect::now(move || node.set_attribute(name, &self.read()));
    }
}

impl Attribute for Signal<bool> {
    fn put(self, node: &Node, name: &'static str) {
        let node = node.clone();
        Effect::now(move || node.toggle_attribute(name, *self.read()));
    }
}

/// What a property can follow.
pub(crate) trait Property {
    fn keep(self, node: &Node, name: &'static str);
}

impl Property for Signal<String> {
    fn keep(self, node: &Node, name: &'static str) {
        let node = node.clone();
        Effect::now(move || put_property(&node, name, &JsValue::from_str(&self.read())));
    }
}

impl Property for RwSignal<String> {
    fn keep(self, node: &Node, name: &'static str) {
        Signal::from(self).keep(node, name);
    }
}

impl Property for Signal<bool> {
    fn keep(self, node: &Node, name: &'static str) {
        let node = node.clone();
        Effect::now(move || put_property(&node, name, &JsValue::from_bool(*self.read())));
    }
}

/// Writing the value that already stands would move the caret.
fn put_property(node: &Node, name: &str, value: &JsValue) {
    if property(node, name) != *value {
        set_property(node, name, value);
    }
}
