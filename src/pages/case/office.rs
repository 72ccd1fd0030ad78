//! What the office did and said of an item.

use contract::api::{CaseView, EventView, TaskView};
use contract::case::{Action, Actor, CaseStatus};
use leptos::prelude::*;

use crate::api::ApiError;
use crate::browser;
use crate::i18n::{format_day, format_time, tr, tr_text};

/// How far a task is, for the timeline, and in words.
pub(super) fn state(status: CaseStatus) -> (&'static str, &'static str) {
    match status {
        CaseStatus::Submitted => ("now", tr("已提交，待受理", "Submitted, awaiting acceptance")),
        CaseStatus::Waiting => ("later", tr("等前置事项办结", "Waiting for an earlier item")),
        CaseStatus::Accepted => ("now", tr("已受理，办理中", "Accepted, in progress")),
        CaseStatus::InReview => ("now", tr("审查中", "Under review")),
        CaseStatus::Returned => ("now", tr("需要补正", "Corrections needed")),
        CaseStatus::AwaitingMaterials => ("now", tr("等您上传材料", "Waiting for your upload")),
        CaseStatus::Special => ("later", tr("特别程序，计时暂停", "Special procedure, clock paused")),
        CaseStatus::Approved => ("done", tr("已办结", "Granted")),
        CaseStatus::Delivered => ("done", tr("结果已送达", "Delivered")),
        CaseStatus::NotAccepted => ("stop", tr("不予受理", "Not accepted")),
        CaseStatus::Refused => ("stop", tr("未予通过", "Not granted")),
        CaseStatus::Withdrawn => ("stop", tr("您已撤回", "Withdrawn by you")),
        CaseStatus::Void => ("stop", tr("前置事项未办成，本事项终止", "Closed: prerequisite not granted")),
    }
}

/// "最晚 12 月 1 日", and whether that may still change.
pub(super) fn last_day(task: &TaskView) -> Option<String> {
    let provisional = match task.due_is_provisional {
        true => tr("（暂定，等放假安排公布）", " (provisional until the holidays are announced)"),
        false => "",
    };
    task.due.as_ref().map(|due| format!("{} {}{provisional}", tr("最晚", "By"), format_day(due)))
}

/// The day that was promised has passed.
pub(super) fn is_overdue(task: &TaskView) -> bool {
    let today = contract::date::print(browser::today());
    task.status.is_ticking() && task.due.as_ref().is_some_and(|due| *due < today)
}

/// What somebody may want to complain of: what was refused, and what is late.
pub(super) fn complaint(case: &CaseView) -> Option<String> {
    let reason = |task: &TaskView| match task.status {
        CaseStatus::Refused | CaseStatus::NotAccepted | CaseStatus::Void => Some(state(task.status).1),
        _ => is_overdue(task).then(|| tr("过了承诺的日期还没办结", "overdue")),
    };
    case.tasks.iter().find_map(|task| Some(format!("{}：{}", tr_text(&task.title), reason(task)?)))
}

/// The office's last words on an item, with what the law gives to an applicant who disagrees.
#[component]
pub(super) fn OfficeMessage(case: CaseView, task: TaskView) -> impl IntoView {
    let is_spoken = |event: &&EventView| {
        // What silence means is said by nobody but the server.
        let is_of_office = event.by == Actor::Officer || event.by == Actor::System && event.action == Action::Accept;
        event.item == task.item && is_of_office && !(event.says.is_empty() && event.reasons.is_empty())
    };
    let event = case.history.iter().rev().find(is_spoken).cloned()?;
    let reasons = event
        .reasons
        .iter()
        .map(|reason| view! { <li>{reason.says.clone()}</li> })
        .map(IntoAny::into_any)
        .collect_view();
    let basis = (!event.basis.is_empty()).then(|| format!("{}{}", tr("依据：", "Basis: "), event.basis));
    // 行政复议法 §20, 行政诉讼法 §46.
    let remedies = matches!(task.status, CaseStatus::Refused | CaseStatus::NotAccepted).then(|| {
        tr(
            "您不同意的话，可以在 60 天内申请行政复议，或者在 6 个月内向法院起诉。拿不准，先打上面的电话问一问。",
            "If you disagree, you may ask for reconsideration within 60 days or go to court within 6 months. If in \
             doubt, call the number above first.",
        )
    });
    Some(view! {
        <div class="notice">
            <p class="card-text">{format!("{} {}", format_time(&event.at), event.name)}</p>
            <p>{event.says.clone()}</p>
            <ul>{reasons}</ul>
            {basis.map(|basis| view! { <p class="card-text">{basis}</p> })}
            {remedies.map(|remedies| view! { <p>{remedies}</p> })}
        </div>
    })
}

/// What went wrong with something that the applicant did here.
#[component]
pub(super) fn ErrorNotice(error: RwSignal<Option<ApiError>>) -> impl IntoView {
    move || error.get().map(|error| view! { <p class="notice" data-look="warn" role="alert">{error.message()}</p> })
}
