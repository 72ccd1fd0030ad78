//! What a page shows in place of what could not be fetched: the `failed` and `frame` of `Fetched`.

use leptos::prelude::*;

use super::grievance_link::GrievanceLink;
use super::not_found::Missing;
use crate::api::ApiError;
use crate::i18n::tr;
use crate::ui::notice::Failure;

/// It is not there, or what happened and a way to fetch it again.
pub(crate) fn failed(error: ApiError, retry: Callback<()>) -> AnyView {
    if error.status == 404 {
        let title = tr("没有找到您要看的内容", "Not found");
        let message = tr(
            "可能是编号或网址抄错了，也可能是用别的手机号办的。",
            "The number or address may be mistyped, or it belongs to another phone number.",
        );
        return view! { <Missing title message /> }.into_any();
    }
    failure(&error, retry)
}

/// What happened, a way to fetch it again, and a way to report it.
pub(crate) fn failure(error: &ApiError, retry: Callback<()>) -> AnyView {
    let message = error.message();
    view! {
        <Failure message=message.clone() on_retry=retry>
            <GrievanceLink about=message />
        </Failure>
    }
    .into_any()
}

/// Frames what stands for all that is below the top bar: what is fetched brings a body of its own.
pub(crate) fn page_body(part: AnyView) -> AnyView {
    view! { <div class="page-body">{part}</div> }.into_any()
}
