//! Looking a case up by its number, or from the code on its receipt: how far each item is, and the way to the officer's
//! own task.

use contract::api::{CaseLookup, LookedUpTask};
use contract::id::Reference;
use leptos::prelude::*;
use web_sys::SubmitEvent;

use super::api::AgencyApi;
use super::frame::Frame;
use super::office::Office;
use super::paths::AgencyRoute;
use super::unavailable::failed;
use super::wording;
use crate::fetched::{Fetched, view_resource};
use crate::i18n::{format_day, format_time, tr, tr_text};
use crate::navigation::Router;

#[component]
pub(super) fn LookupPage(reference: Option<Reference>) -> impl IntoView {
    let api = expect_context::<AgencyApi>();
    let typed = RwSignal::new(reference.as_ref().map(|reference| reference.0.clone()).unwrap_or_default());
    let found = reference.map(|reference| {
        let resource = view_resource(move || {
            let reference = reference.clone();
            async move {
                let case = api.look_up_case(&reference).await?;
                Ok(ViewFn::from(move || case_card(&case)))
            }
        });
        view! { <Fetched resource heights=&[64, 200] failed /> }
    });
    view! {
        <Frame>
            <div class="queue-top"><h1>{tr("查办件", "Look up a case")}</h1></div>
            <LookupForm typed />
            {found}
        </Frame>
    }
}

#[component]
fn LookupForm(typed: RwSignal<String>) -> impl IntoView {
    let router = expect_context::<Router<AgencyRoute>>();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let number = typed.with_untracked(|typed| typed.trim().to_ascii_uppercase());
        // What was copied from a message may carry more than the number; a part of an address it must not become.
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if is_number {
            router.go(&AgencyRoute::Lookup { reference: Some(number.as_str().into()) });
        }
    };
    view! {
        <form class="card" on:submit=submit>
            <div class="control">
                <label class="control-label" for="reference">{tr("办件编号", "Case number")}</label>
                <p class="control-help" id="reference-help">
                    {tr(
                        "在申请人的回执或短信里，例如 CD2611-0427-7；也可以扫回执上的二维码",
                        "On the receipt or in the SMS, for example CD2611-0427-7; or scan the code on the receipt",
                    )}
                </p>
                <div class="input">
                    <input
                        id="reference"
                        name="reference"
                        autocomplete="off"
                        maxlength="40"
                        aria-describedby="reference-help"
                        prop:value=typed
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                </div>
            </div>
            <button type="submit" class="button" data-look="main" data-look-up="true">
                {tr("查询", "Look up")}
            </button>
        </form>
    }
}

fn case_card(case: &CaseLookup) -> impl IntoView + use<> {
    let office = expect_context::<Office>();
    let division = case.division.clone();
    let place = move || office.division_name(&division);
    let tasks = case.tasks.iter().map(|task| task_line(case, task)).collect_view();
    view! {
        <section class="card" data-case=case.reference.0.clone()>
            <h2 tabindex="-1">{tr_text(&case.title)}</h2>
            <p class="queue-service">
                {case.reference.0.clone()}" · "{place}" · "{format_time(&case.received_at)}" "{tr("收到", "received")}
            </p>
            <ol class="timeline">{tasks}</ol>
        </section>
    }
}

fn task_line(case: &CaseLookup, task: &LookedUpTask) -> impl IntoView + use<> {
    let (look, label) = wording::status_label(task.status, task.kind);
    let due = task.due.as_ref().filter(|_| task.status.is_ticking());
    let due = due.map(|due| format!(" · {} {}", tr("最晚", "By"), format_day(due)));
    let phone = task.agency_phone.clone();
    let open = task.may_open.then(|| {
        let url = AgencyRoute::Task { reference: case.reference.clone(), item: task.item.clone() }.url();
        view! { <a class="link" data-open-task=task.item.0.clone() href=url>{tr("打开本单位的办理页", "Open your task")}</a> }
    });
    view! {
        <li data-item=task.item.0.clone()>
            <strong>{tr_text(&task.title)}</strong>
            <span class="state" data-look=look data-status=wording::json_name(task.status)>{label}</span>
            <span class="queue-service">
                {tr_text(&task.agency)}" "<a href=format!("tel:{phone}")>{phone.clone()}</a>{due}
            </span>
            {open}
        </li>
    }
}
