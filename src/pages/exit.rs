//! The way out that a gate names: what is missing, where people help, what to bring. Never a dead end.

use crate::browser::request_animation_frame;
use crate::ui::dom::{CollectView, View};
use contract::id::ItemId;
use contract::service::Gate;
use markup::view;

use super::service::window_card;
use super::tell::tell_row;
use crate::desk::Desk;
use crate::navigation;
use crate::paths::Route;
use crate::ui::page::{BottomBar, Title, TopBar};
use crate::words::{say, t};

pub(crate) fn view(desk: Desk) -> View {
    let journey = desk.journey.read_untracked();
    let Some(gate) = journey.exit else {
        let back = Route::Step { draft: desk.draft.to_owned(), step: None, from_review: false };
        request_animation_frame(move || navigation::replace(&back));
        return View::none();
    };
    let change =
        Route::Step { draft: desk.draft.to_owned(), step: Some(gate.step.0.clone()), from_review: false }.url();
    let about = say(&gate.exit.title);
    let bring = gate.exit.bring.iter().map(|one| view! { <li class="row">{say(one)}</li> }).collect_view();
    view! {
        <div class="page" data-exit=gate.id.0.clone()>
            <TopBar title=say(&desk.service.title) back=change.clone() />
            <div class="page-body">
                <Title title=say(&gate.exit.title) help=say(&gate.exit.says) />
                {separately(desk, gate)}
                <section class="card">
                    <h2>{t("去之前带上", "Bring along")}</h2>
                    <ul class="rows">{bring}</ul>
                </section>
                {if gate.exit.elsewhere { hotline() } else { window_card(desk.service) }}
                {tell_row(t("觉得不对？", "Think this is wrong?"), about)}
            </div>
            <BottomBar>
                <a class="button" href=Route::Home.url()>{t("回首页", "Start page")}</a>
                <a class="button" data-look="main" data-main="true" href=change>{t("回去改答案", "Change my answers")}</a>
            </BottomBar>
        </div>
    }
}

/// What remains and is done one by one.
fn separately(desk: Desk, gate: &Gate) -> View {
    let line = |id: &ItemId| {
        let item = desk.service.item(id)?;
        let agency = desk.service.agency(&item.agency)?;
        let phone = agency.phone.clone();
        Some(view! {
            <li class="row">
                <span>{say(&item.title)}<br /><span class="card-text">{say(&agency.name)}</span></span>
                <a class="button" href=format!("tel:{phone}")>{phone.clone()}</a>
            </li>
        })
    };
    let lines: Vec<_> = gate.exit.separately.iter().filter_map(line).collect();
    if lines.is_empty() {
        return View::none();
    }
    view! {
        <section class="card">
            <h2>{t("这些事可以分开办", "These can be done one by one")}</h2>
            <ul class="rows">{lines}</ul>
        </section>
    }
}

/// Another city decides, so a window of ours would be a trip for nothing.
fn hotline() -> View {
    view! {
        <section class="card">
            <h2>{t("先打电话问", "Call first")}</h2>
            <a class="button" data-look="quiet" href="tel:12345">{t("拨打当地 12345", "Call 12345 there")}</a>
        </section>
    }
}
