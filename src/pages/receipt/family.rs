//! Twins: the other applications of the family, and the way to the next one.

use contract::api::{NewDraft, Receipt};
use contract::id::Reference;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Api, ApiError};
use crate::i18n::{tr, tr_text};
use crate::navigation::Router;
use crate::paths::Route;
use crate::settings::Settings;

#[component]
pub(super) fn Family(receipt: Receipt) -> impl IntoView {
    let sibling = |other: &Reference| {
        view! {
            <a class="row" href=Route::Case { reference: other.clone() }.url()>
                <span class="row-start">{tr("同一家庭的申请", "Same family")}</span>
                <span class="row-end">{other.0.clone()}</span>
            </a>
        }
    };
    let siblings = receipt.siblings.iter().map(sibling).map(IntoAny::into_any).collect_view();
    let is_alone = receipt.siblings.is_empty() && receipt.another.is_none();
    (!is_alone).then(|| {
        view! {
            <section class="card">
                {siblings}
                <AnotherApplication receipt />
            </section>
        }
    })
}

/// Begins the next application of the family: what they share is there already.
#[component]
fn AnotherApplication(receipt: Receipt) -> impl IntoView {
    let api = expect_context::<Api>();
    let router = expect_context::<Router<Route>>();
    let settings = expect_context::<Settings>();
    let is_busy = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let Receipt { service, reference, another, .. } = receipt;
    let begin = move |_| {
        is_busy.set(true);
        let (service, division) = (service.clone(), settings.division.get_untracked());
        let new = NewDraft { service, division, sibling_of: Some(reference.clone()), corrects: None };
        spawn_local(async move {
            let draft = api.create_draft(&new).await;
            is_busy.try_set(false);
            match draft {
                Ok(draft) => router.go(&Route::Step { draft: draft.id, step: None, from_review: false }),
                Err(failure) => {
                    error.try_set(Some(failure));
                }
            }
        });
    };
    let notice = move || {
        error.get().map(|error| view! { <p class="notice" data-look="warn" role="alert">{error.message()}</p> })
    };
    another.map(|another| {
        view! {
            <p>{tr_text(&another.says)}</p>
            {notice}
            <button
                type="button"
                class="button"
                data-look="quiet"
                data-another="true"
                disabled=is_busy
                on:click=begin
            >
                {tr_text(&another.title)}
            </button>
        }
    })
}
