//! One row of the queue.

use contract::api::QueueEntry;
use contract::date;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use super::{LastVisitedTask, Queue};
use crate::agency::error_message::error_message;
use crate::agency::office::Office;
use crate::agency::paths::AgencyRoute;
use crate::agency::wording;
use crate::api::ApiError;
use crate::browser;
use crate::i18n::{format_day, format_time, tr, tr_text};
use crate::navigation::Router;

#[component]
pub(super) fn QueueRow(queue: Queue, entry: QueueEntry) -> impl IntoView {
    let office = expect_context::<Office>();
    let router = expect_context::<Router<AgencyRoute>>();
    let last_visited = expect_context::<LastVisitedTask>();
    let route = route_of(&entry);
    let url = route.url();
    let (look, status) = wording::status_label(entry.status, entry.kind);
    let division = entry.division.clone();
    let decided_by = entry.office.as_ref().map(tr_text);
    let visited = url.clone();
    let assignee = view! { <Assignee queue entry=entry.clone() /> };
    let open = move |event: MouseEvent| {
        if !is_on_link_or_button(&event) {
            router.go(&route);
        }
    };
    view! {
        <tr
            data-task=entry.reference.0.clone()
            data-item=entry.item.0.clone()
            data-overdue=entry.overdue.to_string()
            on:click=open
        >
            <td data-label=tr("编号", "Reference")>
                <a class="queue-reference" href=url on:focus=move |_| last_visited.url.set_value(visited.clone())>
                    {entry.reference.0.clone()}
                </a>
            </td>
            <td data-label=tr("事项", "Item")>
                <strong>{tr_text(&entry.item_title)}</strong>
                <span class="queue-service">{tr_text(&entry.title)}</span>
            </td>
            <td data-label=tr("区县", "Division")>
                {move || office.division_name(&division)}
                {decided_by.clone().map(|name| view! { <span class="queue-service">{name}</span> })}
            </td>
            <td data-label=tr("收到", "Received")>{format_time(&entry.received_at)}</td>
            <td data-label=tr("期限", "Due")>{due(&entry)}</td>
            <td data-label=tr("状态", "State")>
                <span class="state" data-look=look data-status=wording::json_name(entry.status)>{status}</span>
            </td>
            <td data-label=tr("承办人", "Officer")>{assignee}</td>
        </tr>
    }
}

fn route_of(entry: &QueueEntry) -> AgencyRoute {
    AgencyRoute::Task { reference: entry.reference.clone(), item: entry.item.clone() }
}

fn is_on_link_or_button(event: &MouseEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.closest("a, button").ok().flatten().is_some())
}

/// An overdue task is told by words and by its ground, so that nobody needs to see red.
fn due(entry: &QueueEntry) -> AnyView {
    let Some(day) = &entry.due else { return view! { <span class="queue-quiet">"—"</span> }.into_any() };
    let days = date::parse(day).map(|day| (day - browser::today()).whole_days());
    if entry.overdue {
        let days = days.filter(|days| *days < 0).map(|days| format!(" {} {}", -days, tr("天", "days")));
        return view! {
            <strong class="queue-late">"⚠ "{tr("已超期", "Overdue")}{days}</strong>
            <span class="queue-service">{format_day(day)}</span>
        }
        .into_any();
    }
    match days {
        Some(0) => view! { <strong class="queue-soon">{tr("今天到期", "Due today")}</strong> }.into_any(),
        Some(1) => view! { <strong class="queue-soon">{tr("明天到期", "Due tomorrow")}</strong> }.into_any(),
        _ => view! { <span>{format_day(day)}</span> }.into_any(),
    }
}

/// The officer who claimed the task, or the button to claim it.
#[component]
fn Assignee(queue: Queue, entry: QueueEntry) -> AnyView {
    if entry.mine {
        return view! { <strong data-mine="true">{tr("我", "Me")}</strong> }.into_any();
    }
    if let Some(officer) = entry.officer {
        return view! { <span>{officer}</span> }.into_any();
    }
    if entry.status.is_end() {
        return view! { <span class="queue-quiet">"—"</span> }.into_any();
    }
    let label = format!("{} {}", tr("接手", "Claim"), entry.reference);
    view! {
        <button
            type="button"
            class="queue-claim"
            data-claim="true"
            aria-label=label
            on:click=move |_| claim(queue, entry.clone())
        >
            {tr("接手", "Claim")}
        </button>
    }
    .into_any()
}

fn claim(queue: Queue, entry: QueueEntry) {
    queue.error.set(String::new());
    spawn_local(async move {
        match queue.api.claim(&entry.reference, &entry.item, entry.version).await {
            Ok(task) => {
                let claimed = QueueEntry {
                    version: task.version,
                    status: task.status,
                    officer: task.officer,
                    mine: task.mine,
                    ..entry
                };
                let link = format!(".queue a[href=\"{}\"]", route_of(&claimed).url());
                replace_entry(queue, claimed);
                browser::focus(link);
            }
            Err(error) => {
                queue.error.try_set(claim_error_message(&entry, &error));
            }
        }
    });
}

fn replace_entry(queue: Queue, entry: QueueEntry) {
    queue.tasks.try_update(|tasks| {
        let Some(Ok(entries)) = tasks else { return };
        let is_it = |known: &&mut QueueEntry| known.reference == entry.reference && known.item == entry.item;
        if let Some(known) = entries.iter_mut().find(is_it) {
            *known = entry;
        }
    });
}

fn claim_error_message(entry: &QueueEntry, error: &ApiError) -> String {
    let message = match error.code() {
        "claimed" => {
            tr("刚刚被别人接走了，请刷新列表。", "Somebody else has just claimed it, please refresh.").to_owned()
        }
        _ => error_message(error),
    };
    format!("{}{}{message}", entry.reference, tr("：", ": "))
}
