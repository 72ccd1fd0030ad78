//! 办不成事: the grievances that this office has to handle, open ones first, by their last day.

mod detail;
mod outbox;
mod wording;

use contract::Text;
use contract::api::GrievanceEntry;
use leptos::prelude::*;

use super::api::AgencyApi;
use super::frame::Frame;
use super::paths::AgencyRoute;
use super::unavailable::failed;
use super::wording::json_name;
use crate::fetched::{Fetched, view_resource};
use crate::i18n::{format_day, format_time, tr, tr_text};
use crate::ui::notice::Empty;
use outbox::OutboxNotice;

pub(super) use detail::GrievancePage;

#[component]
pub(super) fn GrievancesPage() -> impl IntoView {
    let api = expect_context::<AgencyApi>();
    let resource = view_resource(move || async move {
        let entries = api.grievances().await?;
        Ok(ViewFn::from(move || list(entries.clone())))
    });
    view! {
        <Frame>
            <div class="queue-top"><h1>{tr("办不成事", "Grievances")}</h1></div>
            <OutboxNotice />
            <Fetched resource heights=&[64, 200, 200] failed />
        </Frame>
    }
}

fn list(entries: Vec<GrievanceEntry>) -> AnyView {
    if entries.is_empty() {
        let message = tr(
            "没有要办的反映。有人反映办不成的事，就会出现在这里。",
            "Nothing to do. What people report appears here.",
        );
        return view! { <Empty message><span></span></Empty> }.into_any();
    }
    let heads = [
        tr("编号", "Number"),
        tr("问题", "Problem"),
        tr("服务", "Service"),
        tr("部门", "Agency"),
        tr("收到", "Received"),
        tr("期限", "Due"),
        tr("状态", "State"),
    ];
    view! {
        <table class="queue">
            <thead>
                <tr>{heads.map(|head| view! { <th scope="col">{head}</th> }).into_iter().collect_view()}</tr>
            </thead>
            <tbody>{entries.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(entry: GrievanceEntry) -> impl IntoView {
    let url = AgencyRoute::Grievance { number: entry.number.clone() }.url();
    let name = |text: &Option<Text>| text.as_ref().map_or_else(|| "—".to_owned(), tr_text);
    let day = entry.due.as_deref().map(format_day).unwrap_or_default();
    let due = match entry.overdue {
        true => view! {
            <strong class="queue-late">"⚠ "{tr("已超期", "Overdue")}</strong>
            <span class="queue-service">{day}</span>
        }
        .into_any(),
        false => view! { <span>{day}</span> }.into_any(),
    };
    view! {
        <tr data-grievance=entry.number.clone() data-overdue=entry.overdue.to_string()>
            <td data-label=tr("编号", "Number")><a class="queue-reference" href=url>{entry.number.clone()}</a></td>
            <td data-label=tr("问题", "Problem")>{wording::problem_label(entry.source, entry.kind)}</td>
            <td data-label=tr("服务", "Service")>{name(&entry.service)}</td>
            <td data-label=tr("部门", "Agency")>{name(&entry.agency)}</td>
            <td data-label=tr("收到", "Received")>{format_time(&entry.received_at)}</td>
            <td data-label=tr("期限", "Due")>{due}</td>
            <td data-label=tr("状态", "State")>
                <span class="state" data-status=json_name(entry.status)>{wording::status_label(entry.status)}</span>
            </td>
        </tr>
    }
}
