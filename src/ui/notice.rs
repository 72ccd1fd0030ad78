//! Things said to people: notices, empty states, waiting, failures with a way on.

use leptos::prelude::*;

use crate::first_screen::FirstScreen;
use crate::i18n::tr;

/// Grey shapes in the final form, seen only when it takes longer than 300 ms.
#[component]
pub(crate) fn Skeleton(
    /// Pixels, one shape each.
    heights: &'static [u32],
) -> impl IntoView {
    let hold = use_context::<FirstScreen>().map(FirstScreen::hold);
    on_cleanup(move || drop(hold));
    let shape = |height: &u32| view! { <div class="skeleton" style:height=format!("{height}px")></div> };
    view! { <div role="status" aria-label=tr("正在打开", "Loading")>{heights.iter().map(shape).map(IntoAny::into_any).collect_view()}</div> }
}

/// What happened, that nothing is lost, and what to do.
#[component]
pub(crate) fn Failure(
    #[prop(into)] message: String,
    #[prop(into)] on_retry: Callback<()>,
    /// Another way on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="notice" data-look="warn" role="alert">
            <p>{message}</p>
            <button type="button" class="button" data-look="quiet" on:click=move |_| on_retry.run(())>
                {tr("再试一次", "Try again")}
            </button>
            {children.map(|children| children())}
            <p>
                {tr("也可以拨打 ", "Or call ")}
                <a href="tel:12345">"12345"</a>
                {tr("（24 小时人工服务）", " (answered 24 hours a day)")}
            </p>
        </div>
    }
}

/// Says what will be here and offers the first step.
#[component]
pub(crate) fn Empty(#[prop(into)] message: String, children: Children) -> impl IntoView {
    view! { <div class="card empty"><p>{message}</p>{children()}</div> }
}
