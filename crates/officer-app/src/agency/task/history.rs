//! What happened so far, the newest first, with the words that were said.

use contract::Service;
use contract::api::{EventView, Reason, TaskDetail};
use markup::view;

use crate::agency::{api, wording};
use crate::ui::dom::{CollectView, View};
use crate::words::{say, t, time_of};

pub(super) fn view(service: &'static Service, detail: &TaskDetail) -> View {
    let received = view! {
        <li data-state="done"><strong>{t("收到申请", "Application received")}</strong><span class="queue-service">{time_of(&detail.received_at)}</span></li>
    };
    let events: Vec<View> = detail.history.iter().rev().map(|event| of_event(service, detail, event)).collect();
    view! { <ol class="timeline" data-history="true">{events}{received}</ol> }
}

fn of_event(service: &'static Service, detail: &TaskDetail, event: &EventView) -> View {
    let who = if event.name.is_empty() { wording::actor(event.by).to_owned() } else { event.name.clone() };
    let item = (event.item != detail.item).then(|| service.item(&event.item)).flatten();
    let item = item.map(|item| format!(" · {}", say(&item.title)));
    let reasons: Vec<View> = event.reasons.iter().map(|reason| of_reason(service, reason)).collect();
    view! {
        <li data-state="done" data-event=wording::word(event.action)>
            <strong>{wording::action(event.action)}{item}</strong>
            <span class="queue-service">{format!("{} · {who}", time_of(&event.at))}</span>
            {(!event.says.is_empty()).then(|| view! { <p class="history-says">{event.says.clone()}</p> })}
            {(!event.basis.is_empty()).then(|| view! { <p class="history-says">{event.basis.clone()}</p> })}
            {paper(detail, event)}
            {(!reasons.is_empty()).then(|| view! { <ul class="history-reasons">{reasons.into_iter().collect_view()}</ul> })}
        </li>
    }
}

/// The notice that was served with a step of this task.
fn paper(detail: &TaskDetail, event: &EventView) -> View {
    let is_its = event.item == detail.item && wording::has_notice(event.action);
    let Some(notice) = detail.notices.iter().find(|notice| is_its && notice.at == event.at) else {
        return View::none();
    };
    let address = api::notice_url(detail, &notice.id);
    view! { <a href=address data-notice=notice.id.clone()>{format!("{} PDF", say(&notice.title))}</a> }
}

fn of_reason(service: &'static Service, reason: &Reason) -> View {
    let label = service.field(&reason.field).map_or_else(|| reason.field.clone(), |field| say(&field.label));
    let row = reason.row.map(|row| format!(" {}", row + 1)).unwrap_or_default();
    view! { <li>{format!("{label}{row}{}{}", t("：", ": "), reason.says)}</li> }
}
