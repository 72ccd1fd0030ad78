//! What is fetched: waiting in the final shape, then the thing, or what happened and a way on.

use std::rc::Rc;

use contract::json::FromJson;
use markup::view;
use serde_json::Value;
use signals::{Callback, RwSignal};
use wasm_bindgen_futures::spawn_local;

use super::not_found::missing;
use super::tell::tell_link;
use crate::api::{self, ApiError, Ask, Unread};
use crate::ui::dom::View;
use crate::ui::live::shows;
use crate::ui::notice::{Failure, Skeleton};
use crate::words::t;

/// Fetches once and shows the outcome: a part of a page.
pub(crate) fn loaded<T: FromJson>(fetch: impl Fn() -> Ask<T> + 'static, show: impl Fn(T) -> View + 'static) -> View {
    shown(Rc::new(Fetched { fetch, show }), |part| part)
}

/// As `loaded`, for all that is below the top bar: what is shown brings its own bar, which would lead nowhere before.
pub(crate) fn loaded_page<T: FromJson>(
    fetch: impl Fn() -> Ask<T> + 'static,
    show: impl Fn(T) -> View + 'static,
) -> View {
    shown(Rc::new(Fetched { fetch, show }), |part| view! { <div class="page-body">{part}</div> })
}

/// What is fetched, of whatever type.
trait Fetch {
    fn fetch(&self) -> Unread;
    fn show(&self, answer: &Value) -> Result<View, ApiError>;
}

struct Fetched<F, S> {
    fetch: F,
    show: S,
}

impl<T: FromJson, F: Fn() -> Ask<T>, S: Fn(T) -> View> Fetch for Fetched<F, S> {
    fn fetch(&self) -> Unread {
        (self.fetch)().unread()
    }

    fn show(&self, answer: &Value) -> Result<View, ApiError> {
        api::shaped(answer.clone()).map(&self.show)
    }
}

fn shown(page: Rc<dyn Fetch>, frame: fn(View) -> View) -> View {
    let found = RwSignal::new(None::<Result<Value, ApiError>>);
    let fetched = page.clone();
    let start = Callback::new(move |()| {
        found.set(None);
        let answer = fetched.fetch();
        spawn_local(async move { found.set(Some(answer.await)) });
    });
    start.run(());
    let failed = move |error: &ApiError| {
        frame(if error.status == 404 {
            gone()
        } else {
            view! { <Failure says=error.says() on_again=start>{tell_link(error.says())}</Failure> }
        })
    };
    shows(move || match &*found.read() {
        None => frame(view! { <Skeleton heights=&[120, 120, 180] /> }),
        Some(Err(error)) => failed(error),
        Some(Ok(answer)) => page.show(answer).unwrap_or_else(|error| failed(&error)),
    })
}

fn gone() -> View {
    missing(
        t("没有找到您要看的", "This is not here"),
        t(
            "可能是编号或网址抄错了，也可能是用别的手机号办的。",
            "The number or address may be mistyped, or it belongs to another phone number.",
        ),
    )
}
