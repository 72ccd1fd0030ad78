//! Starts the program that keeps people's data: in a worker, or in this page where the browser has no such workers or
//! cannot draw in them (ADR 0024).

use futures_channel::oneshot;
use gloo_timers::callback::Timeout;
use js_sys::{Function, Reflect};
use leptos::prelude::{document, window};
use local_data::protocol::STARTED_EVENT;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, HtmlScriptElement, MessageEvent, MessagePort, Worker, WorkerOptions, WorkerType};

/// A weak line takes its time; after this, nothing will come.
const LONGEST_START_MS: u32 = 60_000;

/// The app's end of the channel to the program; `None` where it does not start.
pub(super) async fn start() -> Option<MessagePort> {
    let meta = document().query_selector("meta[name=local-data]").ok()??;
    let address = meta.get_attribute("content")?;
    if has("Worker") && has("OffscreenCanvas") && local_data::turns_bitmaps().await {
        // A browser that knows no modules in workers says so by an error.
        if let Some(port) = start_in_worker(&address).await {
            return Some(port);
        }
    }
    start_in_page(&address).await
}

fn has(name: &str) -> bool {
    Reflect::get(&window(), &name.into()).is_ok_and(|value| !value.is_undefined())
}

async fn start_in_worker(address: &str) -> Option<MessagePort> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(address, &options).ok()?;
    let port = first_event(|listener| {
        worker.set_onmessage(Some(listener));
        worker.set_onerror(Some(listener));
    })
    .await
    .and_then(|event| event.dyn_ref::<MessageEvent>().and_then(|event| event.ports().get(0).dyn_into().ok()));
    worker.set_onmessage(None);
    worker.set_onerror(None);
    if port.is_none() {
        worker.terminate();
    }
    port
}

/// Starts it beside the app: it says by an event that it runs.
async fn start_in_page(address: &str) -> Option<MessagePort> {
    let (head, page) = (document().head()?, window());
    let script: HtmlScriptElement = document().create_element("script").ok()?.dyn_into().ok()?;
    script.set_type("module");
    script.set_src(address);
    let started = first_event(|listener| {
        // Without one of them the app goes on after the longest start.
        let _ = page.add_event_listener_with_callback(STARTED_EVENT, listener);
        let _ = script.add_event_listener_with_callback("error", listener);
        let _ = head.append_child(&script);
    });
    started.await?.dyn_ref::<CustomEvent>()?.detail().dyn_into().ok()
}

/// The first event that a listener hears; `None` where it hears nothing for long.
async fn first_event(listen: impl FnOnce(&Function)) -> Option<JsValue> {
    let (sender, receiver) = oneshot::channel();
    let mut sender = Some(sender);
    let listener = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        if let Some(sender) = sender.take() {
            // Whoever waited has gone on.
            let _ = sender.send(event);
        }
    });
    // The browser drops it with what it listens to.
    let listener: Function = listener.into_js_value().unchecked_into();
    listen(&listener);
    let timer = Timeout::new(LONGEST_START_MS, move || {
        let _ = listener.call1(&JsValue::NULL, &JsValue::NULL);
    });
    let event = receiver.await.ok();
    timer.cancel();
    event
}
