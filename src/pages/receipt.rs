//! It is received: a large mark, the number to keep, and what happens next with dates.

use crate::ui::dom::{CollectView, View};
use contract::api::{FeeView, Receipt};
use contract::id::{Reference, ServiceId};
use markup::view;
use signals::{RwSignal, Signal, StoredValue};
use wasm_bindgen_futures::spawn_local;

use super::loaded::loaded_page;
use super::tell::tell_link;
use crate::api::ApiError;
use crate::paths::Route;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{on, shows};
use crate::ui::page::{BottomBar, TopBar};
use crate::words::{day_of, say, t, time_of};
use crate::{api, browser, navigation, settings};

pub(crate) fn view(reference: Reference) -> View {
    let fetch = move || api::receipt(&reference);
    view! {
        <div class="page" data-step="receipt">
            <TopBar title=t("回执", "Receipt") back=Route::Home.url() />
            {loaded_page(fetch, body)}
        </div>
    }
}

fn body(receipt: Receipt) -> View {
    let open = receipt.tasks.iter().filter(|task| !task.status.is_end() && !task.status.is_granted());
    let next = open.map(|task| {
        let when = task.due.as_ref().filter(|_| task.status.is_ticking()).map(|due| format!("{} {} {}", t("最晚", "By"), day_of(due), t("前有结果", "you know the result")));
        view! { <li data-state="now"><strong>{say(&task.title)}</strong><span class="card-text">{format!("{} · {}", say(&task.agency), when.unwrap_or_else(|| t("等前面的事办好", "waits for the others").to_owned()))}</span></li> }
    });
    let case = Route::Case { reference: receipt.reference.clone() }.url();
    view! {
        <div class="page-body">
            <div class="done">
                <div class="done-mark">{icon(Icon::Check)}</div>
                <h1 tabindex="-1">{t("收到了", "We have it")}</h1>
                <p class="card-text">{format!("{} · {}", say(&receipt.title), time_of(&receipt.received_at))}</p>
            </div>
            <section class="card done">
                <p class="card-text">{t("办件编号", "Case number")}</p>
                <strong class="reference" data-reference=receipt.reference.0.clone()>{receipt.reference.0.clone()}</strong>
                {copy_button(receipt.reference.0.clone())}
                <img class="qr" src=api::qr_url(&receipt.reference) alt=t("办件编号的二维码，窗口一扫就知道", "QR code of the case number for any window") width="180" height="180" />
                <p class="card-text">{t("到任何窗口，出示这个码就行", "Show this code at any window")}</p>
            </section>
            {to_pay(&receipt.to_pay)}
            {family(&receipt)}
            <section class="card">
                <h2>{t("接下来", "What happens next")}</h2>
                <ol class="timeline">{next.collect_view()}</ol>
                <p class="card-text">{t("有结果会发短信给您，不用守着。", "We text you the result, no need to wait here.")}</p>
            </section>
            {tell_link(String::new())}
        </div>
        <BottomBar>
            <a class="button" href=Route::Home.url()>{t("回首页", "Start page")}</a>
            <a class="button" data-look="main" data-main="true" href=case>{t("看进度", "See progress")}</a>
        </BottomBar>
    }
}

/// What is still to be paid.
pub(super) fn to_pay(fees: &[FeeView]) -> View {
    if fees.is_empty() {
        return View::none();
    }
    let says = t(
        "部门受理后会发短信给您，在“我的办件”里缴，不用现在缴。",
        "Once the office has accepted it, we text you and you pay in “my cases”. Nothing is due now.",
    );
    owed(fees, view! { <p class="card-text">{says}</p> })
}

/// Fees that are not paid, over what can be done about them.
pub(super) fn owed(fees: &[FeeView], act: View) -> View {
    let line = |fee: &FeeView| view! { <div class="row"><span>{say(&fee.title)}</span><strong>{format!("¥{}", fee.amount)}</strong></div> };
    view! {
        <section class="card" data-to-pay="true">
            <div class="card-title"><h2>{t("待缴费", "To be paid")}</h2><span class="tag" data-look="warn">{t("还没有缴", "Not paid yet")}</span></div>
            <div class="rows">{fees.iter().map(line).collect_view()}</div>
            {act}
        </section>
    }
}

/// Twins: the others of the family, and the way to the next one.
fn family(receipt: &Receipt) -> View {
    let sibling = |other: &Reference| {
        let url = Route::Case { reference: other.clone() }.url();
        view! { <a class="row" href=url><span class="row-start">{t("同一家的申请", "Of the same family")}</span><span class="row-end">{other.0.clone()}</span></a> }
    };
    let others = receipt.siblings.iter().map(sibling).collect_view();
    let another = receipt.another.as_ref().map(|another| {
        let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<ApiError>));
        let (service, reference) = (receipt.service.clone(), receipt.reference.clone());
        let press = move |_| begin(service.clone(), reference.clone(), busy, trouble);
        view! {
            <p>{say(&another.says)}</p>
            {shows(move || trouble.get().map(|error| view! { <p class="notice" data-look="warn" role="alert">{error.says()}</p> }))}
            <button type="button" class="button" data-look="quiet" data-another="true" disabled=Signal::from(busy) on:click=on(press)>{say(&another.title)}</button>
        }
    });
    if receipt.siblings.is_empty() && another.is_none() {
        return View::none();
    }
    view! { <section class="card">{others}{another}</section> }
}

fn begin(service: ServiceId, reference: Reference, busy: RwSignal<bool>, trouble: RwSignal<Option<ApiError>>) {
    busy.set(true);
    spawn_local(async move {
        let draft = api::create_sibling(&service, &settings::division().get_untracked(), &reference).await;
        busy.set(false);
        match draft {
            Ok(draft) => navigation::go(&Route::Step { draft: draft.id, step: None, from_review: false }),
            Err(error) => trouble.set(Some(error)),
        }
    });
}

/// Copies the number, and says so.
pub(crate) fn copy_button(text: String) -> View {
    let copied = RwSignal::new(None::<bool>);
    let text = StoredValue::new(text);
    let press = move |_| {
        spawn_local(async move {
            let done = browser::copy(&text.get_value()).await;
            copied.set(Some(done));
        });
    };
    let words = shows(move || match copied.get() {
        None => t("复制编号", "Copy number"),
        Some(true) => t("已复制", "Copied"),
        Some(false) => t("请长按编号复制", "Press and hold the number to copy"),
    });
    view! { <button type="button" class="button" aria-live="polite" on:click=on(press)>{words}</button> }
}
