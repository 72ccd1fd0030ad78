//! What comes out of a case: what it costs, what was issued, and how it comes.

use contract::api::{CaseView, CertificateView, DeliveryView, PaymentView};
use contract::id::Reference;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::office::ErrorNotice;
use crate::api::Api;
use crate::i18n::{format_time, tr, tr_text};
use crate::pages::certificates::{CertificateCode, RenewButton, validity};
use crate::pages::receipt::{FeesToPay, UnpaidFees};

/// What is to be paid with its button, or that it was.
#[component]
pub(super) fn Payment(case: CaseView, shown: RwSignal<CaseView>) -> impl IntoView {
    if let Some(paid) = &case.paid {
        return paid_card(paid).into_any();
    }
    if case.to_pay.is_empty() || !case.to_pay.iter().all(|fee| fee.may_be_paid) {
        return view! { <FeesToPay fees=case.to_pay /> }.into_any();
    }
    view! {
        <UnpaidFees fees=case.to_pay>
            <PayButton reference=case.reference shown />
        </UnpaidFees>
    }
    .into_any()
}

fn paid_card(paid: &PaymentView) -> AnyView {
    let Some(refunded_at) = &paid.refunded_at else {
        let facts = format!("¥{} · {} · {}", paid.amount, format_time(&paid.paid_at), paid.number);
        return view! {
            <section class="card" data-paid="true">
                <h2>{tr("已缴费", "Paid")}</h2>
                <p class="card-text">{facts}</p>
            </section>
        }
        .into_any();
    };
    let facts = format!("¥{} · {}", paid.amount, format_time(refunded_at));
    let message = tr(
        "这个事项未办成，费用已原路退回，几天内到账。",
        "The item was not granted. The money is refunded to the account it came from within a few days.",
    );
    view! {
        <section class="card" data-refunded="true">
            <h2>{tr("已退款", "Refunded")}</h2>
            <p class="card-text">{facts}</p>
            <p>{message}</p>
        </section>
    }
    .into_any()
}

#[component]
fn PayButton(reference: Reference, shown: RwSignal<CaseView>) -> impl IntoView {
    let api = expect_context::<Api>();
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None));
    let press = move |_| {
        // The button is switched off a moment after the press, and a second tap may come sooner.
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let reference = reference.clone();
        spawn_local(async move {
            match api.pay(&reference).await {
                Ok(case) => {
                    shown.try_set(case);
                }
                Err(found) => {
                    error.try_set(Some(found));
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <ErrorNotice error />
        <button type="button" class="button" data-look="main" data-pay="true" disabled=busy on:click=press>
            {tr("现在缴费", "Pay now")}
        </button>
    }
}

/// The certificate of an item, with what a window scans.
#[component]
pub(super) fn IssuedCertificate(certificate: Option<CertificateView>) -> impl IntoView {
    certificate.map(|certificate| {
        view! {
            <div class="notice" data-certificate="true">
                <p><strong>{tr_text(&certificate.title)}</strong></p>
                <p>{format!("{} · {}", certificate.holder, certificate.number)}</p>
                {validity(&certificate)}
                <RenewButton certificate=certificate.clone() />
                <CertificateCode code=certificate.code />
            </div>
        }
    })
}

/// How the result of an item comes.
#[component]
pub(super) fn Delivery(delivery: Option<DeliveryView>) -> impl IntoView {
    delivery.map(|delivery| {
        let lines = delivery.lines.iter().map(|line| view! { <span class="card-text">{tr_text(line)}</span><br /> });
        view! {
            <p class="card-text" data-delivery="true">
                {format!("{}{}", tr("领取：", "You get it: "), tr_text(&delivery.title))}
                <br />
                {lines.collect_view()}
            </p>
        }
    })
}
