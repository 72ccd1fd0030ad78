//! Home: search, services as cards that promise, what I began, what runs, my certificates, and 办不成事.

mod account;
mod header;

use contract::api::ServiceSummary;
use contract::search::finds;
use leptos::prelude::*;

use self::account::AccountCard;
use self::header::HomeHeader;
use super::grievance_link::{GrievanceRow, grievance_url};
use super::service::visits;
use super::unavailable::failed;
use crate::api::Api;
use crate::fetched::{Fetched, view_resource};
use crate::i18n::{self, tr, tr_text};
use crate::navigation::Router;
use crate::paths::Route;
use crate::ui::icon::{Icon, LineIcon};

#[component]
pub(crate) fn HomePage() -> impl IntoView {
    let api = expect_context::<Api>();
    let search = RwSignal::new(String::new());
    let resource = view_resource(move || async move {
        let services = api.services().await?;
        Ok(ViewFn::from(move || view! { <SearchResults services=services.clone() search /> }))
    });
    view! {
        <div class="page">
            <HomeHeader />
            <div class="home-search">
                <LineIcon icon=Icon::Search />
                <input
                    type="search"
                    name="q"
                    aria-label=tr("搜索要办的事", "Search for a service")
                    placeholder=tr("搜“店招”“门头”…", "Search “sign”, “shop”…")
                    prop:value=search
                    on:input=move |event| search.set(event_target_value(&event))
                />
            </div>
            <div class="page-body">
                <h2 class="sr-only">{tr("可以办的事", "Services")}</h2>
                <Fetched resource heights=&[120, 120, 180] failed />
                <AccountCard />
                <GrievanceRow label=tr("办不成事？", "Report a problem") />
                {public_pages()}
            </div>
        </div>
    }
}

/// Pages of the server's own, for everybody.
fn public_pages() -> impl IntoView {
    let language = &i18n::tag()[..2];
    view! {
        <p class="card-text">
            <a class="button" href=format!("/figures?lang={language}")>
                {tr("办件公开", "Statistics")}
            </a>
            <a class="button" href=format!("/solved?lang={language}")>
                {tr("满意清单", "Problems solved")}
            </a>
        </p>
    }
}

/// By name, common word, pinyin or initials, however it is typed.
#[component]
fn SearchResults(services: Vec<ServiceSummary>, search: RwSignal<String>) -> impl IntoView {
    let router = expect_context::<Router<Route>>();
    move || {
        let is_wanted = |service: &&ServiceSummary| search.with(|search| finds(&service.keys, search));
        let found: Vec<_> = services.iter().filter(is_wanted).map(service_card).collect();
        match found.is_empty() {
            true => nothing_found(grievance_url(router, search.get_untracked())).into_any(),
            false => found.into_any(),
        }
    }
}

fn nothing_found(report: String) -> impl IntoView {
    let message = tr(
        "没有找到。换个说法试试，或者向我们反映您想办什么。",
        "Nothing found. Try another word, or tell us what you need.",
    );
    view! {
        <div class="card empty" role="status">
            <p>{message}</p>
            <a class="button" data-look="quiet" href=report>
                {tr("向我们反映", "Tell us")}
            </a>
        </div>
    }
}

fn service_card(service: &ServiceSummary) -> impl IntoView + use<> {
    let tag = |text: String| view! { <span class="tag">{text}</span> };
    let items = (service.items > 1).then(|| tag(format!("{} {}", service.items, tr("个事项", "items"))));
    let visits = tag(visits(service.visits));
    let minutes = tag(format!("{} {} {}", tr("约", "About"), service.minutes, tr("分钟", "minutes")));
    view! {
        <a class="card service-card" href=Route::Service { service: service.id.clone() }.url()>
            <span class="service-card-head">
                <span class="service-mark" aria-hidden="true">
                    {service.mark.clone()}
                </span>
                <span>
                    <strong>{tr_text(&service.title)}</strong>
                    <span class="card-text">{tr_text(&service.summary)}</span>
                </span>
            </span>
            <span class="tags">{items}{visits}{minutes}</span>
        </a>
    }
}
