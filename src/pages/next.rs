//! What people usually do after a service: a service of ours, or a place elsewhere.

use contract::api::NextView;
use leptos::prelude::*;

use crate::i18n::{tr, tr_text};
use crate::paths::Route;

#[component]
pub(super) fn NextSteps(next: Vec<NextView>) -> impl IntoView {
    (!next.is_empty()).then(|| {
        let steps = next.into_iter().map(step).map(IntoAny::into_any).collect_view();
        view! {
            <section class="card" data-next="true">
                <h2>{tr("还可以办", "You may also need")}</h2>
                {steps}
            </section>
        }
    })
}

fn step(next: NextView) -> impl IntoView {
    let url = next.service.map(|service| Route::Service { service }.url()).or(next.url);
    let link = url.map(|url| view! { <a class="link" href=url>{tr("去看看", "Have a look")}</a>" " });
    let phone = next.phone.map(|phone| view! { <a class="link" href=format!("tel:{phone}")>{phone.clone()}</a> });
    view! {
        <p><strong>{tr_text(&next.title)}</strong></p>
        <p class="card-text">{tr_text(&next.says)}</p>
        {next.until.map(|until| view! { <p class="card-text">{tr_text(&until)}</p> })}
        <p>{link}{phone}</p>
    }
}
