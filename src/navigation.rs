//! Where we are. The address bar is the state; a link is a real link.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MouseEvent};

use crate::browser;

/// The addresses of a program: one enum, read and written by one pair of functions.
pub(crate) trait Address: Clone + PartialEq + Send + Sync + 'static {
    /// Reads a path with its query; `None` where the program has no such page.
    fn parse_known(url: &str) -> Option<Self>;
    fn not_found() -> Self;
    /// Writes what `parse_known` reads.
    fn url(&self) -> String;
}

/// Where the program is, and how to go elsewhere. It stands in the context.
pub(crate) struct Router<R: Address> {
    /// Follows Back and Forward.
    pub(crate) route: RwSignal<R>,
    is_ours: fn(&R) -> bool,
}

// Derived, they would ask the addresses to be `Copy` too.
impl<R: Address> Copy for Router<R> {}

impl<R: Address> Clone for Router<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Address> Router<R> {
    /// Listens to Back and Forward, and turns clicks on the program's own links into moves without a reload.
    /// `is_ours` says which routes this program draws; for others the browser loads the page anew.
    pub(crate) fn start(is_ours: fn(&R) -> bool) -> Self {
        let router = Self { route: RwSignal::new(current()), is_ours };
        window_event_listener(ev::popstate, move |_| router.route.set(current()));
        window_event_listener(ev::click, move |click| router.follow_link(&click));
        router
    }

    /// Goes to a screen.
    pub(crate) fn go(self, to: &R) {
        if !(self.is_ours)(to) {
            let _ = window().location().assign(&to.url());
            return;
        }
        if let Ok(history) = window().history() {
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&to.url()));
        }
        self.arrive(to);
    }

    /// Goes to a screen in place of this one, so that Back does not come here again.
    pub(crate) fn replace(self, to: &R) {
        if !(self.is_ours)(to) {
            let _ = window().location().replace(&to.url());
            return;
        }
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&to.url()));
        }
        self.arrive(to);
    }

    /// As `replace`, once what is being drawn now stands on the screen.
    pub(crate) fn replace_soon(self, to: R) {
        request_animation_frame(move || self.replace(&to));
    }

    fn arrive(self, to: &R) {
        browser::scroll_to_top();
        self.route.set(to.clone());
    }

    fn follow_link(self, click: &MouseEvent) {
        let is_plain = click.button() == 0
            && !click.ctrl_key()
            && !click.meta_key()
            && !click.shift_key()
            && !click.default_prevented();
        let element = click.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = element.and_then(|element| element.closest("a[href]").ok().flatten());
        let href = link.as_ref().and_then(|link| link.get_attribute("href"));
        let Some(href) = href.filter(|href| is_plain && href.starts_with('/')) else { return };
        if let Some(to) = R::parse_known(&href).filter(|to| (self.is_ours)(to)) {
            click.prevent_default();
            self.go(&to);
        }
    }
}

fn current<R: Address>() -> R {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    R::parse_known(&(path + &location.search().unwrap_or_default())).unwrap_or_else(R::not_found)
}
