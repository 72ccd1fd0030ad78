//! What is to be paid for a case.

use contract::api::FeeView;
use leptos::prelude::*;

use crate::i18n::{tr, tr_text};

/// What is to be paid later, and when that is.
#[component]
pub(in crate::pages) fn FeesToPay(fees: Vec<FeeView>) -> impl IntoView {
    let message = tr(
        "部门受理后会发短信给您，请到“我的办件”缴费，现在不用缴。",
        "Once the office has accepted it, we will text you, and you can pay under “My cases”. Nothing is due now.",
    );
    (!fees.is_empty()).then(|| {
        view! {
            <UnpaidFees fees>
                <p class="card-text">{message}</p>
            </UnpaidFees>
        }
    })
}

/// Fees that are not paid, over what can be done about them.
#[component]
pub(in crate::pages) fn UnpaidFees(fees: Vec<FeeView>, children: Children) -> impl IntoView {
    let contribution = tr("参保缴费等，不是办理收费", "A contribution, not a charge for the handling");
    let row = |fee: FeeView| {
        view! {
            <div class="row">
                <span>
                    {tr_text(&fee.title)}
                    {(!fee.sort.is_charge())
                        .then(|| view! { <br /><span class="card-text">{contribution}</span> })}
                </span>
                <strong>{format!("¥{}", fee.amount)}</strong>
            </div>
        }
    };
    view! {
        <section class="card" data-to-pay="true">
            <div class="card-title">
                <h2>{tr("待缴费", "To be paid")}</h2>
                <span class="tag" data-look="warn">
                    {tr("还没有缴", "Not paid yet")}
                </span>
            </div>
            <div class="rows">{fees.into_iter().map(row).map(IntoAny::into_any).collect_view()}</div>
            {children()}
        </section>
    }
}
