//! What is fetched for a screen: waiting in the final shape, then the thing, or what happened and a way on.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::http::Answer;
use crate::ui::notice::Skeleton;

/// Shows what a resource brings: `ready` for a success, `failed` for a failure, which may fetch it again.
///
/// It is no `<Suspense>`, because that would also wait, with all that is shown, for everything that the parts of `ready`
/// fetch later.
#[component]
pub(crate) fn Fetched<T: Clone + 'static>(
    resource: LocalResource<Answer<T>>,
    /// Of the shapes that stand meanwhile, in pixels.
    heights: &'static [u32],
    /// What stands around these shapes and around a failure, where `ready` brings it itself.
    #[prop(optional)]
    frame: Option<fn(AnyView) -> AnyView>,
    #[prop(into)] ready: Callback<T, AnyView>,
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
        Some(Ok(answer)) => ready.run(answer),
        Some(Err(error)) => framed(failed(error, retry)),
    }
}
