//! The guide of a service, made from its definition: who, what to bring and what is waived, who decides, how long, what it costs.

pub(crate) mod begin;

use crate::ui::dom::{CollectView, View};
use contract::id::ServiceId;
use contract::material::Mode;
use contract::service::{Item, Material, Service};
use markup::view;

use self::begin::Beginning;
use super::loaded::loaded_page;
use super::tell::tell_link;
use crate::desk;
use crate::paths::Route;
use crate::ui::live::shows;
use crate::ui::page::{BottomBar, Title, TopBar};
use crate::words::{say, t};
use crate::{api, settings};

pub(crate) fn view(id: ServiceId) -> View {
    let division = settings::division().get_untracked();
    let body = match desk::known_definition(&id, None, &division) {
        Some(service) => guide(service),
        None => {
            let place = division.clone();
            loaded_page(
                move || api::service(&id, None, &division),
                move |service| guide(desk::keep_definition(place.clone(), service)),
            )
        }
    };
    view! {
        <div class="page">
            <TopBar title=t("办事指南", "Guide") back=Route::Home.url() />
            {body}
        </div>
    }
}

fn guide(service: &'static Service) -> View {
    let beginning = Beginning::of(service);
    let trouble = beginning.trouble;
    view! {
        <div class="page-body">
            <Title title=say(&service.title) help=say(&service.summary) />
            <div class="tags">
                <span class="tag">{format!("{} {}", service.visits.now, t("次跑动", "visits"))}</span>
                <span class="tag">{format!("{} {} {}", t("约", "About"), service.minutes, t("分钟填完", "minutes to fill in"))}</span>
                <span class="tag">{if service.fees.is_empty() { t("不收费", "Free of charge") } else { t("有费用", "Has a fee") }}</span>
            </div>
            {facts(service)}
            {items(service)}
            {tracks(service)}
            {materials(service)}
            {window_card(service)}
            {tell_link(String::new())}
            {shows(move || trouble.get().map(|error| view! { <p class="notice" data-look="warn" role="alert">{error.says()}</p> }))}
        </div>
        <BottomBar>{beginning.bar()}</BottomBar>
    }
}

fn facts(service: &Service) -> View {
    let fact = |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let agencies: Vec<_> = service.agencies.iter().map(|agency| say(&agency.name)).collect();
    let saved = service.visits.before.saturating_sub(service.visits.now);
    let fees: Vec<_> = service.fees.iter().map(|fee| format!("{} ¥{}", say(&fee.title), service.amount(fee))).collect();
    view! {
        <dl class="card facts">
            {fact(t("谁能办", "Who"), say(&service.who))}
            {fact(t("谁来办", "Decided by"), agencies.join("\n"))}
            {fact(t("多久办好", "How long"), how_long(service))}
            {fact(t("费用", "Fee"), if fees.is_empty() { t("不收费", "Free of charge").to_owned() } else { fees.join("\n") })}
            {(saved > 0).then(|| fact(t("少跑几趟", "Trips saved"), format!("{saved}{}", t(" 趟", ""))))}
            {fact(t("能拿到", "You receive"), service.items.iter().map(|item| say(&item.deliverable)).collect::<Vec<_>>().join("\n"))}
        </dl>
    }
}

/// The longest promise; each item's own stands in its row.
fn how_long(service: &Service) -> String {
    let longest = service.items.iter().map(|item| item.promise.working_days).max().unwrap_or(0);
    format!("{} {}", t("最多", "At most"), days(longest))
}

fn days(count: u32) -> String {
    format!("{count} {}", t("个工作日", "working days"))
}

/// A clock for each item: one that needs another begins when that one is done.
fn items(service: &Service) -> View {
    if service.items.len() < 2 {
        return View::none();
    }
    let item = |item: &Item| {
        let agency = service.agency(&item.agency).map(|agency| say(&agency.name)).unwrap_or_default();
        let after =
            if item.needs.is_empty() { "" } else { t(" · 前面的办好再算", " · once the one before is done") };
        view! {
            <div class="row">
                <span>{say(&item.title)}<br /><span class="card-text">{agency}{after}</span></span>
                <span class="tag" data-look="info">{days(item.promise.working_days)}</span>
            </div>
        }
    };
    view! {
        <section class="card">
            <h2>{t("一起办的几件事", "What is done together")}</h2>
            <div class="rows">{service.items.iter().map(item).collect_view()}</div>
        </section>
    }
}

fn tracks(service: &Service) -> View {
    if service.tracks.is_empty() {
        return View::none();
    }
    let track = |track: &contract::service::Track| {
        view! { <div class="row"><span><strong>{say(&track.title)}</strong><br /><span class="card-text">{say(&track.says)}</span></span></div> }
    };
    view! {
        <section class="card">
            <h2>{t("两种办法，任选一种", "Two ways, your choice")}</h2>
            <div class="rows">{service.tracks.iter().map(track).collect_view()}</div>
        </section>
    }
}

fn materials(service: &Service) -> View {
    let (sometimes, always): (Vec<_>, Vec<_>) = service.materials.iter().partition(|one| one.show_when.is_some());
    let rows = |materials: Vec<&Material>| view! { <div class="rows">{materials.into_iter().map(material).collect_view()}</div> };
    view! {
        <section class="card">
            <h2>{t("要准备什么", "What to bring")}</h2>
            {rows(always)}
            {(!sometimes.is_empty()).then(|| view! { <h3 class="card-text">{t("有的情况才要", "Only in some cases")}</h3>{rows(sometimes)} })}
        </section>
    }
}

fn material(material: &Material) -> View {
    let (look, mode) = mode_words(material.mode);
    view! {
        <div class="row">
            <span>{say(&material.title)}</span>
            <span class="tag" data-look=look>{mode}</span>
        </div>
    }
}

/// How a document gets there, as a chip.
pub(crate) fn mode_words(mode: Mode) -> (&'static str, &'static str) {
    match mode {
        Mode::Generated => ("done", t("自动生成", "Made for you")),
        Mode::Verified => ("done", t("免提交", "No paper")),
        Mode::Certificate => ("done", t("选电子证照", "E-certificate")),
        Mode::Upload => ("info", t("拍照上传", "Photo")),
    }
}

/// Where people help in person.
pub(crate) fn window_card(service: &Service) -> View {
    let Some(window) = service.window(&settings::division().get_untracked()) else { return View::none() };
    let phone = window.phone.clone();
    view! {
        <section class="card">
            <h2>{t("想当面办", "Prefer to come in person?")}</h2>
            <p>{say(&window.name)}</p>
            <p class="card-text">{say(&window.address)}</p>
            <p class="card-text">{say(&window.hours)}</p>
            <a class="button" data-look="quiet" href=format!("tel:{phone}")>{format!("{} {phone}", t("打电话", "Call"))}</a>
        </section>
    }
}
