//! The guide of a service, made from its definition: who, what to bring and what is waived, who decides, how long, what
//! it costs.

mod begin;

use contract::id::ServiceId;
use contract::material::Mode;
use contract::service::{Item, Material, Service, Track};
use leptos::prelude::*;

use self::begin::BeginBar;
pub(super) use self::begin::{Beginning, start_signed_in};
use super::grievance_link::GrievanceLink;
use super::unavailable::{failed, page_body};
use crate::api::ApiError;
use crate::draft_session::{Definition, DraftSessions};
use crate::fetched::{Fetched, view_resource};
use crate::i18n::{tr, tr_text};
use crate::paths::Route;
use crate::settings::Settings;
use crate::ui::page::{BottomBar, Title, TopBar};

#[component]
pub(crate) fn ServicePage(service: ServiceId) -> impl IntoView {
    let drafts = expect_context::<DraftSessions>();
    let division = expect_context::<Settings>().division.get_untracked();
    let guide = |definition: &'static Definition| view! { <Guide service=&definition.service /> }.into_any();
    let body = match drafts.known_definition(&service, None, &division) {
        Some(definition) => guide(definition),
        None => {
            let resource = view_resource(move || {
                let (service, division) = (service.clone(), division.clone());
                async move {
                    let definition = drafts.definition(&service, None, &division).await?;
                    Ok(ViewFn::from(move || guide(definition)))
                }
            });
            view! { <Fetched resource heights=&[120, 120, 180] frame=page_body failed /> }.into_any()
        }
    };
    view! {
        <div class="page">
            <TopBar title=tr("办事指南", "Guide") back=Route::Home.url() />
            {body}
        </div>
    }
}

#[component]
fn Guide(service: &'static Service) -> impl IntoView {
    let error = RwSignal::new(None::<ApiError>);
    let visits = format!("{} {}", service.visits.now, tr("次跑动", "visits"));
    let minutes = format!("{} {} {}", tr("约", "About"), service.minutes, tr("分钟填完", "minutes to fill in"));
    let fee = if service.fees.is_empty() { tr("不收费", "Free of charge") } else { tr("有费用", "Has a fee") };
    let notice = move || {
        error.get().map(|error| view! { <p class="notice" data-look="warn" role="alert">{error.message()}</p> })
    };
    view! {
        <div class="page-body">
            <Title title=tr_text(&service.title) help=tr_text(&service.summary) />
            <div class="tags">
                <span class="tag">{visits}</span>
                <span class="tag">{minutes}</span>
                <span class="tag">{fee}</span>
            </div>
            {facts(service)}
            {items(service)}
            {tracks(service)}
            {materials(service)}
            <WindowCard service />
            <GrievanceLink />
            {notice}
        </div>
        <BottomBar>
            <BeginBar service error />
        </BottomBar>
    }
}

fn facts(service: &'static Service) -> impl IntoView {
    let fact = |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let agencies: Vec<_> = service.agencies.iter().map(|agency| tr_text(&agency.name)).collect();
    let deliverables: Vec<_> = service.items.iter().map(|item| tr_text(&item.deliverable)).collect();
    let fees: Vec<_> =
        service.fees.iter().map(|fee| format!("{} ¥{}", tr_text(&fee.title), service.amount(fee))).collect();
    let fees = if fees.is_empty() { tr("不收费", "Free of charge").to_owned() } else { fees.join("\n") };
    let saved = service.visits.before.saturating_sub(service.visits.now);
    let saved = (saved > 0).then(|| fact(tr("少跑几趟", "Trips saved"), format!("{saved}{}", tr(" 趟", ""))));
    view! {
        <dl class="card facts">
            {fact(tr("谁能办", "Who"), tr_text(&service.who))}
            {fact(tr("谁来办", "Decided by"), agencies.join("\n"))}
            {fact(tr("多久办好", "How long"), how_long(service))}
            {fact(tr("费用", "Fee"), fees)}
            {saved}
            {fact(tr("能拿到", "You receive"), deliverables.join("\n"))}
        </dl>
    }
}

