//! The start page, as `src/pages/home.rs` draws it: services as links, and a search that works without the app.

use contract::api::{CaseSummary, DraftSummary, ServiceSummary, SessionView};
use contract::service::CITY;
use maud::{Markup, html};

use super::CHANGDE;
use super::frame::{SEARCH, icon};
use super::guide::visits;
use super::place::grievance_url;
use super::reader::Reader;
use crate::backend::Backend;

/// What stands there of whoever is signed in.
pub(super) struct Mine {
    pub(super) session: SessionView,
    pub(super) drafts: Vec<DraftSummary>,
    pub(super) cases: Vec<CaseSummary>,
}

pub(super) fn home(backend: &Backend, reader: &Reader, search: &str, mine: Option<&Mine>) -> Markup {
    let services = backend.catalogue.summaries(CITY, search);
    html! {
        div.page {
            (head(backend, reader))
            form.home-search action="/" role="search" {
                (icon(SEARCH))
                input type="search" name="q" value=(search) autocomplete="off"
                    aria-label=(reader.say("搜索要办的事", "Search for a service"))
                    placeholder=(reader.say("搜“店招”“门头”…", "Search “sign”, “shop”…"));
            }
            div.page-body {
                h2.sr-only { (reader.say("可以办的事", "Services")) }
                @if services.is_empty() { (nothing_found(reader, search)) }
                @for service in &services { (card(reader, service)) }
                (account(reader, mine))
                nav.card { (grievance_row(reader)) }
                (public_pages(reader))
            }
        }
    }
}

fn head(backend: &Backend, reader: &Reader) -> Markup {
    let counties = backend.divisions.below(CHANGDE).unwrap_or_default();
    let here = counties.iter().find(|division| division.code == reader.division);
    let (place, here) = (reader.say("常德市 · ", "Changde · "), here.map_or("", |division| &division.name));
    html! {
        header.home-head {
            h1 { (reader.say("一件事 一次办", "One thing, one visit")) }
            div.home-places {
                span { (place) (here) " ▾" }
                span.boot-standard { (reader.say("长辈版", "Large")) }
                span.boot-care { (reader.say("标准版", "Standard")) }
                span.boot-light { (reader.say("深色", "Dark")) }
                span.boot-dark { (reader.say("浅色", "Light")) }
                span lang=(reader.say("en", "zh-CN")) { (reader.say("English", "中文")) }
            }
        }
    }
}

fn card(reader: &Reader, service: &ServiceSummary) -> Markup {
    let minutes = format!("{} {} {}", reader.say("约", "About"), service.minutes, reader.say("分钟", "minutes"));
    html! {
        a.card.service-card href={ "/services/" (service.id) } {
            span.service-card-head {
                span.service-mark aria-hidden="true" { (service.mark) }
                span {
                    strong { (reader.text(&service.title)) }
                    span.card-text { (reader.text(&service.summary)) }
                }
            }
            span.tags {
                @if service.items > 1 { span.tag { (service.items) " " (reader.say("个事项", "items")) } }
                span.tag { (visits(reader, service.visits)) }
                span.tag { (minutes) }
            }
        }
    }
}

fn nothing_found(reader: &Reader, search: &str) -> Markup {
    let message = reader.say(
        "没有找到。换个说法试试，或者向我们反映您想办什么。",
        "Nothing found. Try another word, or tell us what you need.",
    );
    html! {
        div.card.empty role="status" {
            p { (message) }
            a.button data-look="quiet" href=(grievance_url("/", search)) { (reader.say("向我们反映", "Tell us")) }
        }
    }
}

fn account(reader: &Reader, mine: Option<&Mine>) -> Markup {
    let drafts = match mine {
        None => reader.say("填写中的申请", "Applications in progress").to_owned(),
        Some(mine) => match mine.drafts.first() {
            Some(draft) => format!("{} · {}/{}", reader.text(&draft.title), draft.steps_done, draft.steps),
            None => reader.say("没有草稿", "No drafts").to_owned(),
        },
    };
    let cases = match mine {
        None => reader.say("看进度", "Check progress").to_owned(),
        Some(mine) => match mine.cases.iter().filter(|case| !case.finished).count() {
            0 => reader.say("没有办理中的", "None in progress").to_owned(),
            cases => format!("{cases} {}", reader.say("件办理中", "in progress")),
        },
    };
    let certificates = reader.say("电子证照", "Digital certificates");
    html! {
        nav.card.rows aria-label=(reader.say("我的", "Mine")) {
            (row("/drafts", reader.say("我的草稿", "My drafts"), &drafts))
            (row("/cases", reader.say("我的办件", "My cases"), &cases))
            (row("/certificates", reader.say("我的证照", "My certificates"), certificates))
            @match mine {
                Some(Mine { session, .. }) => div.row {
                    span.row-start.card-text { (session.name) " " (session.phone) }
                    span.button { (reader.say("退出登录", "Sign out")) }
                },
                None => (row(
                    "/sign-in?next=/",
                    reader.say("登录", "Sign in"),
                    reader.say("手机号和验证码", "Phone and code"),
                )),
            }
        }
    }
}

fn row(href: &str, label: &str, end: &str) -> Markup {
    html! {
        a.row href=(href) {
            span.row-start { (label) }
            span.row-end { (end) }
        }
    }
}

fn grievance_row(reader: &Reader) -> Markup {
    html! {
        a.row data-look="blossom" href=(grievance_url("/", "")) {
            span.row-start { (reader.say("办不成事？", "Report a problem")) }
            span.row-end { (reader.say("工作时间当天联系您", "Same-day call in office hours")) }
        }
    }
}

fn public_pages(reader: &Reader) -> Markup {
    let language = reader.say("zh", "en");
    html! {
        p.card-text {
            a.button href={ "/figures?lang=" (language) } { (reader.say("办件公开", "Statistics")) }
            a.button href={ "/solved?lang=" (language) } { (reader.say("满意清单", "Problems solved")) }
        }
    }
}
