//! One case: its number, one line an item with agency, clock and what the office said, and what can be done now.

mod correction;
mod deliverables;
mod office;
mod rating;
mod withdrawal;

use contract::api::{CaseView, TaskView};
use contract::id::Reference;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::grievance_link::{GrievanceRow, grievance_url};
use super::next::NextSteps;
use super::receipt::CopyButton;
use super::unavailable::{failed, page_body};
use crate::api::{Api, follow_case};
use crate::fetched::{Fetched, view_resource};
use crate::i18n::{format_time, tr, tr_text};
use crate::paths::Route;
use crate::ui::page::{BottomBar, TopBar};
use correction::{CorrectionButton, CorrectionRequest};
use deliverables::{Delivery, IssuedCertificate, Payment};
use office::OfficeMessage;
use rating::RatingCard;
use withdrawal::Withdrawal;

#[component]
pub(crate) fn CasePage(reference: Reference) -> impl IntoView {
    let api = expect_context::<Api>();
    let resource = view_resource(move || {
        let reference = reference.clone();
        async move {
            let case = api.case(&reference).await?;
            Ok(ViewFn::from(move || view! { <FollowedCase case=case.clone() /> }))
        }
    });
    view! {
        <div class="page">
            <TopBar title=tr("办件进度", "Progress") back=Route::Cases.url() />
            <Fetched resource heights=&[120, 120, 180] frame=page_body failed />
        </div>
    }
}

/// Drawn anew whenever something happened to it.
#[component]
fn FollowedCase(case: CaseView) -> impl IntoView {
    let api = expect_context::<Api>();
    let reference = case.reference.clone();
    let seen = case.seen;
    let shown = RwSignal::new(case);
    follow_case(&reference.clone(), seen, move || {
        let reference = reference.clone();
        spawn_local(async move {
            if let Ok(case) = api.case(&reference).await {
                shown.try_set(case);
            }
        });
    });
    move || view! { <CaseBody case=shown.get() shown /> }
}

#[component]
fn CaseBody(case: CaseView, shown: RwSignal<CaseView>) -> impl IntoView {
    let complaint = office::complaint(&case);
    let report = grievance_url(expect_context(), complaint.clone().unwrap_or_default());
    let items = case.tasks.iter().map(|task| item(&case, task)).map(IntoAny::into_any).collect_view();
    let heading = format!("{} {}", case.tasks.len(), tr("个事项的进度", "items"));
    let main_action = if case.correction_requests.is_empty() {
        let receipt = Route::Receipt { reference: case.reference.clone() }.url();
        view! { <a class="button" data-look="main" data-main="true" href=receipt>{tr("看回执", "View receipt")}</a> }
            .into_any()
    } else {
        view! { <CorrectionButton case=case.clone() /> }.into_any()
    };
    view! {
        <div class="page-body">
            {head(&case)}
            <CorrectionRequest case=case.clone() />
            <Payment case=case.clone() shown />
            <section class="card">
                <h2>{heading}</h2>
                <ol class="timeline">{items}</ol>
            </section>
            {complaint
                .map(|about| view! { <GrievanceRow label=tr("不认可？向我们反映", "Something wrong? Report it") about /> })}
            <RatingCard case=case.clone() />
            <NextSteps next=case.next.clone() />
            <Withdrawal case />
        </div>
        <BottomBar>
            <a class="button" href=report>{tr("办不成事", "Report a problem")}</a>
            {main_action}
        </BottomBar>
    }
}

fn head(case: &CaseView) -> impl IntoView {
    // A page of the server, which costs nothing here.
    let notices = format!("/cases/{}/notices", case.reference);
    view! {
        <section class="card">
            <p class="card-text">{format!("{} · {}", tr_text(&case.title), tr("办件编号", "case number"))}</p>
            <h1 class="reference" tabindex="-1">{case.reference.0.clone()}</h1>
            <CopyButton text=case.reference.0.clone() />
            <p class="card-text">{format!("{} {}", format_time(&case.received_at), tr("收到", "received"))}</p>
            <a class="link" href=notices>{tr("文书", "Notices")}</a>
        </section>
    }
}

fn item(case: &CaseView, task: &TaskView) -> impl IntoView + use<> {
    let (state, status) = office::state(task.status);
    let due = office::last_day(task).filter(|_| task.status.is_ticking()).map(|due| format!(" · {due}"));
    let late = office::is_overdue(task).then(|| {
        let message = tr(
            "过了承诺的日期，还没有办好。不是您的问题，可以找我们催办。",
            "This is overdue. It is not your fault: report it and we will follow it up.",
        );
        view! { <p class="notice" data-look="warn" data-overdue="true">{message}</p> }
    });
    let phone = task.agency_phone.clone();
    let complaints = (!task.complaints_phone.is_empty()).then(|| {
        let number = task.complaints_phone.clone();
        let call = format!("tel:{number}");
        view! { <span class="card-text">" "{tr("监督投诉", "Complaints")}" "<a href=call>{number}</a></span> }
    });
    view! {
        <li data-state=state data-item=task.item.0.clone()>
            <strong>{tr_text(&task.title)}</strong>
            <span class="card-text">{status}{due}</span>
            <br />
            <span class="card-text">
                {tr_text(&task.agency)}" "<a href=format!("tel:{phone}")>{phone.clone()}</a>
            </span>
            {complaints}
            {late}
            <OfficeMessage case=case.clone() task=task.clone() />
            <Delivery delivery=task.delivery.clone() />
            <IssuedCertificate certificate=task.certificate.clone() />
        </li>
    }
}
