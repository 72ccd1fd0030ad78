//! The guide of a service, as `src/pages/service.rs` draws it.

use contract::Service;
use contract::material::Mode;
use contract::service::{Fee, Material, Stage, yuan};
use maud::{Markup, html};

use super::frame::{grievance_link, main_button, title, top_bar};
use super::reader::Reader;

/// What stands in the bar below.
pub(super) enum Start {
    SignInFirst,
    Begin,
    /// A draft waits.
    GoOn {
        draft: String,
    },
}

pub(super) fn guide(service: &Service, reader: &Reader, start: &Start) -> Markup {
    let minutes =
        format!("{} {} {}", reader.say("约", "About"), service.minutes, reader.say("分钟填完", "minutes to fill in"));
    let fee = match service.fees.iter().any(|fee| fee.sort.is_charge()) {
        true => reader.say("有费用", "Has a fee"),
        false => reader.say("办理不收费", "Free of charge"),
    };
    let here = format!("/services/{}", service.id);
    html! {
        div.page {
            (top_bar(reader, reader.say("办事指南", "Guide"), "/", None))
            div.page-body {
                (title(reader.text(&service.title), None, reader.text(&service.summary)))
                div.tags {
                    span.tag { (visits(reader, service.visits.now)) }
                    span.tag { (minutes) }
                    span.tag { (fee) }
                }
                (facts(service, reader))
                (items(service, reader))
                (tracks(service, reader))
                (materials(service, reader))
                (window(service, reader))
                (grievance_link(reader, &here))
            }
            div.bottom-bar { (start_bar(reader, &here, start)) }
        }
    }
}

/// How often one must go somewhere.
pub(super) fn visits(reader: &Reader, count: u32) -> String {
    match count {
        0 => reader.say("不用跑", "No visits").to_owned(),
        _ => format!("{} {count} {}", reader.say("跑", "Visits:"), reader.say("次", "")),
    }
}

fn start_bar(reader: &Reader, here: &str, start: &Start) -> Markup {
    let begin = reader.say("开始办理", "Start");
    html! {
        @match start {
            Start::SignInFirst => (main_button(begin, Some(&format!("/sign-in?next={here}")))),
            Start::Begin => (main_button(begin, None)),
            Start::GoOn { draft } => {
                span.button { (reader.say("重新填一份", "Start over")) }
                (main_button(reader.say("接着填", "Continue"), Some(&format!("/drafts/{draft}"))))
            },
        }
    }
}

fn facts(service: &Service, reader: &Reader) -> Markup {
    let agencies: Vec<_> = service.agencies.iter().map(|agency| reader.text(&agency.name)).collect();
    let deliverables: Vec<_> = service.items.iter().map(|item| reader.text(&item.deliverable)).collect();
    let fees = |is_charge: bool| {
        let of_sort = service.fees.iter().filter(move |fee| fee.sort.is_charge() == is_charge);
        of_sort.map(|fee| fee_line(service, fee, reader)).collect::<Vec<_>>().join("\n")
    };
    let (charges, contributions) = (fees(true), fees(false));
    let charges = if charges.is_empty() { reader.say("办理不收费", "Free of charge").to_owned() } else { charges };
    let how_long = format!("{} {}", reader.say("最多", "At most"), working_days(reader, service.longest_days()));
    let saved = service.visits.before.saturating_sub(service.visits.now);
    let saved = (saved > 0).then(|| format!("{} {saved} {}", reader.say("少跑", "Saves"), reader.say("趟", "trips")));
    let change = changes(service, reader).or(saved);
    html! {
        dl.card.facts {
            (fact(reader.say("谁能办", "Who"), reader.text(&service.who)))
            (fact(reader.say("谁来办", "Decided by"), &agencies.join("\n")))
            (fact(reader.say("多久办好", "How long"), &how_long))
            (fact(reader.say("费用", "Fee"), &charges))
            @if !contributions.is_empty() { (fact(reader.say("另需缴纳", "Contributions"), &contributions)) }
            @if let Some(change) = change { (fact(reader.say("改革前后", "Before and now"), &change)) }
            (fact(reader.say("能拿到", "You receive"), &deliverables.join("\n")))
        }
    }
}

fn fee_line(service: &Service, fee: &Fee, reader: &Reader) -> String {
    let amount = match service.fee_range(fee) {
        Some((least, most)) if least == most => format!("¥{}", yuan(least)),
        Some((least, most)) => format!("¥{}–{}", yuan(least), yuan(most)),
        None => reader.say("按填报的情况计算", "depends on your answers").to_owned(),
    };
    let sometimes =
        if fee.show_when.is_some() { reader.say("（符合条件的才缴）", " (in some cases)") } else { "" };
    format!("{} {amount}{sometimes}", reader.text(&fee.title))
}

