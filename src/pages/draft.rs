//! What all screens of an open draft share: opening it, and the mark that says whether it is saved.

use leptos::prelude::*;

use super::not_found::Missing;
use super::unavailable::failure;
use crate::api::ApiError;
use crate::draft_session::{DraftSession, DraftSessions, SaveState};
use crate::fetched::{Fetched, view_resource};
use crate::fields::ConflictSheet;
use crate::i18n::{format_clock, tr};
use crate::paths::Route;
use crate::session::Session;
use crate::ui::page::TopBar;
use crate::uploads::Uploads;

/// Draws a screen of a draft, at once when the draft is open already.
#[component]
pub(crate) fn DraftScreen(draft: String, #[prop(into)] screen: Callback<DraftSession, AnyView>) -> impl IntoView {
    let drafts = expect_context::<DraftSessions>();
    let uploads = expect_context::<Uploads>();
    let owner = expect_context::<Session>().owner_untracked().unwrap_or_default();
    let open = move |session| view! { {screen.run(session)} <ConflictSheet session /> }.into_any();
    if let Some(session) = drafts.current(&draft, &owner) {
        return open(session);
    }
    // It ends when this screen is left.
    let screen_lifetime = StoredValue::new(());
    let resource = view_resource(move || {
        let (draft, owner) = (draft.clone(), owner.clone());
        async move {
            let session = drafts.open(&draft, &owner, || !screen_lifetime.is_disposed()).await?;
            uploads.place_arrived();
            Ok(ViewFn::from(move || open(session)))
        }
    });
    view! { <Fetched resource heights=&[64, 240, 160] frame failed /> }.into_any()
}

fn failed(error: ApiError, retry: Callback<()>) -> AnyView {
    if error.status != 404 {
        return failure(&error, retry);
    }
    let title = tr("这份草稿已不存在", "This draft no longer exists");
    let message = tr(
        "可能已经提交或删除，也可能是用别的手机号填的。",
        "It may have been submitted or deleted, or filled in under another number.",
    );
    view! { <Missing title message /> }.into_any()
}

fn frame(body: AnyView) -> AnyView {
    view! {
        <div class="page">
            <TopBar title="" back=Route::Drafts.url() />
            <div class="page-body">{body}</div>
        </div>
    }
    .into_any()
}

/// "已保存 10:32" only after the server said so, "已存在本机" only after the disk of this phone did.
#[component]
pub(crate) fn SavedMark(session: DraftSession) -> impl IntoView {
    let state = move || {
        let has_failed = session.save_state.with(|state| matches!(state, SaveState::Failed(_)));
        if has_failed && !session.is_persisted.get() { "failed" } else { "fine" }
    };
    let words = move || {
        let is_persisted = session.is_persisted.get();
        session.save_state.with(|state| match state {
            SaveState::Saved(at) => format!("{} {}", tr("已保存", "Saved"), format_clock(at)),
            _ if is_persisted => tr("已存在本机", "On this phone").to_owned(),
            SaveState::Waiting | SaveState::Busy => tr("正在保存…", "Saving…").to_owned(),
            SaveState::Failed(_) => tr("还没存上，先别关页面", "Not saved, keep this page open").to_owned(),
        })
    };
    view! {
        <span class="top-bar-note" role="status" data-state=state>
            {words}
        </span>
    }
}
