//! Taking a case back, asked about once more.

use contract::api::CaseView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::office::ErrorNotice;
use crate::api::Api;
use crate::i18n::tr;
use crate::navigation::Router;
use crate::paths::Route;

#[component]
pub(super) fn Withdrawal(case: CaseView) -> impl IntoView {
    if !case.may_withdraw {
        return None;
    }
    let api = expect_context::<Api>();
    let router = expect_context::<Router<Route>>();
    let (is_asked, error) = (RwSignal::new(false), RwSignal::new(None));
    let reference = StoredValue::new(case.reference);
    let withdraw = move |_| {
        let reference = reference.get_value();
        spawn_local(async move {
            match api.withdraw(&reference).await {
                Ok(_) => router.go(&Route::Cases),
                Err(found) => {
                    error.try_set(Some(found));
                }
            }
        });
    };
    let question = move || {
        if !is_asked.get() {
            let label = tr("撤回申请", "Withdraw the application");
            return view! {
                <button type="button" class="link" data-withdraw="ask" on:click=move |_| is_asked.set(true)>
                    {label}
                </button>
            }
            .into_any();
        }
        let question = tr(
            "撤回后各事项停止办理，材料不退回，可以重新申请。确定撤回吗？",
            "All items will stop being processed. You can apply again. Withdraw the application?",
        );
        view! {
            <p>{question}</p>
            <button type="button" class="button" data-withdraw="sure" on:click=withdraw>
                {tr("确定撤回", "Withdraw")}
            </button>
            <button type="button" class="button" on:click=move |_| is_asked.set(false)>
                {tr("取消", "Cancel")}
            </button>
        }
        .into_any()
    };
    Some(view! { <section class="card">{question}<ErrorNotice error /></section> })
}