fn changes(service: &Service, reader: &Reader) -> Option<String> {
    let names = [
        reader.say("材料（份）", "Documents"),
        reader.say("时间（工作日）", "Working days"),
        reader.say("环节", "Steps"),
        reader.say("跑动（次）", "Visits"),
    ];
    let numbers = service.before.as_ref()?.numbers().into_iter().zip(service.after.as_ref()?.numbers());
    let line =
        |(name, (before, after)): (&str, (Option<u32>, Option<u32>))| Some(format!("{name} {} → {}", before?, after?));
    Some(names.into_iter().zip(numbers).filter_map(line).collect::<Vec<_>>().join("\n"))
}

fn fact(name: &str, value: &str) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn working_days(reader: &Reader, count: u32) -> String {
    format!("{count} {}", reader.say("个工作日", "working days"))
}

/// A timeline: which office works when, if each takes all the time that it promises.
fn items(service: &Service, reader: &Reader) -> Markup {
    let total = service.longest_days().max(1);
    html! {
        @if service.items.len() > 1 {
            section.card {
                h2 { (reader.say("一起办理的事项", "What is done together")) }
                ol.rows.stages {
                    @for one in service.schedule() { (stage(service, reader, one, total)) }
                }
            }
        }
    }
}

fn stage(service: &Service, reader: &Reader, stage: Stage<'_>, total: u32) -> Markup {
    let Stage { item, begins_after, ends_by, is_afterwards } = stage;
    let agency = service.agency(&item.agency).map(|agency| reader.text(&agency.name)).unwrap_or_default();
    let (of, days) = (reader.say("第", "working days"), reader.say("个工作日", ""));
    let days = match is_afterwards {
        true => reader.say("办结以后", "afterwards").to_owned(),
        false => format!("{of} {}–{ends_by} {days}", begins_after + 1),
    };
    html! {
        li.row {
            span {
                (reader.text(&item.title)) br;
                span.card-text {
                    (agency) " · " (days)
                    @if let Some(count) = item.statutory { " · " (reader.say("法定", "by law")) " " (working_days(reader, count.into())) }
                }
                @if !is_afterwards {
                    svg.stage viewBox={ "0 0 " (total) " 1" } preserveAspectRatio="none" aria-hidden="true" {
                        rect x=(begins_after) width=(item.promise.working_days) height="1" {}
                    }
                }
            }
            span.tag data-look="info" { (working_days(reader, item.promise.working_days)) }
        }
    }
}

fn tracks(service: &Service, reader: &Reader) -> Markup {
    html! {
        @if !service.tracks.is_empty() {
            section.card {
                h2 { (reader.say("两种办理方式，任选一种", "Two tracks, your choice")) }
                div.rows {
                    @for track in &service.tracks {
                        div.row {
                            span { strong { (reader.text(&track.title)) } br; span.card-text { (reader.text(&track.says)) } }
                        }
                    }
                }
            }
        }
    }
}

fn materials(service: &Service, reader: &Reader) -> Markup {
    let (sometimes, always): (Vec<_>, Vec<_>) = service.materials.iter().partition(|one| one.show_when.is_some());
    html! {
        section.card {
            h2 { (reader.say("要准备什么", "What to bring")) }
            (material_rows(reader, &always))
            @if !sometimes.is_empty() {
                h3.card-text { (reader.say("部分情形需要", "Only in some cases")) }
                (material_rows(reader, &sometimes))
            }
        }
    }
}

fn material_rows(reader: &Reader, materials: &[&Material]) -> Markup {
    html! {
        div.rows {
            @for material in materials {
                @let (look, mode) = mode_tag(reader, material.mode);
                div.row {
                    span { (reader.text(&material.title)) }
                    span.tag data-look=(look) { (mode) }
                }
            }
        }
    }
}

/// How a document gets to the office: the look of the tag and its words.
fn mode_tag(reader: &Reader, mode: Mode) -> (&'static str, &'static str) {
    match mode {
        Mode::Generated => ("done", reader.say("自动生成", "Generated for you")),
        Mode::Verified => ("done", reader.say("免提交", "No paper")),
        Mode::Certificate => ("done", reader.say("选电子证照", "E-certificate")),
        Mode::Upload => ("info", reader.say("拍照上传", "Photo")),
    }
}

/// Where people help in person.
fn window(service: &Service, reader: &Reader) -> Markup {
    html! {
        @if let Some(window) = service.window(&reader.division.as_str().into()) {
            section.card {
                h2 { (reader.say("到窗口办理", "Prefer to come in person?")) }
                p { (reader.text(&window.name)) }
                p.card-text { (reader.text(&window.address)) }
                p.card-text { (reader.text(&window.hours)) }
                a.button data-look="quiet" href={ "tel:" (window.phone) } {
                    (reader.say("打电话", "Call")) " " (window.phone)
                }
            }
        }
    }
}
