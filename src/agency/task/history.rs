//! What happened so far, the newest first, with what was written.

use contract::Service;
use contract::api::{EventView, Reason, TaskDetail};
use contract::service::ItemKind;
use leptos::prelude::*;

use super::OpenTask;
use crate::agency::{api, wording};
use crate::i18n::{format_time, tr, tr_text};

#[component]
pub(super) fn History(task: OpenTask) -> impl IntoView {
    let events = move || task.detail.with(|detail| timeline(task.service, detail));
    view! {
        <section class="card task-section">
            <h2>{tr("经过", "History")}</h2>
            {events}
        </section>
    }
}

fn timeline(service: &'static Service, detail: &TaskDetail) -> impl IntoView + use<> {
    let events = detail.history.iter().rev().map(|event| line(service, detail, event)).collect_view();
    view! {
        <ol class="timeline" data-history="true">
            {events}
            <li data-state="done">
                <strong>{tr("收到申请", "Application received")}</strong>
                <span class="queue-service">{format_time(&detail.received_at)}</span>
            </li>
        </ol>
    }
}

fn line(service: &'static Service, detail: &TaskDetail, event: &EventView) -> impl IntoView + use<> {
    let actor = if event.name.is_empty() { wording::actor_label(event.by).to_owned() } else { event.name.clone() };
    let other_item = (event.item != detail.item).then(|| service.item(&event.item)).flatten();
    let other_item = other_item.map(|item| format!(" · {}", tr_text(&item.title)));
    let paragraph = |text: &String| (!text.is_empty()).then(|| view! { <p class="history-says">{text.clone()}</p> });
    let reasons = event.reasons.iter().map(|reason| reason_line(service, reason)).collect_view();
    let reasons = (!event.reasons.is_empty()).then(|| view! { <ul class="history-reasons">{reasons}</ul> });
    view! {
        <li data-state="done" data-event=wording::json_name(event.action)>
            <strong>{wording::action_label(event.action, kind_of(detail, event))}{other_item}</strong>
            <span class="queue-service">{format!("{} · {actor}", format_time(&event.at))}</span>
            {paragraph(&event.says)}
            {paragraph(&event.basis)}
            {notice_link(detail, event)}
            {reasons}
        </li>
    }
}

/// What the item of an event is before the law.
pub(super) fn kind_of(detail: &TaskDetail, event: &EventView) -> ItemKind {
    let other = detail.others.iter().find(|other| other.item == event.item);
    other.map_or(detail.kind, |other| other.kind)
}

/// The notice that was served with a step of this task.
fn notice_link(detail: &TaskDetail, event: &EventView) -> Option<impl IntoView + use<>> {
    let has_notice = event.item == detail.item && wording::has_notice(event.action);
    let notice = detail.notices.iter().find(|notice| has_notice && notice.at == event.at)?;
    let url = api::notice_url(detail, &notice.id);
    let label = format!("{} PDF", tr_text(&notice.title));
    Some(view! { <a href=url data-notice=notice.id.clone()>{label}</a> })
}

fn reason_line(service: &'static Service, reason: &Reason) -> impl IntoView + use<> {
    let label = service.field(&reason.field).map_or_else(|| reason.field.clone(), |field| tr_text(&field.label));
    let row = reason.row.map(|row| format!(" {}", row + 1)).unwrap_or_default();
    view! { <li>{format!("{label}{row}{}{}", tr("：", ": "), reason.says)}</li> }
}
