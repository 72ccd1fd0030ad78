//! Where we are. The address bar is the state; a link is a real link.

use std::cell::Cell;

use crate::browser::window;
use signals::{RwSignal, lasting};
use wasm_bindgen::JsValue;

use crate::browser;
use crate::paths::Route;

thread_local! {
    static OURS: Cell<fn(&Route) -> bool> = const { Cell::new(|_| true) };
    static ROUTE: RwSignal<Route> = lasting(|| RwSignal::new(current()));
}

/// The route of the moment; follows Back and Forward.
pub(crate) fn route() -> RwSignal<Route> {
    ROUTE.with(|route| *route)
}

/// Listens to Back and Forward, and turns clicks on our own links into moves without a reload.
/// `ours` says which routes this program draws.
pub(crate) fn listen(ours: fn(&Route) -> bool) {
    OURS.set(ours);
    browser::on_window("popstate", |_| route().set(current()));
    browser::on_window("click", follow_link);
}

/// Goes to a screen.
pub(crate) fn go(to: &Route) {
    if !is_ours(to) {
        let _ = window().location().assign(&to.url());
        return;
    }
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&to.url()));
    }
    arrive(to);
}

/// Goes to a screen in place of this one, so that Back does not come here again.
pub(crate) fn replace(to: &Route) {
    if !is_ours(to) {
        let _ = window().location().replace(&to.url());
        return;
    }
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&to.url()));
    }
    arrive(to);
}

/// Whether this program draws it; else the browser loads the page, and with it the other one.
fn is_ours(to: &Route) -> bool {
    OURS.get()(to)
}

fn arrive(to: &Route) {
    browser::scroll_to_top();
    route().set(to.clone());
}

fn current() -> Route {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    Route::parse(&(path + &location.search().unwrap_or_default()))
}

fn follow_link(event: web_sys::Event) {
    use wasm_bindgen::JsCast;
    let click: &web_sys::MouseEvent = event.unchecked_ref();
    let plain = click.button() == 0
        && !click.ctrl_key()
        && !click.meta_key()
        && !click.shift_key()
        && !event.default_prevented();
    // What is no element has no `closest`, which is an error like any other.
    let element = event.target().map(|target| target.unchecked_into::<web_sys::Element>());
    let link = element.and_then(|element| element.closest("a[href]").ok().flatten());
    let Some(href) = link.and_then(|link| link.get_attribute("href")).filter(|href| plain && href.starts_with('/'))
    else {
        return;
    };
    let to = Route::parse(&href);
    if to != Route::NotFound && is_ours(&to) {
        event.prevent_default();
        go(&to);
    }
}
