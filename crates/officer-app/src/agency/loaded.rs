//! What is fetched: waiting in the final shape, then the thing, or what happened and a way on.

use std::pin::Pin;

use markup::view;
use signals::{Callback, RwSignal};
use wasm_bindgen_futures::spawn_local;

use super::api::{Answer, ApiError};
use crate::paths::{Filter, Route};
use crate::ui::dom::View;
use crate::ui::live::{on, shows};
use crate::ui::notice::{Empty, Skeleton};
use crate::words::t;

/// An answer on its way.
pub(super) type Ask<T> = Pin<Box<dyn Future<Output = Answer<T>>>>;

/// Fetches once and shows the outcome.
pub(super) fn loaded<T: 'static>(fetch: impl Fn() -> Ask<T> + 'static, show: impl Fn(&T) -> View + 'static) -> View {
    let found = RwSignal::new(None::<Answer<T>>);
    let start = Callback::new(move |()| {
        found.set(None);
        let answer = fetch();
        spawn_local(async move { found.set(Some(answer.await)) });
    });
    start.run(());
    shows(move || match &*found.read() {
        None => view! { <Skeleton heights=&[64, 200, 200] /> },
        Some(Ok(answer)) => show(answer),
        Some(Err(error)) if error.status == 404 => gone(error),
        Some(Err(error)) => failure(error, start),
    })
}

/// What happened, and a button to try again.
pub(super) fn failure(error: &ApiError, again: Callback<()>) -> View {
    view! {
        <div class="notice" data-look="error" role="alert">
            <p class="notice-title">{t("没有打开", "This could not be opened")}</p>
            <p>{error.says()}</p>
            <button type="button" class="button" data-look="quiet" on:click=on(move |_| again.run(()))>{t("再试一次", "Try again")}</button>
        </div>
    }
}

fn gone(error: &ApiError) -> View {
    view! {
        <h1>{t("没有这一件", "There is no such task")}</h1>
        <Empty says=error.says()>
            <a class="button" data-look="main" href=Route::Queue(Filter::default()).url()>{t("看办件列表", "To the queue")}</a>
        </Empty>
    }
}
