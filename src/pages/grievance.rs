//! 办不成事: what could not be done, told in one's own words. Someone calls the same day.

mod known;

use contract::api::NewGrievance;
use contract::field::Kind;
use contract::kinds::Phone;
use markup::view;
use serde_json::Value;
use signals::{RwSignal, Signal};
use wasm_bindgen_futures::spawn_local;

use crate::paths::Route;
use crate::session::{Session, session};
use crate::ui::control::{Control, ControlText};
use crate::ui::dom::View;
use crate::ui::icon::{Icon, icon};
use crate::ui::input::{Input, Typing};
use crate::ui::live::{on, shows};
use crate::ui::page::{BottomBar, MainButton, Title, TopBar};
use crate::words::t;
use crate::{api, browser, settings};
use known::{Known, known};

#[derive(Clone, Copy)]
struct Form {
    happened: RwSignal<String>,
    phone: RwSignal<String>,
    happened_error: RwSignal<String>,
    phone_error: RwSignal<String>,
    busy: RwSignal<bool>,
    /// What it is about, as far as the app knows.
    known: RwSignal<Option<Known>>,
    /// The number of the report, once it is received.
    number: RwSignal<Option<String>>,
}

/// `at` is the path where it happened, `about` what happened there.
pub(crate) fn view(at: String, about: String) -> View {
    let start = if about.is_empty() {
        String::new()
    } else {
        format!("{}{about}\n", t("遇到的情况：", "What happened: "))
    };
    let form = Form {
        happened: RwSignal::new(start),
        phone: RwSignal::default(),
        happened_error: RwSignal::default(),
        phone_error: RwSignal::default(),
        busy: RwSignal::new(false),
        known: RwSignal::new(None),
        number: RwSignal::new(None),
    };
    // Only to a screen of the app: a forged link must not lead elsewhere.
    let back = Route::parse(&at).url();
    spawn_local(async move { form.known.set(known(&at).await) });
    let body = shows(move || match form.number.get() {
        Some(number) => received(number),
        None => questions(form),
    });
    view! {
        <div class="page">
            <TopBar title=t("办不成事", "Cannot get it done") back />
            {body}
        </div>
    }
}

fn questions(form: Form) -> View {
    view! {
        <div class="page-body">
            <Title title=t("哪件事没办成？", "What could not be done?") help=t("说说发生了什么。今天就有人联系您。", "Tell us what happened. Someone contacts you today.") />
            {shows(move || form.known.get().map(|known| about(known, form)))}
            <div class="card">
                {control("happened", t("发生了什么", "What happened"), String::new(), Some(2000), "text", form.happened, form.happened_error)}
                {shows(move || phone(form))}
            </div>
            <p class="card-text">{t("着急的话直接拨打 ", "In a hurry? Call ")}<a href="tel:12345">"12345"</a></p>
        </div>
        <BottomBar><MainButton label=t("告诉你们", "Tell them") busy=form.busy on_press=move |()| send(form) /></BottomBar>
    }
}

/// What it is about. Who means something else takes it away.
fn about(known: Known, form: Form) -> View {
    let number = known.reference.map(|reference| format!(" · {reference}"));
    view! {
        <section class="card" data-about="true">
            <p>{format!("{}{}", t("关于：", "About: "), known.title)}{number}</p>
            <button type="button" class="link" on:click=on(move |_| form.known.set(None))>{t("不是说这件", "It is about something else")}</button>
        </section>
    }
}

/// Who is signed in can be called without typing the number.
fn phone(form: Form) -> View {
    let help = match &*session().read() {
        Session::In(person) => {
            format!(
                "{}{}",
                t("不填就打您登录的手机 ", "Left empty, we call the phone you signed in with: "),
                person.phone
            )
        }
        _ => String::new(),
    };
    control("phone", t("怎么联系您", "Your phone number"), help, None, "tel", form.phone, form.phone_error)
}

fn control(
    name: &'static str,
    label: &'static str,
    help: String,
    lines: Option<usize>,
    mode: &'static str,
    value: RwSignal<String>,
    error: RwSignal<String>,
) -> View {
    let text = ControlText {
        id: name.to_owned(),
        label: label.to_owned(),
        help,
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
    let phone = Phone { landline: true }.read(&form.phone.get_untracked());
    let happened = form.happened.get_untracked().trim().to_owned();
    let said = !happened.is_empty();
    let is_known = phone.is_empty() && matches!(&*session().read_untracked(), Session::In(_));
    let reachable = is_known || Phone { landline: true }.check(&phone.as_str().into()).is_empty();
    form.happened_error.set(if said { "" } else { t("请写一两句发生了什么", "Write a sentence or two") }.to_owned());
    form.phone_error.set(
        if reachable {
            ""
        } else {
            t("请填能打通的手机号或座机号，我们好联系您", "Enter a number where we can reach you")
        }
        .to_owned(),
    );
    if !said || !reachable {
        browser::focus(if said { "#phone" } else { "#happened" }.to_owned());
        return;
    }
    form.busy.set(true);
    let Known { service, step, reference, .. } = form.known.get_untracked().unwrap_or_default();
    let told = NewGrievance { service, step, reference, happened, phone };
    spawn_local(async move {
        match api::report_grievance(&told).await {
            Ok(answer) => {
                form.number.set(Some(answer.get("number").and_then(Value::as_str).unwrap_or_default().to_owned()))
            }
            Err(error) => form.happened_error.set(error.says()),
        }
        form.busy.set(false);
    });
}

fn received(number: String) -> View {
    // A page of the server.
    let follow = format!("/grievances/follow?lang={}", &settings::tag(settings::language().get_untracked())[..2]);
    view! {
        <div class="page-body">
            <div class="done">
                <div class="done-mark">{icon(Icon::Check)}</div>
                <h1 tabindex="-1">{t("收到了", "We have it")}</h1>
                <p>{t("今天会有人打电话给您。", "Someone calls you today.")}</p>
                <p class="card-text">{t("编号", "Number")}</p>
                <strong class="reference">{number}</strong>
                <p><a class="button" href=follow>{t("以后用编号和电话看怎么样了", "Follow it with number and phone")}</a></p>
            </div>
        </div>
        <BottomBar><a class="button" data-look="main" data-main="true" href=Route::Home.url()>{t("回首页", "Start page")}</a></BottomBar>
    }
}
