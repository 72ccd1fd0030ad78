//! Messages to the program that keeps people's data, and its answers. Messages wait, in their order, until the program
//! runs; nobody waits for it long.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_channel::oneshot;
use gloo_timers::callback::Timeout;
use js_sys::Array;
use leptos::task::spawn_local;
use local_data::protocol::{Call, Event, Message, Reply, Request};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{File, MessageEvent, MessagePort};

use super::program;

/// Then the app goes on without it.
const LONGEST_WAIT_MS: u32 = 5_000;

pub(super) struct Connection {
    state: RefCell<State>,
    next_id: Cell<u32>,
    waiting: RefCell<Vec<(u32, oneshot::Sender<Reply>)>>,
    listener: RefCell<Option<Listener>>,
    /// Something may be kept from before this page.
    was_used: bool,
}

type Listener = Rc<dyn Fn(Event)>;

enum State {
    /// Not needed yet; what concerns what is kept waits.
    Idle(Vec<Array>),
    Starting(Vec<Array>),
    Running(MessagePort),
    /// It could not be started: nothing is kept, and everything goes on from memory and server. What waits is for the
    /// next try.
    Failed(Vec<Array>),
}

impl Connection {
    pub(super) fn new(was_used: bool) -> Rc<Self> {
        Rc::new(Self {
            state: RefCell::new(State::Idle(Vec::new())),
            next_id: Cell::new(0),
            waiting: RefCell::default(),
            listener: RefCell::default(),
            was_used,
        })
    }

    pub(super) fn on_event(&self, listener: impl Fn(Event) + 'static) {
        self.listener.replace(Some(Rc::new(listener)));
    }

    /// Whether anything may be kept on this phone.
    pub(super) fn is_used(&self) -> bool {
        self.was_used || !matches!(&*self.state.borrow(), State::Idle(_))
    }

    /// Starts the program, once.
    pub(super) fn start(self: &Rc<Self>) {
        let held = match &mut *self.state.borrow_mut() {
            State::Idle(held) => std::mem::take(held),
            State::Starting(_) | State::Running(_) | State::Failed(_) => return,
        };
        self.start_with(held);
    }

    /// Tries once more to start what could not be started.
    pub(super) fn start_again(self: &Rc<Self>) {
        let held = match &mut *self.state.borrow_mut() {
            State::Failed(held) => std::mem::take(held),
            State::Idle(_) | State::Starting(_) | State::Running(_) => return,
        };
        self.start_with(held);
    }

    fn start_with(self: &Rc<Self>, held: Vec<Array>) {
        self.state.replace(State::Starting(held));
        let connection = Rc::clone(self);
        spawn_local(async move {
            match program::start().await {
                Some(port) => connection.run(port),
                None => connection.fail(),
            }
        });
    }

    /// Sends a request whose answer nobody needs.
    pub(super) fn tell(&self, request: Request, files: Vec<File>) {
        self.post(request, files);
    }

    /// Sends a request and waits for its answer; `None` where none comes soon. Where nothing can be kept from before,
    /// nobody waits for a program that is still being fetched, unless it is to keep something now.
    pub(super) async fn ask(self: &Rc<Self>, request: Request) -> Option<Reply> {
        let is_running = matches!(&*self.state.borrow(), State::Running(_));
        let asks_for_earlier =
            matches!(request, Request::Unsent { .. } | Request::CopyOf { .. } | Request::IsEverythingSent);
        if asks_for_earlier && !is_running && !self.was_used {
            return None;
        }
        self.start();
        let (id, reply) = self.post_and_await(request)?;
        let connection = Rc::clone(self);
        let timer = Timeout::new(LONGEST_WAIT_MS, move || drop(connection.take_waiting(id)));
        let reply = reply.await.ok();
        timer.cancel();
        reply
    }

    /// Sends a request and waits for its answer, however long the program takes to start; `None` where it cannot start.
    /// For what must not be missed: the flag that something is kept reaches the disk later than what is kept, so it can
    /// be lost with the page.
    pub(super) async fn ask_patiently(self: &Rc<Self>, request: Request) -> Option<Reply> {
        self.start();
        self.post_and_await(request)?.1.await.ok()
    }

    fn post_and_await(&self, request: Request) -> Option<(u32, oneshot::Receiver<Reply>)> {
        let id = self.post(request, Vec::new())?;
        let (sender, receiver) = oneshot::channel();
        self.waiting.borrow_mut().push((id, sender));
        Some((id, receiver))
    }

    /// The number of the request; `None` where nobody will answer.
    fn post(&self, request: Request, files: Vec<File>) -> Option<u32> {
        let id = self.next_id.get();
        self.next_id.set(id.wrapping_add(1));
        let text = serde_json::to_string(&Call { id, request }).ok()?;
        let message = Array::of1(&text.into());
        for file in files {
            message.push(&file);
        }
        match &mut *self.state.borrow_mut() {
            // Nothing is kept from before, and nobody has signed in: there is nothing that it concerns.
            State::Idle(_) if !self.was_used => return None,
            State::Idle(held) | State::Starting(held) => held.push(message),
            State::Running(port) => port.post_message(&message).ok()?,
            State::Failed(held) => {
                held.push(message);
                return None;
            }
        }
        Some(id)
    }

    fn run(self: &Rc<Self>, port: MessagePort) {
        let connection = Rc::clone(self);
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| connection.hear(&event));
        port.set_onmessage(Some(listener.into_js_value().unchecked_ref()));
        if let State::Starting(held) = self.state.replace(State::Running(port.clone())) {
            for message in held {
                let _ = port.post_message(&message);
            }
        }
        // It may have failed before; what it cannot keep it says itself.
        self.dispatch(Event::Keeps(true));
    }

    fn fail(&self) {
        if let State::Starting(held) = self.state.replace(State::Failed(Vec::new())) {
            self.state.replace(State::Failed(held));
        }
        self.waiting.take();
        self.dispatch(Event::Keeps(false));
    }

    fn hear(&self, event: &MessageEvent) {
        let text = Array::from(&event.data()).get(0).as_string().unwrap_or_default();
        // By way of a `Value`, as everything else is read: the program holds one reader of JSON.
        match serde_json::from_str(&text).and_then(serde_json::from_value) {
            Ok(Message::Reply { id, reply }) => {
                if let Some(sender) = self.take_waiting(id) {
                    // Whoever asked has gone where it cannot be sent.
                    let _ = sender.send(reply);
                }
            }
            Ok(Message::Event(event)) => self.dispatch(event),
            Err(_) => {}
        }
    }

    fn dispatch(&self, event: Event) {
        let listener = self.listener.borrow().clone();
        if let Some(listener) = listener {
            listener(event);
        }
    }

    fn take_waiting(&self, id: u32) -> Option<oneshot::Sender<Reply>> {
        let mut waiting = self.waiting.borrow_mut();
        let at = waiting.iter().position(|(known, _)| *known == id)?;
        Some(waiting.swap_remove(at).1)
    }
}
