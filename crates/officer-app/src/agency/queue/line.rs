//! One line of the queue.

use contract::api::QueueEntry;
use contract::date;
use markup::view;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

use super::{LAST, Queue};
use crate::agency::api::{self, ApiError};
use crate::agency::office::office;
use crate::agency::wording;
use crate::browser;
use crate::navigation;
use crate::paths::Route;
use crate::ui::dom::View;
use crate::ui::live::{live, on};
use crate::words::{day_of, say, t, time_of};

pub(super) fn view(queue: Queue, entry: &QueueEntry) -> View {
    let to = Route::Task { reference: entry.reference.clone(), item: entry.item.clone() };
    let url = to.url();
    let (look, state) = wording::status(entry.status);
    let place = entry.division.clone();
    let open = move |event: web_sys::Event| {
        let element = event.target().map(|target| target.unchecked_into::<web_sys::Element>());
        let has_own = element.is_some_and(|element| element.closest("a, button").ok().flatten().is_some());
        if !has_own {
            navigation::go(&to);
        }
    };
    let seen = url.clone();
    let remember = move |_| LAST.with(|last| last.set(seen.clone()));
    view! {
        <tr data-task=entry.reference.0.clone() data-item=entry.item.0.clone() data-overdue=entry.overdue.to_string() on:click=on(open)>
            <td data-label=t("编号", "Reference")><a class="queue-reference" href=url on:focus=on(remember)>{entry.reference.0.clone()}</a></td>
            <td data-label=t("事项", "Matter")><strong>{say(&entry.item_title)}</strong><span class="queue-service">{say(&entry.title)}</span></td>
            <td data-label=t("区县", "Division")>{live(move || office().read().place(&place))}</td>
            <td data-label=t("收到", "Received")>{time_of(&entry.received_at)}</td>
            <td data-label=t("期限", "Due")>{due(entry)}</td>
            <td data-label=t("状态", "State")><span class="state" data-look=look data-status=wording::word(entry.status)>{state}</span></td>
            <td data-label=t("承办人", "Officer")>{holder(queue, entry)}</td>
        </tr>
    }
}

/// Overdue is said in words and stands on its own ground, so that nobody needs to see red.
fn due(entry: &QueueEntry) -> View {
    let Some(day) = &entry.due else { return view! { <span class="queue-quiet">"—"</span> } };
    let days = date::parse(day).map(|day| (day - browser::today()).whole_days());
    if entry.overdue {
        let days = days.filter(|days| *days < 0).map(|days| format!(" {} {}", -days, t("天", "days")));
        return view! { <strong class="queue-late">"⚠ "{t("已超期", "Overdue")}{days}</strong><span class="queue-service">{day_of(day)}</span> };
    }
    match days {
        Some(0) => view! { <strong class="queue-soon">{t("今天到期", "Due today")}</strong> },
        Some(1) => view! { <strong class="queue-soon">{t("明天到期", "Due tomorrow")}</strong> },
        _ => view! { <span>{day_of(day)}</span> },
    }
}

fn holder(queue: Queue, entry: &QueueEntry) -> View {
    if entry.mine {
        return view! { <strong data-mine="true">{t("我", "Me")}</strong> };
    }
    if let Some(officer) = &entry.officer {
        return view! { <span>{officer.clone()}</span> };
    }
    if entry.status.is_end() {
        return view! { <span class="queue-quiet">"—"</span> };
    }
    let entry = entry.clone();
    let words = format!("{} {}", t("接手", "Claim"), entry.reference);
    view! { <button type="button" class="queue-claim" data-claim="true" aria-label=words on:click=on(move |_| claim(queue, entry.clone()))>{t("接手", "Claim")}</button> }
}

fn claim(queue: Queue, entry: QueueEntry) {
    queue.trouble.set(String::new());
    spawn_local(async move {
        match api::claim(&entry).await {
            Ok(task) => {
                let is_it = |line: &&mut QueueEntry| line.reference == task.reference && line.item == task.item;
                queue.entries.update(|entries| {
                    let Some(Ok(entries)) = entries else { return };
                    if let Some(line) = entries.iter_mut().find(is_it) {
                        (line.officer, line.mine, line.status) = (task.officer.clone(), task.mine, task.status);
                    }
                });
                let url = Route::Task { reference: task.reference, item: task.item }.url();
                browser::focus(format!(".queue a[href=\"{url}\"]"));
            }
            Err(error) => queue.trouble.set(refused(&entry, &error)),
        }
    });
}

fn refused(entry: &QueueEntry, error: &ApiError) -> String {
    let says = match error.code() {
        "claimed" => {
            t("刚刚被别人接走了，请刷新列表。", "Somebody else has just claimed it, please refresh.").to_owned()
        }
        _ => error.says(),
    };
    format!("{}{}{says}", entry.reference, t("：", ": "))
}
