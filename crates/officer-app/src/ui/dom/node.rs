//! The few functions of the DOM that the renderer calls, without the checks for failures that cannot happen here.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Whatever stands in the page.
    #[derive(Clone, PartialEq)]
    pub(crate) type Node;

    #[wasm_bindgen(js_namespace = document, js_name = createElement)]
    pub(super) fn create_element(tag: &str) -> Node;
    #[wasm_bindgen(js_namespace = document, js_name = createElementNS)]
    pub(super) fn create_element_ns(namespace: &str, tag: &str) -> Node;
    #[wasm_bindgen(js_namespace = document, js_name = createTextNode)]
    pub(super) fn create_text_node(text: &str) -> Node;
    #[wasm_bindgen(js_namespace = document, js_name = createDocumentFragment)]
    pub(super) fn create_fragment() -> Node;
    #[wasm_bindgen(js_namespace = ["document", "body"], js_name = append)]
    pub(super) fn append_to_body(node: &Node);
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    static WINDOW: Node;

    #[wasm_bindgen(method, js_name = setAttribute)]
    pub(super) fn set_attribute(this: &Node, name: &str, value: &str);
    #[wasm_bindgen(method, js_name = toggleAttribute)]
    pub(super) fn toggle_attribute(this: &Node, name: &str, is_there: bool);
    #[wasm_bindgen(method, js_name = addEventListener)]
    pub(super) fn add_event_listener(this: &Node, event: &str, listener: &JsValue);
    #[wasm_bindgen(method, setter, js_name = data)]
    pub(super) fn set_data(this: &Node, text: &str);
    #[wasm_bindgen(method, js_name = appendChild)]
    pub(crate) fn append_child(this: &Node, child: &Node);
    #[wasm_bindgen(method)]
    pub(crate) fn before(this: &Node, node: &Node);
    #[wasm_bindgen(method)]
    pub(crate) fn remove(this: &Node);
    #[wasm_bindgen(method, getter, js_name = previousSibling)]
    pub(crate) fn previous_sibling(this: &Node) -> Option<Node>;

    pub(super) type Style;
    #[wasm_bindgen(method, getter)]
    pub(super) fn style(this: &Node) -> Style;
    #[wasm_bindgen(method, js_name = setProperty)]
    pub(super) fn set_property(this: &Style, name: &str, value: &str);
}

/// No node, but it listens like one.
pub(super) fn window() -> Node {
    WINDOW.with(Clone::clone)
}