/// The longest promise; each item's own stands in its row.
fn how_long(service: &Service) -> String {
    let longest = service.items.iter().map(|item| item.promise.working_days).max().unwrap_or(0);
    format!("{} {}", tr("最多", "At most"), working_days(longest))
}

fn working_days(count: u32) -> String {
    format!("{count} {}", tr("个工作日", "working days"))
}

/// A clock for each item: one that needs another begins when that one is done.
fn items(service: &'static Service) -> Option<impl IntoView> {
    let item = |item: &Item| {
        let agency = service.agency(&item.agency).map(|agency| tr_text(&agency.name)).unwrap_or_default();
        let after = match item.needs.is_empty() {
            true => "",
            false => tr(" · 前面的办好再算", " · once the one before is done"),
        };
        view! {
            <div class="row">
                <span>{tr_text(&item.title)}<br /><span class="card-text">{agency}{after}</span></span>
                <span class="tag" data-look="info">
                    {working_days(item.promise.working_days)}
                </span>
            </div>
        }
    };
    (service.items.len() > 1).then(|| {
        view! {
            <section class="card">
                <h2>{tr("一起办的几件事", "What is done together")}</h2>
                <div class="rows">{service.items.iter().map(item).map(IntoAny::into_any).collect_view()}</div>
            </section>
        }
    })
}

fn tracks(service: &'static Service) -> Option<impl IntoView> {
    let track = |track: &Track| {
        let (title, explanation) = (tr_text(&track.title), tr_text(&track.says));
        view! {
            <div class="row">
                <span><strong>{title}</strong><br /><span class="card-text">{explanation}</span></span>
            </div>
        }
    };
    (!service.tracks.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2>{tr("两种办法，任选一种", "Two ways, your choice")}</h2>
                <div class="rows">{service.tracks.iter().map(track).map(IntoAny::into_any).collect_view()}</div>
            </section>
        }
    })
}

fn materials(service: &'static Service) -> impl IntoView {
    let (sometimes, always): (Vec<_>, Vec<_>) = service.materials.iter().partition(|one| one.show_when.is_some());
    let rows = |materials: Vec<&Material>| {
        view! { <div class="rows">{materials.into_iter().map(material_row).map(IntoAny::into_any).collect_view()}</div> }
    };
    let heading = tr("有的情况才要", "Only in some cases");
    let sometimes = (!sometimes.is_empty()).then(|| view! { <h3 class="card-text">{heading}</h3>{rows(sometimes)} });
    view! {
        <section class="card">
            <h2>{tr("要准备什么", "What to bring")}</h2>
            {rows(always)}
            {sometimes}
        </section>
    }
}

fn material_row(material: &Material) -> impl IntoView + use<> {
    let (look, mode) = mode_tag(material.mode);
    view! {
        <div class="row">
            <span>{tr_text(&material.title)}</span>
            <span class="tag" data-look=look>{mode}</span>
        </div>
    }
}

/// How a document gets to the office: the look of the tag and its words.
pub(super) fn mode_tag(mode: Mode) -> (&'static str, &'static str) {
    match mode {
        Mode::Generated => ("done", tr("自动生成", "Made for you")),
        Mode::Verified => ("done", tr("免提交", "No paper")),
        Mode::Certificate => ("done", tr("选电子证照", "E-certificate")),
        Mode::Upload => ("info", tr("拍照上传", "Photo")),
    }
}

/// Where people help in person.
#[component]
pub(super) fn WindowCard(service: &'static Service) -> impl IntoView {
    let division = expect_context::<Settings>().division.get_untracked();
    service.window(&division).map(|window| {
        let phone = &window.phone;
        view! {
            <section class="card">
                <h2>{tr("想当面办", "Prefer to come in person?")}</h2>
                <p>{tr_text(&window.name)}</p>
                <p class="card-text">{tr_text(&window.address)}</p>
                <p class="card-text">{tr_text(&window.hours)}</p>
                <a class="button" data-look="quiet" href=format!("tel:{phone}")>
                    {format!("{} {phone}", tr("打电话", "Call"))}
                </a>
            </section>
        }
    })
}
