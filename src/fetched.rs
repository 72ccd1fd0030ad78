//! What is fetched for a screen: waiting in the final shape, then the thing, or what happened and a way on.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;

use crate::api::ApiError;
use crate::http::Answer;
use crate::ui::notice::Skeleton;

/// Something that is fetched, as the view that will show it.
pub(crate) type ViewResource = LocalResource<Answer<ViewFn>>;

type Fetching = Pin<Box<dyn Future<Output = Answer<ViewFn>>>>;

/// Fetches something for a screen: `fetch` ends with the view that shows it. Every screen's resource is of this one
/// type, so that the program holds what makes a resource only once.
pub(crate) fn view_resource<F>(fetch: impl Fn() -> F + 'static) -> ViewResource
where
    F: Future<Output = Answer<ViewFn>> + 'static,
{
    let fetch: Box<dyn Fn() -> Fetching> = Box::new(move || Box::pin(fetch()));
    LocalResource::new(fetch)
}

/// Shows what a resource brings, or `failed` for a failure, which may fetch it again.
///
/// It is no `<Suspense>`, because that would also wait, with all that is shown, for everything that the parts of the
/// view fetch later.
#[component]
pub(crate) fn Fetched(
    resource: ViewResource,
    /// Of the shapes that stand meanwhile, in pixels.
    heights: &'static [u32],
    /// What stands around these shapes and around a failure, where the view brings it itself.
    #[prop(optional)]
    frame: Option<fn(AnyView) -> AnyView>,
    failed: fn(ApiError, Callback<()>) -> AnyView,
) -> impl IntoView {
    let retry = Callback::new(move |()| {
        resource.set(None);
        resource.refetch();
    });
    let framed = move |part: AnyView| match frame {
        Some(frame) => frame(part),
        None => part,
    };
    move || match resource.get() {
        None => framed(view! { <Skeleton heights /> }.into_any()),
        Some(Ok(view)) => view.run(),
        Some(Err(error)) => framed(failed(error, retry)),
    }
}
