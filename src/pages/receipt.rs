//! It is received: a large mark, the number to keep, and what happens next with dates.

use crate::ui::dom::{CollectView, View};
use contract::api::Receipt;
use contract::id::Reference;
use markup::view;
use signals::{RwSignal, StoredValue};
use wasm_bindgen_futures::spawn_local;

use super::loaded::loaded_page;
use crate::paths::Route;
use crate::ui::icon::{Icon, icon};
use crate::ui::live::{on, shows};
use crate::ui::page::{BottomBar, TopBar};
use crate::words::{day_of, say, t, time_of};
use crate::{api, browser};

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
    let next = receipt.tasks.iter().map(|task| {
        let when = task.due.as_ref().map(|due| format!("{} {} {}", t("最晚", "By"), day_of(due), t("前有结果", "you know the result")));
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
            <section class="card">
                <h2>{t("接下来", "What happens next")}</h2>
                <ol class="timeline">{next.collect_view()}</ol>
                <p class="card-text">{t("有结果会发短信给您，不用守着。", "We text you the result, no need to wait here.")}</p>
            </section>
        </div>
        <BottomBar>
            <a class="button" href=Route::Home.url()>{t("回首页", "Start page")}</a>
            <a class="button" data-look="main" data-main="true" href=case>{t("看进度", "See progress")}</a>
        </BottomBar>
    }
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
