//! What comes out of a case: what it costs, what was issued, and how it comes.

use contract::api::{CaseView, TaskView};
use contract::id::Reference;
use markup::view;
use signals::{RwSignal, Signal};
use wasm_bindgen_futures::spawn_local;

use super::office::failure;
use crate::api::{self, ApiError};
use crate::pages::certificates::shown_code;
use crate::pages::receipt::{owed, to_pay};
use crate::ui::dom::{CollectView, View};
use crate::ui::live::on;
use crate::words::{say, t, time_of};

/// What is to be paid with its button, or that it was.
pub(super) fn payment(case: &CaseView, shown: RwSignal<CaseView>) -> View {
    if let Some(paid) = &case.paid {
        let says = format!("¥{} · {} · {}", paid.amount, time_of(&paid.paid_at), paid.number);
        if let Some(at) = &paid.refunded_at {
            let says = format!("¥{} · {}", paid.amount, time_of(at));
            return view! {
                <section class="card" data-refunded="true">
                    <h2>{t("已退款", "Given back")}</h2>
                    <p class="card-text">{says}</p>
                    <p>{t("这一件没有办成，钱已经原路退回，几天内到账。", "What it was for was not granted. The money goes back the way it came, within a few days.")}</p>
                </section>
            };
        }
        return view! {
            <section class="card" data-paid="true"><h2>{t("已缴费", "Paid")}</h2><p class="card-text">{says}</p></section>
        };
    }
    if case.to_pay.is_empty() || !case.to_pay.iter().all(|fee| fee.may_be_paid) {
        return to_pay(&case.to_pay);
    }
    owed(&case.to_pay, pay_button(case.reference.clone(), shown))
}

fn pay_button(reference: Reference, shown: RwSignal<CaseView>) -> View {
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<ApiError>));
    let press = move |_| {
        busy.set(true);
        let ask = api::pay(&reference);
        spawn_local(async move {
            match ask.await {
                Ok(case) => shown.set(case),
                Err(error) => trouble.set(Some(error)),
            }
            busy.set(false);
        });
    };
    view! {
        {failure(trouble)}
        <button type="button" class="button" data-look="main" data-pay="true" disabled=Signal::from(busy) on:click=on(press)>{t("现在缴费", "Pay now")}</button>
    }
}

/// The certificate of an item, with what a window scans.
pub(super) fn certificate(task: &TaskView) -> View {
    let Some(certificate) = &task.certificate else { return View::none() };
    view! {
        <div class="notice" data-certificate="true">
            <p><strong>{say(&certificate.title)}</strong></p>
            <p>{format!("{} · {}", certificate.holder, certificate.number)}</p>
            {shown_code(certificate)}
        </div>
    }
}

/// How the papers come, while some are still on their way.
pub(super) fn delivery(case: &CaseView) -> View {
    let Some(delivery) = &case.delivery else { return View::none() };
    let line = |says: &contract::Text| view! { <p class="card-text">{say(says)}</p> };
    view! {
        <section class="card">
            <h2>{format!("{}：{}", t("怎么拿结果", "How the results come"), say(&delivery.title))}</h2>
            {delivery.lines.iter().map(line).collect_view()}
        </section>
    }
}
