//! Being told when something changed on the server: an `EventSource`, which comes back by itself after a lost connection.

use signals::on_cleanup;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    type EventSource;
    #[wasm_bindgen(constructor)]
    fn new(url: &str) -> EventSource;
    #[wasm_bindgen(method, setter)]
    fn set_onmessage(this: &EventSource, act: &js_sys::Function);
    #[wasm_bindgen(method)]
    fn close(this: &EventSource);
}

/// Acts at each message, for as long as what is being drawn stands.
pub(crate) fn follow(url: &str, act: impl FnMut(web_sys::Event) + 'static) {
    let source = EventSource::new(url);
    let act = Closure::<dyn FnMut(web_sys::Event)>::new(act);
    source.set_onmessage(act.as_ref().unchecked_ref());
    on_cleanup(move || {
        source.close();
        drop(act);
    });
}
