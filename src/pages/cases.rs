//! My cases: one card a case, with how many of its items are done.

use contract::api::CaseSummary;
use contract::case::CaseStatus;
use leptos::prelude::*;

use super::grievance_link::GrievanceLink;
use super::unavailable::failed;
use crate::api::Api;
use crate::fetched::{Fetched, view_resource};
use crate::i18n::{format_day, format_time, tr, tr_text};
use crate::paths::Route;
use crate::ui::notice::Empty;
use crate::ui::page::{Title, TopBar};

#[component]
pub(crate) fn CasesPage() -> impl IntoView {
    let api = expect_context::<Api>();
    let resource = view_resource(move || async move {
        let cases = api.cases().await?;
        Ok(ViewFn::from(move || list(cases.clone())))
    });
    view! {
        <div class="page">
            <TopBar title=tr("我的办件", "My cases") back=Route::Home.url() />
            <div class="page-body">
                <Title title=tr("我的办件", "My cases") />
                <Fetched resource heights=&[120, 120, 180] failed />
                <GrievanceLink />
            </div>
        </div>
    }
}

fn list(cases: Vec<CaseSummary>) -> AnyView {
    if cases.is_empty() {
        let message = tr(
            "提交后，可以在这里查看每个事项的进度。",
            "Once you have submitted an application, you can follow each item here.",
        );
        return view! {
            <Empty message>
                <a class="button" data-look="main" href=Route::Home.url()>
                    {tr("看看能办什么", "See the services")}
                </a>
            </Empty>
        }
        .into_any();
    }
    cases.into_iter().map(card).map(IntoAny::into_any).collect_view().into_any()
}

fn card(case: CaseSummary) -> impl IntoView {
    let done = case.tasks.iter().filter(|task| task.status.is_end() || task.status.is_granted()).count();
    let ticking = case.tasks.iter().filter(|task| task.status.is_ticking());
    let due = ticking.filter_map(|task| task.due.clone()).max();
    let waits_for_applicant =
        case.tasks.iter().any(|task| matches!(task.status, CaseStatus::Returned | CaseStatus::AwaitingMaterials));
    view! {
        <a class="card" href=Route::Case { reference: case.reference.clone() }.url()>
            <span class="card-title">{tr_text(&case.title)}</span>
            <span class="card-text">{format!("{} · {}", case.reference, format_time(&case.received_at))}</span>
            <span class="tags">
                {waits_for_applicant
                    .then(|| view! { <span class="tag" data-look="warn">{tr("需要补正", "Correction needed")}</span> })}
                <span class="tag">
                    {format!("{done}/{} {}", case.tasks.len(), tr("个事项已出结果", "items decided"))}
                </span>
                {due.map(|due| view! { <span class="tag">{format!("{} {}", tr("最晚", "By"), format_day(&due))}</span> })}
            </span>
        </a>
    }
}
