//! Where the task stands, who claimed it, and the other tasks of its case.

use contract::api::{TaskDetail, TaskView};
use contract::case::CaseStatus;
use contract::date;
use leptos::prelude::*;

use super::OpenTask;
use crate::agency::wording;
use crate::browser;
use crate::i18n::{format_day, format_time, tr, tr_text};

#[component]
pub(super) fn TaskStatus(task: OpenTask) -> impl IntoView {
    view! {
        <section class="card task-state">
            {move || task.detail.with(status)}
            <Assignee task />
        </section>
    }
}

fn status(detail: &TaskDetail) -> impl IntoView + use<> {
    let (look, label) = wording::status_label(detail.status, detail.kind);
    let delivery = detail.delivery.as_ref().map(|delivery| {
        let delivery = format!("{}{}", tr("领取：", "Delivered: "), tr_text(&delivery.title));
        view! { <p class="queue-service" data-delivery="true">{delivery}</p> }
    });
    let renews = detail.renews.as_ref().map(|says| view! { <p class="notice" data-renews="true">{tr_text(says)}</p> });
    view! {
        <p>
            <span
                class="state state-large"
                role="status"
                tabindex="-1"
                data-look=look
                data-status=wording::json_name(detail.status)
            >
                {label}
            </span>
        </p>
        <p class="queue-service">{format!("{} {}", format_time(&detail.received_at), tr("收到", "received"))}</p>
        <p class="queue-service" data-office="true">{tr_text(&detail.office)}</p>
        {delivery}
        {renews}
        {clock(detail)}
    }
}

fn clock(detail: &TaskDetail) -> Option<AnyView> {
    match detail.status {
        CaseStatus::AwaitingMaterials => Some(materials_clock(detail)),
        CaseStatus::Special | CaseStatus::Returned => {
            Some(view! { <p class="task-clock">"⏸ "{tr("计时暂停", "The clock is paused")}</p> }.into_any())
        }
        status if status.is_ticking() => detail.due.as_deref().map(|due| due_clock(detail, due)),
        _ => None,
    }
}

/// Until when the applicant may send what is awaited.
fn materials_clock(detail: &TaskDetail) -> AnyView {
    let until = detail.due.as_deref().map(format_day).unwrap_or_default();
    let is_past = detail.due.as_ref().is_some_and(|due| *due < date::print(browser::today()));
    let sentence = match is_past {
        true => {
            let past =
                tr("到期，申请人没有传。可以不等，直接去看", "has passed and nothing came. You may look without it");
            format!("⚠ {until} {past}")
        }
        false => format!("⏸ {} {until}", tr("等申请人传材料，到", "Waits for the applicant, until")),
    };
    view! { <p class="task-clock">{sentence}{provisional(detail)}</p> }.into_any()
}

fn due_clock(detail: &TaskDetail, due: &str) -> AnyView {
    let days = date::parse(due).map(|due| (due - browser::today()).whole_days()).unwrap_or_default();
    let left = match days {
        ..0 => format!("⚠ {} {} {}", tr("已超期", "Overdue"), -days, tr("天", "days")),
        0 => tr("今天到期", "Due today").to_owned(),
        _ => format!("{} {days} {}", tr("还有", "In"), tr("天", "days")),
    };
    let lateness = if days < 0 { "late" } else { "fine" };
    view! {
        <p class="task-clock" data-clock=lateness>
            {format!("{} {} · ", tr("最晚", "By"), format_day(due))}
            <strong>{left}</strong>
            {provisional(detail)}
        </p>
    }
    .into_any()
}

fn provisional(detail: &TaskDetail) -> Option<impl IntoView + use<>> {
    let note = tr("暂定，等放假安排公布", "Provisional until the holidays are announced");
    detail.due_is_provisional.then(|| view! { <span class="queue-service">{note}</span> })
}

/// The officer who claimed the task, with the button to claim or release it.
#[component]
fn Assignee(task: OpenTask) -> impl IntoView {
    move || task.detail.with(|detail| assignee(task, detail))
}

fn assignee(task: OpenTask, detail: &TaskDetail) -> impl IntoView + use<> {
    let sentence = match (&detail.officer, detail.mine) {
        (_, true) => tr("由您承办", "Assigned to you").to_owned(),
        (Some(officer), false) => format!("{officer}{}", tr(" 承办中", " is handling it")),
        (None, false) => tr("还没有人接手", "Unassigned").to_owned(),
    };
    let button = match (detail.mine, &detail.officer) {
        _ if detail.status.is_end() => None,
        (true, _) => Some(
            view! {
                <button type="button" class="button" data-release="true" on:click=move |_| task.release()>
                    {tr("退回待办", "Return to the queue")}
                </button>
            }
            .into_any(),
        ),
        (false, None) => Some(
            view! {
                <button
                    type="button"
                    class="button"
                    data-look="main"
                    data-claim="true"
                    on:click=move |_| task.claim()
                >
                    {tr("接手", "Claim")}
                </button>
            }
            .into_any(),
        ),
        (false, Some(_)) => None,
    };
    view! { <div class="task-holder"><span>{sentence}</span>{button}</div> }
}

#[component]
pub(super) fn OtherTasks(task: OpenTask) -> impl IntoView {
    move || task.detail.with(|detail| other_tasks(&detail.others))
}

fn other_tasks(others: &[TaskView]) -> Option<impl IntoView + use<>> {
    if others.is_empty() {
        return None;
    }
    let lines = others.iter().map(other_task).collect_view();
    Some(view! {
        <section class="card task-section">
            <h2>{tr("这一件的其他事项", "Other tasks of this case")}</h2>
            <ul>{lines}</ul>
        </section>
    })
}

fn other_task(other: &TaskView) -> impl IntoView + use<> {
    let (look, label) = wording::status_label(other.status, other.kind);
    view! {
        <li class="task-other">
            <span>
                {tr_text(&other.title)}
                <span class="queue-service">{tr_text(&other.agency)}</span>
            </span>
            <span class="state" data-look=look>{label}</span>
        </li>
    }
}
