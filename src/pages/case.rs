//! One case: its number, one line an item with agency, clock and what the office said, and what can be done now.

mod deliverables;
mod office;
mod rating;

use crate::ui::dom::{CollectView, View};
use contract::api::{CaseView, TaskView};
use contract::id::Reference;
use markup::view;
use signals::RwSignal;
use wasm_bindgen_futures::spawn_local;

use super::loaded::loaded_page;
use super::receipt::copy_button;
use super::tell::{tell, tell_row};
use crate::api;
use crate::paths::Route;
use crate::ui::live::shows;
use crate::ui::page::{BottomBar, TopBar};
use crate::words::{say, t, time_of};

pub(crate) fn view(reference: Reference) -> View {
    let fetch = move || api::case(&reference);
    view! {
        <div class="page">
            <TopBar title=t("办件进度", "Progress") back=Route::Cases.url() />
            {loaded_page(fetch, body)}
        </div>
    }
}

/// Drawn anew whenever something happened to it.
fn body(case: CaseView) -> View {
    let (reference, seen) = (case.reference.clone(), case.seen);
    let shown = RwSignal::new(case);
    api::follow_case(&reference.clone(), seen, move |_| {
        let ask = api::case(&reference);
        spawn_local(async move {
            if let Ok(case) = ask.await {
                shown.set(case);
            }
        });
    });
    shows(move || drawn(&shown.read(), shown))
}

fn drawn(case: &CaseView, shown: RwSignal<CaseView>) -> View {
    let trouble = office::trouble(case);
    let about = trouble.clone().unwrap_or_default();
    let receipt = Route::Receipt { reference: case.reference.clone() }.url();
    let see_receipt =
        view! { <a class="button" data-look="main" data-main="true" href=receipt>{t("看回执", "See receipt")}</a> };
    // A page of the server, which costs nothing here.
    let notices = format!("/cases/{}/notices", case.reference);
    view! {
        <div class="page-body">
            <section class="card">
                <p class="card-text">{format!("{} · {}", say(&case.title), t("办件编号", "case number"))}</p>
                <h1 class="reference" tabindex="-1">{case.reference.0.clone()}</h1>
                {copy_button(case.reference.0.clone())}
                <p class="card-text">{format!("{} {}", time_of(&case.received_at), t("收到", "received"))}</p>
                <a class="link" href=notices>{t("文书", "Notices")}</a>
            </section>
            {office::mending(case)}
            {deliverables::payment(case, shown)}
            <section class="card">
                <h2>{format!("{} {}", case.tasks.len(), t("件事的进度", "items"))}</h2>
                <ol class="timeline">{case.tasks.iter().map(|task| item(case, task)).collect_view()}</ol>
            </section>
            {trouble.map(|about| tell_row(t("这样不行？跟我们说", "Not right? Tell us"), about))}
            {deliverables::delivery(case)}
            {rating::view(case)}
            {office::withdrawal(case)}
        </div>
        <BottomBar>
            <a class="button" href=tell(about)>{t("办不成事", "Problem?")}</a>
            {if case.to_mend.is_empty() { see_receipt } else { office::mend_button(case) }}
        </BottomBar>
    }
}

fn item(case: &CaseView, task: &TaskView) -> View {
    let (state, words) = office::state(task.status);
    let due = office::last_day(task).filter(|_| task.status.is_ticking()).map(|due| format!(" · {due}"));
    let late = office::is_overdue(task)
        .then(|| view! { <p class="notice" data-look="warn" data-overdue="true">{t("过了承诺的日期，还没有办好。不是您的问题，可以找我们催办。", "This is late. It is not your fault: tell us, and we press for it.")}</p> });
    let phone = task.agency_phone.clone();
    view! {
        <li data-state=state data-item=task.item.0.clone()>
            <strong>{say(&task.title)}</strong>
            <span class="card-text">{words}{due}</span>
            <br />
            <span class="card-text">{say(&task.agency)}" "<a href=format!("tel:{phone}")>{phone.clone()}</a></span>
            {late}
            {office::said(case, task)}
            {deliverables::certificate(task)}
        </li>
    }
}
