//! The guide of a service, made from its definition: who, what to bring and what is waived, who decides, how long, what
//! it costs.

mod begin;

use contract::id::ServiceId;
use contract::material::Mode;
use contract::service::{Fee, Material, Service, Stage, Track, yuan};
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
    let visits = visits(service.visits.now);
    let minutes = format!("{} {} {}", tr("约", "About"), service.minutes, tr("分钟填完", "minutes to fill in"));
    let is_charged = service.fees.iter().any(|fee| fee.sort.is_charge());
    let fee = if is_charged { tr("有费用", "Has a fee") } else { tr("办理不收费", "Free of charge") };
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

/// How often one must go somewhere.
pub(super) fn visits(count: u32) -> String {
    match count {
        0 => tr("不用跑", "No visits").to_owned(),
        _ => format!("{} {count} {}", tr("跑", "Visits:"), tr("次", "")),
    }
}

fn facts(service: &'static Service) -> impl IntoView {
    let fact = |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let agencies: Vec<_> = service.agencies.iter().map(|agency| tr_text(&agency.name)).collect();
    let deliverables: Vec<_> = service.items.iter().map(|item| tr_text(&item.deliverable)).collect();
    let fees = |is_charge: bool| {
        let of_sort = service.fees.iter().filter(move |fee| fee.sort.is_charge() == is_charge);
        of_sort.map(|fee| fee_line(service, fee)).collect::<Vec<_>>().join("\n")
    };
    let (charges, contributions) = (fees(true), fees(false));
    let charges = if charges.is_empty() { tr("办理不收费", "Free of charge").to_owned() } else { charges };
    let contributions = (!contributions.is_empty()).then(|| fact(tr("另需缴纳", "Contributions"), contributions));
    let saved = service.visits.before.saturating_sub(service.visits.now);
    let saved = (saved > 0).then(|| format!("{} {saved} {}", tr("少跑", "Saves"), tr("趟", "trips")));
    let change = changes(service).or(saved).map(|change| fact(tr("改革前后", "Before and now"), change));
    view! {
        <dl class="card facts">
            {fact(tr("谁能办", "Who"), tr_text(&service.who))}
            {fact(tr("谁来办", "Decided by"), agencies.join("\n"))}
            {fact(tr("多久办好", "How long"), how_long(service))}
            {fact(tr("费用", "Fee"), charges)}
            {contributions}
            {change}
            {fact(tr("能拿到", "You receive"), deliverables.join("\n"))}
        </dl>
    }
}

/// The longest chain of items that wait for each other; each item's own promise stands in its row.
fn how_long(service: &Service) -> String {
    format!("{} {}", tr("最多", "At most"), working_days(service.longest_days()))
}

/// What a fee costs, or that the answers say so.
fn fee_line(service: &Service, fee: &Fee) -> String {
    let amount = match service.fee_range(fee) {
        Some((least, most)) if least == most => format!("¥{}", yuan(least)),
        Some((least, most)) => format!("¥{}–{}", yuan(least), yuan(most)),
        None => tr("按填报的情况计算", "depends on your answers").to_owned(),
    };
    let sometimes = if fee.show_when.is_some() { tr("（符合条件的才缴）", " (in some cases)") } else { "" };
    format!("{} {amount}{sometimes}", tr_text(&fee.title))
}

/// What was published of before and now, a line each.
fn changes(service: &Service) -> Option<String> {
    let names = [
        tr("材料（份）", "Documents"),
        tr("时间（工作日）", "Working days"),
        tr("环节", "Steps"),
        tr("跑动（次）", "Visits"),
    ];
    let numbers = service.before.as_ref()?.numbers().into_iter().zip(service.after.as_ref()?.numbers());
    let line =
        |(name, (before, after)): (&str, (Option<u32>, Option<u32>))| Some(format!("{name} {} → {}", before?, after?));
    Some(names.into_iter().zip(numbers).filter_map(line).collect::<Vec<_>>().join("\n"))
}

fn working_days(count: u32) -> String {
    format!("{count} {}", tr("个工作日", "working days"))
}

/// A timeline: which office works when, if each takes all the time that it promises.
fn items(service: &'static Service) -> Option<impl IntoView> {
    let total = service.longest_days().max(1);
    let stage = |stage: Stage<'_>| {
        let Stage { item, begins_after, ends_by, is_afterwards } = stage;
        let agency = service.agency(&item.agency).map(|agency| tr_text(&agency.name)).unwrap_or_default();
        let days = match is_afterwards {
            true => tr("办结以后", "afterwards").to_owned(),
            false => format!("{} {}–{ends_by} {}", tr("第", "working days"), begins_after + 1, tr("个工作日", "")),
        };
        let by_law = item.statutory.map(|count| format!(" · {} {}", tr("法定", "by law"), working_days(count.into())));
        let bar = (!is_afterwards).then(|| {
            view! {
                <svg class="stage" viewBox=format!("0 0 {total} 1") preserveAspectRatio="none" aria-hidden="true">
                    <rect x=begins_after width=item.promise.working_days height="1" />
                </svg>
            }
        });
        view! {
            <li class="row">
                <span>
                    {tr_text(&item.title)}<br /><span class="card-text">{format!("{agency} · {days}{}", by_law.unwrap_or_default())}</span>{bar}
                </span>
                <span class="tag" data-look="info">
                    {working_days(item.promise.working_days)}
                </span>
            </li>
        }
    };
    (service.items.len() > 1).then(|| {
        view! {
            <section class="card">
                <h2>{tr("一起办理的事项", "What is done together")}</h2>
                <ol class="rows stages">
                    {service.schedule().into_iter().map(stage).map(IntoAny::into_any).collect_view()}
                </ol>
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
                <h2>{tr("两种办理方式，任选一种", "Two tracks, your choice")}</h2>
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
    let heading = tr("部分情形需要", "Only in some cases");
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
        Mode::Generated => ("done", tr("自动生成", "Generated for you")),
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
                <h2>{tr("到窗口办理", "Prefer to come in person?")}</h2>
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
