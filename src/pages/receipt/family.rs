//! Twins: the other applications of the family, and the way to the next one.

use contract::api::{NewDraft, Receipt};
use contract::id::Reference;
use leptos::prelude::*;

use crate::i18n::tr;
use crate::pages::begin_button::BeginButton;
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
    let settings = expect_context::<Settings>();
    let Receipt { service, reference, another, .. } = receipt;
    another.map(|another| {
        let division = settings.division.get_untracked();
        let new = NewDraft { service, division, sibling_of: Some(reference), corrects: None, renews: None };
        view! { <BeginButton title=another.title says=another.says new /> }
    })
}
