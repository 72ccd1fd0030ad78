//! It is received: a large mark, the number to keep, and what happens next with dates.

mod family;
mod fees;

use contract::api::{Receipt, TaskView};
use contract::id::Reference;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::family::Family;
pub(super) use self::fees::{FeesToPay, UnpaidFees};
use super::grievance_link::GrievanceLink;
use super::next::NextSteps;
use super::unavailable::{failed, page_body};
use crate::api::{self, Api};
use crate::browser;
use crate::fetched::{Fetched, view_resource};
use crate::i18n::{format_day, format_time, tr, tr_text};
use crate::paths::Route;
use crate::ui::icon::{Icon, LineIcon};
use crate::ui::page::{BottomBar, TopBar};

#[component]
pub(crate) fn ReceiptPage(reference: Reference) -> impl IntoView {
    let api = expect_context::<Api>();
    let resource = view_resource(move || {
        let reference = reference.clone();
        async move {
            let receipt = api.receipt(&reference).await?;
            Ok(ViewFn::from(move || body(receipt.clone())))
        }
    });
    view! {
        <div class="page" data-step="receipt">
            <TopBar title=tr("回执", "Receipt") back=Route::Home.url() />
            <Fetched resource heights=&[120, 120, 180] frame=page_body failed />
        </div>
    }
}

fn body(receipt: Receipt) -> impl IntoView {
    let open = receipt.tasks.iter().filter(|task| !task.status.is_end() && !task.status.is_granted());
    let next_tasks = open.map(next_task).map(IntoAny::into_any).collect_view();
    let case = Route::Case { reference: receipt.reference.clone() }.url();
    let next = receipt.next.clone();
    view! {
        <div class="page-body">
            <div class="done">
                <div class="done-mark">
                    <LineIcon icon=Icon::Check />
                </div>
                <h1 tabindex="-1">{tr("已收到", "Received")}</h1>
                <p class="card-text">
                    {format!("{} · {}", tr_text(&receipt.title), format_time(&receipt.received_at))}
                </p>
            </div>
            {number_card(&receipt.reference)}
            <FeesToPay fees=receipt.to_pay.clone() />
            <Family receipt />
            <section class="card">
                <h2>{tr("接下来", "What happens next")}</h2>
                <ol class="timeline">{next_tasks}</ol>
                <p class="card-text">{tr("出结果后会发短信给您，不用守着。", "We will text you the result; no need to wait here.")}</p>
            </section>
            <NextSteps next />
            <GrievanceLink />
        </div>
        <BottomBar>
            <a class="button" href=Route::Home.url()>
                {tr("回首页", "Start page")}
            </a>
            <a class="button" data-look="main" data-main="true" href=case>
                {tr("看进度", "Check progress")}
            </a>
        </BottomBar>
    }
}

/// The number of the case, to be copied or shown at a window.
fn number_card(reference: &Reference) -> impl IntoView + use<> {
    let number = reference.0.clone();
    let description =
        tr("办件二维码，窗口工作人员扫码可查进度", "Case code: an officer at a window can scan it to see the progress");
    view! {
        <section class="card done">
            <p class="card-text">{tr("办件编号", "Case number")}</p>
            <strong class="reference" data-reference=number.clone()>
                {number.clone()}
            </strong>
            <CopyButton text=number />
            <img class="qr" src=api::receipt_qr_url(reference) alt=description width="180" height="180" />
            <p class="card-text">{tr("到窗口咨询时，出示这个码，工作人员扫码查进度", "Show this code at a window; the officer scans it to see the progress")}</p>
        </section>
    }
}

fn next_task(task: &TaskView) -> impl IntoView + use<> {
    let due = task.due.as_ref().filter(|_| task.status.is_ticking());
    let when = due.map_or_else(
        || tr("等前置事项办结", "after an earlier item").to_owned(),
        |due| format!("{}{}{}", tr("", "Result by "), format_day(due), tr("前出结果", "")),
    );
    let delivery = task.delivery.as_ref().map(|delivery| {
        let delivery = format!("{}{}", tr("领取：", "You get it: "), tr_text(&delivery.title));
        view! { <span class="card-text" data-delivery="true">{delivery}</span> }
    });
    view! {
        <li data-state="now">
            <strong>{tr_text(&task.title)}</strong>
            <span class="card-text">{format!("{} · {when}", tr_text(&task.agency))}</span>
            {delivery}
        </li>
    }
}

/// Copies the number, and says so.
#[component]
pub(crate) fn CopyButton(#[prop(into)] text: String) -> impl IntoView {
    let copied = RwSignal::new(None::<bool>);
    let press = move |_| {
        let text = text.clone();
        spawn_local(async move {
            let is_copied = browser::copy(&text).await;
            copied.try_set(Some(is_copied));
        });
    };
    let label = move || match copied.get() {
        None => tr("复制编号", "Copy number"),
        Some(true) => tr("已复制", "Copied"),
        Some(false) => tr("请长按编号复制", "Press and hold the number to copy"),
    };
    view! {
        <button type="button" class="button" aria-live="polite" on:click=press>
            {label}
        </button>
    }
}
