//! The guide of a service, as `src/pages/service.rs` draws it.

use contract::Service;
use contract::material::Mode;
use contract::service::Material;
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
    let fee = match service.fees.is_empty() {
        true => reader.say("不收费", "Free of charge"),
        false => reader.say("有费用", "Has a fee"),
    };
    let here = format!("/services/{}", service.id);
    html! {
        div.page {
            (top_bar(reader, reader.say("办事指南", "Guide"), "/", None))
            div.page-body {
                (title(reader.text(&service.title), None, reader.text(&service.summary)))
                div.tags {
                    span.tag { (service.visits.now) " " (reader.say("次跑动", "visits")) }
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

fn start_bar(reader: &Reader, here: &str, start: &Start) -> Markup {
    let begin = reader.say("开始办理", "Start");
    html! {
        @match start {
            Start::SignInFirst => (main_button(begin, Some(&format!("/sign-in?next={here}")))),
            Start::Begin => (main_button(begin, None)),
            Start::GoOn { draft } => {
                span.button { (reader.say("重新填一份", "Begin anew")) }
                (main_button(reader.say("接着填", "Go on"), Some(&format!("/drafts/{draft}"))))
            },
        }
    }
}

fn facts(service: &Service, reader: &Reader) -> Markup {
    let agencies: Vec<_> = service.agencies.iter().map(|agency| reader.text(&agency.name)).collect();
    let deliverables: Vec<_> = service.items.iter().map(|item| reader.text(&item.deliverable)).collect();
    let fees: Vec<_> =
        service.fees.iter().map(|fee| format!("{} ¥{}", reader.text(&fee.title), service.amount(fee))).collect();
    let fees = if fees.is_empty() { reader.say("不收费", "Free of charge").to_owned() } else { fees.join("\n") };
    let longest = service.items.iter().map(|item| item.promise.working_days).max().unwrap_or(0);
    let how_long = format!("{} {}", reader.say("最多", "At most"), working_days(reader, longest));
    let saved = service.visits.before.saturating_sub(service.visits.now);
    html! {
        dl.card.facts {
            (fact(reader.say("谁能办", "Who"), reader.text(&service.who)))
            (fact(reader.say("谁来办", "Decided by"), &agencies.join("\n")))
            (fact(reader.say("多久办好", "How long"), &how_long))
            (fact(reader.say("费用", "Fee"), &fees))
            @if saved > 0 {
                (fact(reader.say("少跑几趟", "Trips saved"), &format!("{saved}{}", reader.say(" 趟", ""))))
            }
            (fact(reader.say("能拿到", "You receive"), &deliverables.join("\n")))
        }
    }
}

fn fact(name: &str, value: &str) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn working_days(reader: &Reader, count: u32) -> String {
    format!("{count} {}", reader.say("个工作日", "working days"))
}

/// A clock for each item: one that needs another begins when that one is done.
fn items(service: &Service, reader: &Reader) -> Markup {
    let agency = |id| service.agency(id).map(|agency| reader.text(&agency.name)).unwrap_or_default();
    let after = reader.say(" · 前面的办好再算", " · once the one before is done");
    html! {
        @if service.items.len() > 1 {
            section.card {
                h2 { (reader.say("一起办的几件事", "What is done together")) }
                div.rows {
                    @for item in &service.items {
                        div.row {
                            span {
                                (reader.text(&item.title)) br;
                                span.card-text { (agency(&item.agency)) @if !item.needs.is_empty() { (after) } }
                            }
                            span.tag data-look="info" { (working_days(reader, item.promise.working_days)) }
                        }
                    }
                }
            }
        }
    }
}

fn tracks(service: &Service, reader: &Reader) -> Markup {
    html! {
        @if !service.tracks.is_empty() {
            section.card {
                h2 { (reader.say("两种办法，任选一种", "Two ways, your choice")) }
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
                h3.card-text { (reader.say("有的情况才要", "Only in some cases")) }
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
        Mode::Generated => ("done", reader.say("自动生成", "Made for you")),
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
                h2 { (reader.say("想当面办", "Prefer to come in person?")) }
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
