//! The way out that a gate names: what is missing, where people help, what to bring. Never a dead end.

use contract::Service;
use contract::id::ItemId;
use contract::service::Gate;
use leptos::prelude::*;

use super::grievance_link::GrievanceRow;
use super::service::WindowCard;
use crate::draft_session::DraftSession;
use crate::i18n::{tr, tr_text};
use crate::navigation::Router;
use crate::paths::Route;
use crate::ui::page::{BottomBar, Title, TopBar};

#[component]
pub(crate) fn ExitPage(session: DraftSession) -> impl IntoView {
    let router = expect_context::<Router<Route>>();
    let step = |step| Route::Step { draft: session.id(), step, from_review: false };
    let Some(gate) = session.journey.with_untracked(|journey| journey.exit) else {
        router.replace_soon(step(None));
        return ().into_any();
    };
    let service = session.service;
    let change = step(Some(gate.step.0.clone())).url();
    let about = tr_text(&gate.exit.title);
    let bring = gate
        .exit
        .bring
        .iter()
        .map(|one| view! { <li class="row">{tr_text(one)}</li> })
        .map(IntoAny::into_any)
        .collect_view();
    let help = match gate.exit.elsewhere {
        true => hotline().into_any(),
        false => view! { <WindowCard service /> }.into_any(),
    };
    view! {
        <div class="page" data-exit=gate.id.0.clone()>
            <TopBar title=tr_text(&service.title) back=change.clone() />
            <div class="page-body">
                <Title title=tr_text(&gate.exit.title) help=tr_text(&gate.exit.says) />
                {separate_items(service, gate)}
                <section class="card">
                    <h2>{tr("去之前带上", "Bring along")}</h2>
                    <ul class="rows">{bring}</ul>
                </section>
                {help}
                <GrievanceRow label=tr("觉得不对？", "Think this is wrong?") about />
            </div>
            <BottomBar>
                <a class="button" href=Route::Home.url()>
                    {tr("回首页", "Start page")}
                </a>
                <a class="button" data-look="main" data-main="true" href=change>
                    {tr("回去改答案", "Change my answers")}
                </a>
            </BottomBar>
        </div>
    }
    .into_any()
}

/// What remains and is done one by one.
fn separate_items(service: &'static Service, gate: &'static Gate) -> Option<impl IntoView> {
    let line = |id: &ItemId| {
        let item = service.item(id)?;
        let agency = service.agency(&item.agency)?;
        let phone = agency.phone.clone();
        Some(view! {
            <li class="row">
                <span>{tr_text(&item.title)}<br /><span class="card-text">{tr_text(&agency.name)}</span></span>
                <a class="button" href=format!("tel:{phone}")>
                    {phone.clone()}
                </a>
            </li>
        })
    };
    let lines: Vec<_> = gate.exit.separately.iter().filter_map(line).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2>{tr("这些事可以分开办", "These can be done one by one")}</h2>
                <ul class="rows">{lines}</ul>
            </section>
        }
    })
}

/// Another city decides, so a window of ours would be a trip for nothing.
fn hotline() -> impl IntoView {
    view! {
        <section class="card">
            <h2>{tr("先打电话问", "Call first")}</h2>
            <a class="button" data-look="quiet" href="tel:12345">
                {tr("拨打当地 12345", "Call 12345 there")}
            </a>
        </section>
    }
}
