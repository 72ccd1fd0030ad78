//! The page at `/demo`: plain HTML, no script, no style that our policy would refuse.

use std::fmt::Write;

use axum::extract::State;
use axum::response::Html;
use serde_json::Value;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::partners::{DEMO_PASSWORD, FAULTY_PARTNERS, FaultMode, rfc3339};
use crate::secret::{self, unhex};
use crate::store::DemoPerson;
use crate::totp;

const HEAD: &str = r#"<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>演示数据 · 一件事</title>
<h1>演示数据</h1><p>这里的人、店和号码都是编的。 <span lang="en">Every person, shop and number here is invented.</span></p>
<p><a href="/">打开一件事</a></p>"#;

/// People, what registers know, and how to switch partners.
pub(super) async fn show(State(backend): State<Backend>) -> Result<Html<String>, ApiError> {
    let mut page = HEAD.to_owned();
    page.push_str("<h2>可以登录的人</h2>");
    for person in backend.store.demo_people().await? {
        write_person(&backend, &person, &mut page).await?;
    }
    page.push_str("<h2>工作人员</h2><p><a href=\"/agency\">打开办理台</a>，验证码半分钟一换，一个只能用一次，刷新本页看新的</p><ul>");
    let step = totp::step_of(backend.now());
    for officer in backend.store.officers().await? {
        let code = unhex(&officer.totp).and_then(|secret| totp::code(&secret, step)).unwrap_or_default();
        let (name, agency) = (escaped(&officer.name), escaped(&officer.agency));
        let office = backend.offices.of_code(&officer.office).map(|office| format!(" {}", office.name.zh));
        let office = office.unwrap_or_default();
        let _ = write!(
            page,
            "<li>{name}（{agency}，{}{office}）密码 <code>{DEMO_PASSWORD}</code> 验证码 <code>{code}</code>",
            officer.division
        );
    }
    page.push_str("</ul><h2>登记机关查得到的号码</h2><ul>");
    for entry in backend.store.demo_register().await? {
        let name = entry.entry.get("name").and_then(Value::as_str).unwrap_or_default();
        let _ = write!(page, "<li>{}：<code>{}</code> {}", entry.register, entry.key, escaped(name));
    }
    page.push_str("</ul><p>查不到的：<code>91430702MA00009984</code>，<code>92430702MA0000058R</code></p>");
    write_switches(&backend, &mut page).await?;
    Ok(Html(page))
}

async fn write_switches(backend: &Backend, page: &mut String) -> Result<(), ApiError> {
    page.push_str("<h2 id=\"switches\">让对方单位出故障</h2>");
    for partner in FAULTY_PARTNERS {
        let now = backend.store.demo_fault(partner).await?.unwrap_or_else(|| FaultMode::default().name().to_owned());
        page.push_str("<form method=\"post\" action=\"/demo/switches\">");
        let _ = write!(page, "<input type=\"hidden\" name=\"partner\" value=\"{partner}\">{partner}：<b>{now}</b> ");
        for mode in FaultMode::ALL.map(FaultMode::name) {
            let _ = write!(page, "<button name=\"mode\" value=\"{mode}\">{mode}</button> ");
        }
        page.push_str("</form>");
    }
    Ok(())
}

async fn write_person(backend: &Backend, person: &DemoPerson, page: &mut String) -> Result<(), ApiError> {
    let _ = write!(
        page,
        "<h3>{} <code>{}</code></h3><p>{} <span lang=\"en\">{}</span><br>身份证号 <code>{}</code>，湘易办票据 <code>{}</code></p>",
        escaped(&person.name),
        person.phone,
        escaped(&person.says_zh),
        escaped(&person.says_en),
        person.resident_id,
        fresh(&person.ticket)?,
    );
    let messages = backend.store.demo_messages(&person.phone).await?;
    if !messages.is_empty() {
        page.push_str("<ul>");
    }
    for message in messages.iter().take(3) {
        let _ = write!(page, "<li>{} {}", rfc3339(message.at), linked(&message.text));
    }
    if !messages.is_empty() {
        page.push_str("</ul>");
    }
    Ok(())
}

/// A ticket opens one session, so each look at the page shows another.
fn fresh(ticket: &str) -> Result<String, ApiError> {
    Ok(format!("{ticket}.{}", secret::digits()?))
}

/// A message as a phone shows it: what it asks to sign is a tap away.
fn linked(text: &str) -> String {
    let Some((before, rest)) = text.split_once("/sign/") else { return escaped(text) };
    let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').unwrap_or(rest.len());
    let (id, after) = rest.split_at(end);
    format!("{}<a href=\"/sign/{id}\">/sign/{id}</a>{}", escaped(before), escaped(after))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
