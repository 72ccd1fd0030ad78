//! What is fetched: waiting in the final shape, then the thing, or what happened and a way on.

use crate::ui::dom::View;
use markup::view;
use signals::RwSignal;
use wasm_bindgen_futures::spawn_local;

use crate::api::ApiError;
use crate::ui::live::shows;
use crate::ui::notice::{Failure, Skeleton};

/// Fetches once and shows the outcome.
pub(crate) fn loaded<T, F>(fetch: impl Fn() -> F + Copy + 'static, show: impl Fn(T) -> View + 'static) -> View
where
    T: Clone + 'static,
    F: Future<Output = Result<T, ApiError>> + 'static,
{
    let found = RwSignal::new(None::<Result<T, ApiError>>);
    let start = move || {
        found.set(None);
        spawn_local(async move {
            let answer = fetch().await;
            found.set(Some(answer));
        });
    };
    start();
    let body = move || match found.get() {
        None => view! { <Skeleton heights=&[120, 120, 180] /> },
        Some(Err(error)) => view! { <Failure says=error.says() on_again=move |()| start() /> },
        Some(Ok(thing)) => show(thing),
    };
    shows(body)
}
