//! 办不成事: what could not be done, told in one's own words. Someone calls the same day.

use crate::ui::dom::View;
use markup::view;
use serde_json::Value;
use signals::{RwSignal, Signal};
use wasm_bindgen_futures::spawn_local;

use contract::field::Kind;
use contract::json::table;
use contract::kinds::Phone;

use crate::api;
use crate::browser;
use crate::paths::Route;
use crate::ui::control::{Control, ControlText};
use crate::ui::icon::{Icon, icon};
use crate::ui::input::{Input, Typing};
use crate::ui::live::shows;
use crate::ui::page::{BottomBar, MainButton, Title, TopBar};
use crate::words::t;

#[derive(Clone, Copy)]
struct Form {
    happened: RwSignal<String>,
    phone: RwSignal<String>,
    happened_error: RwSignal<String>,
    phone_error: RwSignal<String>,
    busy: RwSignal<bool>,
    /// The number of the report, once it is received.
    number: RwSignal<Option<String>>,
}

pub(crate) fn view(about: String) -> View {
    let start = if about.is_empty() { String::new() } else { format!("{}{about}\n", t("关于：", "About: ")) };
    let form = Form {
        happened: RwSignal::new(start),
        phone: RwSignal::default(),
        happened_error: RwSignal::default(),
        phone_error: RwSignal::default(),
        busy: RwSignal::new(false),
        number: RwSignal::new(None),
    };
    let body = shows(move || match form.number.get() {
        Some(number) => received(number),
        None => questions(form),
    });
    view! {
        <div class="page">
            <TopBar title=t("办不成事", "Cannot get it done") back=Route::Home.url() />
            {body}
        </div>
    }
}

/// The way to this page from others, with what they know of where it happened.
pub(crate) fn row(label: &'static str, about: String) -> View {
    view! {
        <nav class="card">
            <a class="row" data-look="blossom" href=Route::Grievance { about }.url()>
                <span class="row-start">{label}</span>
                <span class="row-end">{t("今天就有人联系您", "Someone contacts you today")}</span>
            </a>
        </nav>
    }
}

fn questions(form: Form) -> View {
    view! {
        <div class="page-body">
            <Title title=t("哪件事没办成？", "What could not be done?") help=t("说说发生了什么。今天就有人联系您。", "Tell us what happened. Someone contacts you today.") />
            <div class="card">
                {control("happened", t("发生了什么", "What happened"), Some(500), "text", form.happened, form.happened_error)}
                {control("phone", t("怎么联系您", "Your mobile number"), None, "tel", form.phone, form.phone_error)}
            </div>
            <p class="card-text">{t("着急的话直接拨打 ", "In a hurry? Call ")}<a href="tel:12345">"12345"</a></p>
        </div>
        <BottomBar><MainButton label=t("告诉你们", "Tell them") busy=form.busy on_press=move |()| send(form) /></BottomBar>
    }
}

fn control(
    name: &'static str,
    label: &'static str,
    lines: Option<usize>,
    mode: &'static str,
    value: RwSignal<String>,
    error: RwSignal<String>,
) -> View {
    let text = ControlText {
        id: name.to_owned(),
        label: label.to_owned(),
        help: String::new(),
        why: String::new(),
        optional: false,
        group: false,
    };
    let autocomplete = if mode == "tel" { "tel-national" } else { "off" };
    let typing = Typing { id: name.to_owned(), name: name.to_owned(), mode, autocomplete, lines, ..Typing::default() };
    view! {
        <Control text error=error field=name.to_owned() kind=name>
            <Input typing value invalid=Signal::derive(move || !error.read().is_empty()) on_type=move |typed| value.set(typed) on_leave=move |()| {} />
        </Control>
    }
}

fn send(form: Form) {
    let phone = Phone::default().read(&form.phone.get_untracked());
    let happened = form.happened.get_untracked().trim().to_owned();
    let said = !happened.is_empty();
    let reachable = Phone::default().check(&phone.as_str().into()).is_empty();
    form.happened_error.set(if said { "" } else { t("请写一两句发生了什么", "Write a sentence or two") }.to_owned());
    form.phone_error.set(
        if reachable {
            ""
        } else {
            t("请填 11 位手机号，我们好联系您", "Enter an 11-digit mobile number, so that we can reach you")
        }
        .to_owned(),
    );
    if !said || !reachable {
        browser::focus(if said { "#phone" } else { "#happened" }.to_owned());
        return;
    }
    form.busy.set(true);
    spawn_local(async move {
        match api::report_grievance(&table([("happened", happened.into()), ("phone", phone.into())])).await {
            Ok(answer) => {
                form.number.set(Some(answer.get("number").and_then(Value::as_str).unwrap_or_default().to_owned()))
            }
            Err(error) => form.happened_error.set(error.says()),
        }
        form.busy.set(false);
    });
}

fn received(number: String) -> View {
    view! {
        <div class="page-body">
            <div class="done">
                <div class="done-mark">{icon(Icon::Check)}</div>
                <h1 tabindex="-1">{t("收到了", "We have it")}</h1>
                <p>{t("今天会有人打电话给您。", "Someone calls you today.")}</p>
                <p class="card-text">{t("编号", "Number")}</p>
                <strong class="reference">{number}</strong>
            </div>
        </div>
        <BottomBar><a class="button" data-look="main" data-main="true" href=Route::Home.url()>{t("回首页", "Start page")}</a></BottomBar>
    }
}
