//! My drafts: go on where I was, files and all.

use crate::ui::dom::{CollectView, View};
use contract::api::DraftSummary;
use markup::view;
use signals::{RwSignal, StoredValue};
use wasm_bindgen_futures::spawn_local;

use super::loaded::loaded;
use super::tell::tell_link;
use crate::api;
use crate::desk::Desk;
use crate::paths::Route;
use crate::ui::live::{flag, on, shows};
use crate::ui::notice::Empty;
use crate::ui::page::{Title, TopBar};
use crate::words::{say, t, time_of};

/// Nobody reads a question faster.
const READING_MS: f64 = 500.0;

pub(crate) fn view() -> View {
    view! {
        <div class="page">
            <TopBar title=t("继续填写", "Go on filling in") back=Route::Home.url() />
            <div class="page-body">
                <Title title=t("填了一半的", "What I began") />
                {loaded(api::drafts, list)}
                {tell_link(String::new())}
            </div>
        </div>
    }
}

fn list(drafts: Vec<DraftSummary>) -> View {
    let drafts = RwSignal::new(drafts);
    let body = move || {
        if drafts.read().is_empty() {
            return view! {
                <Empty says=t("没有填了一半的。开始办的事会自动保存在这里，换手机也能接着填。", "Nothing half done. Whatever you begin is kept here, on any phone.")>
                    <a class="button" data-look="main" href=Route::Home.url()>{t("去看看能办什么", "See what can be done")}</a>
                </Empty>
            };
        }
        drafts.get().into_iter().map(|draft| card(draft, drafts)).collect_view()
    };
    shows(body)
}

fn card(draft: DraftSummary, drafts: RwSignal<Vec<DraftSummary>>) -> View {
    let asked = RwSignal::new(None::<f64>);
    let trouble = RwSignal::new(String::new());
    let id = StoredValue::new(draft.id.clone());
    let delete = move |event: web_sys::Event| {
        let now = event.time_stamp();
        let Some(then) = asked.get_untracked() else {
            asked.set(Some(now));
            return;
        };
        // The second half of a double tap has not read the question.
        if now - then < READING_MS {
            return;
        }
        spawn_local(async move {
            match api::delete_draft(&id.get_value()).await {
                Ok(_) => {
                    Desk::put_away();
                    drafts.update(|all| all.retain(|draft| draft.id != id.get_value()));
                }
                Err(error) => trouble.set(error.says()),
            }
        });
    };
    let open = Route::Step { draft: draft.id.clone(), step: None, from_review: false }.url();
    view! {
        <section class="card">
            <h2>{say(&draft.title)}</h2>
            <p class="card-text">{format!("{} {}/{} · {} {}", t("已填", "Done"), draft.steps_done, draft.steps, t("保存于", "saved"), time_of(&draft.saved_at))}</p>
            <div class="sheet-actions">
                <button type="button" class="button" data-look="danger" on:click=on(delete)>
                    {shows(move || if asked.read().is_some() { t("真的删除？再点一次", "Really delete? Press again") } else { t("删除", "Delete") })}
                </button>
                <a class="button" data-look="main" href=open>{t("接着填", "Go on")}</a>
            </div>
            <p class="upload-error" role="alert" hidden=flag(move || trouble.read().is_empty())>{trouble}</p>
        </section>
    }
}
