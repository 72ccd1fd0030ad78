//! My drafts: go on where I was, files and all.

use contract::api::DraftSummary;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::grievance_link::GrievanceLink;
use super::unavailable::failed;
use crate::api::Api;
use crate::draft_session::DraftSessions;
use crate::fetched::{Fetched, view_resource};
use crate::i18n::{format_time, tr, tr_text};
use crate::paths::Route;
use crate::ui::notice::Empty;
use crate::ui::page::{Title, TopBar};

/// Nobody reads a question faster.
const READING_MS: f64 = 500.0;

#[component]
pub(crate) fn DraftsPage() -> impl IntoView {
    let api = expect_context::<Api>();
    let resource = view_resource(move || async move {
        let drafts = api.drafts().await?;
        Ok(ViewFn::from(move || view! { <DraftList drafts=drafts.clone() /> }))
    });
    view! {
        <div class="page">
            <TopBar title=tr("我的草稿", "My drafts") back=Route::Home.url() />
            <div class="page-body">
                <Title title=tr("草稿", "Drafts") />
                <Fetched resource heights=&[120, 120, 180] failed />
                <GrievanceLink />
            </div>
        </div>
    }
}

#[component]
fn DraftList(drafts: Vec<DraftSummary>) -> impl IntoView {
    let drafts = RwSignal::new(drafts);
    let is_empty = Memo::new(move |_| drafts.with(Vec::is_empty));
    view! {
        <Show when=move || is_empty.get()>
            <NoDrafts />
        </Show>
        <For each=move || drafts.get() key=|draft| draft.id.clone() let:draft>
            <DraftCard draft drafts />
        </For>
    }
}

#[component]
fn NoDrafts() -> impl IntoView {
    let message = tr(
        "没有草稿。开始填写的申请会自动保存在这里，换手机也能接着填。",
        "No drafts. Applications that you begin are saved here, and you can continue on any phone.",
    );
    view! {
        <Empty message>
            <a class="button" data-look="main" href=Route::Home.url()>
                {tr("看看能办什么", "See the services")}
            </a>
        </Empty>
    }
}

#[component]
fn DraftCard(draft: DraftSummary, drafts: RwSignal<Vec<DraftSummary>>) -> impl IntoView {
    let error = RwSignal::new(String::new());
    // When the resident was asked whether they really want it deleted, in milliseconds since the page was opened.
    let asked_at = RwSignal::new(None::<f64>);
    let delete = delete_draft(draft.id.clone(), drafts, error);
    let press = move |event: web_sys::MouseEvent| {
        let now = event.time_stamp();
        match asked_at.get_untracked() {
            None => asked_at.set(Some(now)),
            // The second half of a double tap has not read the question.
            Some(then) if now - then < READING_MS => {}
            Some(_) => delete(),
        }
    };
    let label = move || match asked_at.get() {
        Some(_) => tr("确定删除？再点一次", "Delete for good? Press again"),
        None => tr("删除", "Delete"),
    };
    let progress = format!(
        "{} {}/{} · {} {}",
        tr("已填", "Completed"),
        draft.steps_done,
        draft.steps,
        tr("保存于", "saved"),
        format_time(&draft.saved_at)
    );
    let url = Route::Step { draft: draft.id, step: None, from_review: false }.url();
    view! {
        <section class="card">
            <h2>{tr_text(&draft.title)}</h2>
            <p class="card-text">{progress}</p>
            <div class="sheet-actions">
                <button type="button" class="button" data-look="danger" on:click=press>
                    {label}
                </button>
                <a class="button" data-look="main" href=url>
                    {tr("接着填", "Continue")}
                </a>
            </div>
            <p class="upload-error" role="alert" hidden=move || error.with(String::is_empty)>
                {error}
            </p>
        </section>
    }
}

/// Deletes a draft at the server, and then from the list.
fn delete_draft(id: String, drafts: RwSignal<Vec<DraftSummary>>, error: RwSignal<String>) -> impl Fn() + 'static {
    let api = expect_context::<Api>();
    let sessions = expect_context::<DraftSessions>();
    move || {
        let id = id.clone();
        spawn_local(async move {
            match api.delete_draft(&id).await {
                Ok(_) => {
                    sessions.close_draft(&id);
                    drafts.try_update(|drafts| drafts.retain(|draft| draft.id != id));
                }
                Err(failure) => {
                    error.try_set(failure.message());
                }
            }
        });
    }
}
