//! What a page shows in place of what could not be fetched: the `failed` of `Fetched`.

use leptos::prelude::*;

use super::error_message::error_message;
use super::frame::QueueLink;
use crate::api::ApiError;
use crate::i18n::tr;
use crate::ui::notice::Empty;

/// It is not there or not this office's, or what happened and a way to fetch it again.
pub(super) fn failed(error: ApiError, retry: Callback<()>) -> AnyView {
    if error.status == 403 {
        return view! { <p class="notice" data-look="warn" role="alert">{error_message(&error)}</p> }.into_any();
    }
    if error.status != 404 {
        return view! { <FailureNotice error on_retry=retry /> }.into_any();
    }
    view! {
        <h1>{tr("没有这一件", "There is no such task")}</h1>
        <Empty message=error_message(&error)><QueueLink label=tr("看办件列表", "To the queue") /></Empty>
    }
    .into_any()
}

/// What happened, and a button to try again.
#[component]
pub(super) fn FailureNotice(error: ApiError, #[prop(into)] on_retry: Callback<()>) -> impl IntoView {
    view! {
        <div class="notice" data-look="error" role="alert">
            <p class="notice-title">{tr("打开失败", "This could not be opened")}</p>
            <p>{error_message(&error)}</p>
            <button type="button" class="button" data-look="quiet" on:click=move |_| on_retry.run(())>
                {tr("再试一次", "Try again")}
            </button>
        </div>
    }
}
