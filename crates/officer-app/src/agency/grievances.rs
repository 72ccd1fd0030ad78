//! 办不成事 at the desk: what is open first, by its day, overdue loud.

mod one;
mod outbox;
mod words;

use contract::api::GrievanceEntry;
use markup::view;

use super::api;
use super::frame::frame;
use super::loaded::{Ask, loaded};
use crate::paths::Route;
use crate::ui::dom::{CollectView, View};
use crate::ui::notice::Empty;
use crate::words::{day_of, say, t, time_of};

pub(super) use one::view as one;

pub(super) fn view() -> View {
    let fetch = || -> Ask<Vec<GrievanceEntry>> { Box::pin(api::grievances()) };
    frame(view! {
        <div class="queue-top"><h1>{t("办不成事", "Grievances")}</h1></div>
        {outbox::view()}
        {loaded(fetch, |entries| list(entries))}
    })
}

fn list(entries: &[GrievanceEntry]) -> View {
    if entries.is_empty() {
        let says = t(
            "没有要办的反映。有人反映办不成的事，就会出现在这里。",
            "Nothing to do. What people report appears here.",
        );
        return view! { <Empty says><span></span></Empty> };
    }
    let heads = [
        t("编号", "Number"),
        t("问题", "Problem"),
        t("哪件事", "Service"),
        t("部门", "Agency"),
        t("收到", "Received"),
        t("期限", "Due"),
        t("状态", "State"),
    ];
    view! {
        <table class="queue">
            <thead><tr>{heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr></thead>
            <tbody>{entries.iter().map(line).collect_view()}</tbody>
        </table>
    }
}

fn line(entry: &GrievanceEntry) -> View {
    let url = Route::Grievance { number: entry.number.clone() }.url();
    let name = |text: &Option<contract::Text>| text.as_ref().map_or_else(|| "—".to_owned(), say);
    let due = entry.due.as_deref().map(day_of).unwrap_or_default();
    let due = if entry.overdue {
        view! { <strong class="queue-late">"⚠ "{t("已超期", "Overdue")}</strong><span class="queue-service">{due}</span> }
    } else {
        view! { <span>{due}</span> }
    };
    view! {
        <tr data-grievance=entry.number.clone() data-overdue=entry.overdue.to_string()>
            <td data-label=t("编号", "Number")><a class="queue-reference" href=url>{entry.number.clone()}</a></td>
            <td data-label=t("问题", "Problem")>{words::what(entry.source, entry.kind)}</td>
            <td data-label=t("哪件事", "Service")>{name(&entry.service)}</td>
            <td data-label=t("部门", "Agency")>{name(&entry.agency)}</td>
            <td data-label=t("收到", "Received")>{time_of(&entry.received_at)}</td>
            <td data-label=t("期限", "Due")>{due}</td>
            <td data-label=t("状态", "State")><span class="state" data-status=super::wording::word(entry.status)>{words::status(entry.status)}</span></td>
        </tr>
    }
}
