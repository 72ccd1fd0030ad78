//! What is fetched: waiting in the final shape, then the thing, or what happened and a way on.

use std::pin::Pin;
use std::rc::Rc;

use markup::view;
use signals::{Callback, RwSignal};
use wasm_bindgen_futures::spawn_local;

use crate::api::ApiError;
use crate::ui::dom::View;
use crate::ui::live::shows;
use crate::ui::notice::{Failure, Skeleton};

type Draw = Rc<dyn Fn() -> View>;
type Drawing = Pin<Box<dyn Future<Output = Result<Draw, ApiError>>>>;

/// Fetches once and shows the outcome.
pub(crate) fn loaded<T, F>(fetch: impl Fn() -> F + 'static, show: impl Fn(T) -> View + 'static) -> View
where
    T: Clone + 'static,
    F: Future<Output = Result<T, ApiError>> + 'static,
{
    let show = Rc::new(show);
    shown(Box::new(move || {
        let (answer, show) = (fetch(), show.clone());
        Box::pin(async move {
            let thing = answer.await?;
            let draw: Draw = Rc::new(move || show(thing.clone()));
            Ok(draw)
        })
    }))
}

/// The same for things of any type.
fn shown(fetch: Box<dyn Fn() -> Drawing>) -> View {
    let found = RwSignal::new(None::<Result<Draw, ApiError>>);
    let start = Callback::new(move |()| {
        found.set(None);
        let drawing = fetch();
        spawn_local(async move { found.set(Some(drawing.await)) });
    });
    start.run(());
    shows(move || match &*found.read() {
        None => view! { <Skeleton heights=&[120, 120, 180] /> },
        Some(Err(error)) => view! { <Failure says=error.says() on_again=start /> },
        Some(Ok(draw)) => draw(),
    })
}
