//! What is fetched: waiting in the final shape, then the thing, or what happened and a way on.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::ApiError;
use crate::ui::live::shows;
use crate::ui::notice::{Failure, Skeleton};

/// Fetches once and shows the outcome.
pub(crate) fn loaded<T, F>(
    fetch: impl Fn() -> F + Copy + Send + Sync + 'static,
    show: impl Fn(T) -> AnyView + Send + 'static,
) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, ApiError>> + 'static,
{
    let found = RwSignal::new(None::<Result<T, ApiError>>);
    let start = move || {
        found.set(None);
        spawn_local(async move {
            let answer = fetch().await;
            found.try_set(Some(answer));
        });
    };
    start();
    let body = move || match found.get() {
        None => view! { <Skeleton heights=&[120, 120, 180] /> }.into_any(),
        Some(Err(error)) => view! { <Failure says=error.says() on_again=move |()| start() /> }.into_any(),
        Some(Ok(thing)) => show(thing),
    };
    shows(body)
}
