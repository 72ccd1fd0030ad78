//! 办不成事: what could not be done, told in one's own words. The server says by when somebody calls.

mod context;

use contract::api::NewGrievance;
use contract::field::Kind;
use contract::kinds::Phone;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use crate::api::Api;
use crate::browser;
use crate::i18n::{self, tr};
use crate::paths::Route;
use crate::session::{Session, SessionState};
use crate::ui::control::{Control, ControlText};
use crate::ui::icon::{Icon, LineIcon};
use crate::ui::input::{Input, Typing};
use crate::ui::page::{BottomBar, MainButton, Title, TopBar};
use crate::unsaved_input::report_unsaved_input;
use context::GrievanceContext;

#[derive(Clone, Copy)]
struct GrievanceForm {
    api: Api,
    session: Session,
    happened: RwSignal<String>,
    phone: RwSignal<String>,
    happened_error: RwSignal<String>,
    phone_error: RwSignal<String>,
    busy: RwSignal<bool>,
    /// What it is about, as far as the app knows.
    context: RwSignal<Option<GrievanceContext>>,
    /// The number of the report once it is received, and by when somebody calls.
    received: RwSignal<Option<(String, String)>>,
}

#[component]
pub(crate) fn GrievancePage(
    /// The path where it happened.
    at: String,
    /// What happened there.
    about: String,
) -> impl IntoView {
    let start = match about.is_empty() {
        true => String::new(),
        false => format!("{}{about}\n", tr("遇到的情况：", "What happened: ")),
    };
    let form = GrievanceForm {
        api: expect_context(),
        session: expect_context(),
        happened: RwSignal::new(start.clone()),
        phone: RwSignal::default(),
        happened_error: RwSignal::default(),
        phone_error: RwSignal::default(),
        busy: RwSignal::new(false),
        context: RwSignal::new(None),
        received: RwSignal::new(None),
    };
    report_unsaved_input(move || {
        form.received.with(Option::is_none)
            && (form.happened.with(|happened| *happened != start) || form.phone.with(|phone| !phone.is_empty()))
    });
    // Only to a screen of the app: a forged link must not lead elsewhere.
    let back = Route::parse(&at).url();
    spawn_local(async move {
        let found = context::context_of(form.api, &at).await;
        form.context.try_set(found);
    });
    let body = move || match form.received.get() {
        Some((number, says)) => received(number, says).into_any(),
        None => questions(form).into_any(),
    };
    view! {
        <div class="page">
            <TopBar title=tr("办不成事", "Report a problem") back />
            {body}
        </div>
    }
}

fn questions(form: GrievanceForm) -> impl IntoView {
    let subject = move || form.context.get().map(|context| subject(context, form));
    let happened = TextQuestion {
        name: "happened",
        label: tr("发生了什么", "What happened"),
        help: String::new(),
        max_chars: Some(2000),
        value: form.happened,
        error: form.happened_error,
    };
    view! {
        <div class="page-body">
            <Title
                title=tr("哪件事没办成？", "What went wrong?")
                help=tr(
                    "请说明发生了什么。工作时间当天联系您（下班后提交的，下一个工作日上午）。",
                    "Tell us what happened. We call you the same day during office hours, otherwise on the next working \
                     morning.",
                )
            />
            {subject}
            <div class="card">
                {text_question(happened)}
                {move || phone_question(form)}
            </div>
            <p class="card-text">
                {tr("着急的话，请拨打 24 小时热线 ", "Urgent? Call, at any hour, ")}<a href="tel:12345">"12345"</a>
            </p>
        </div>
        <BottomBar>
            <MainButton label=tr("提交反映", "Send report") busy=form.busy on_press=move |()| send(form) />
        </BottomBar>
    }
}

/// What it is about. A person who means something else takes it away.
fn subject(context: GrievanceContext, form: GrievanceForm) -> impl IntoView {
    let number = context.reference.map(|reference| format!(" · {reference}"));
    view! {
        <section class="card" data-about="true">
            <p>{format!("{}{}", tr("关于：", "About: "), context.title)}{number}</p>
            <button type="button" class="link" on:click=move |_| form.context.set(None)>
                {tr("不是这件事", "It is about something else")}
            </button>
        </section>
    }
}

/// A person who is signed in can be called without typing the number.
fn phone_question(form: GrievanceForm) -> impl IntoView {
    let help = form.session.state.with(|state| match state {
        SessionState::SignedIn(person) => {
            let words = tr("不填则拨打您登录的手机 ", "If left empty, we call the phone you signed in with: ");
            format!("{words}{}", person.phone)
        }
        _ => String::new(),
    });
    text_question(TextQuestion {
        name: "phone",
        label: tr("联系电话", "Your phone number"),
        help,
        max_chars: None,
        value: form.phone,
        error: form.phone_error,
    })
}

struct TextQuestion {
    name: &'static str,
    label: &'static str,
    help: String,
    /// Several lines, up to so many characters; else a phone number.
    max_chars: Option<usize>,
    value: RwSignal<String>,
    error: RwSignal<String>,
}

fn text_question(question: TextQuestion) -> impl IntoView {
    let TextQuestion { name, label, help, max_chars, value, error } = question;
    let text = ControlText { id: name.to_owned(), label: label.to_owned(), help, ..ControlText::default() };
    let (mode, autocomplete) = if max_chars.is_some() { ("text", "off") } else { ("tel", "tel-national") };
    let typing =
        Typing { id: name.to_owned(), name: name.to_owned(), mode, autocomplete, max_chars, ..Typing::default() };
    let invalid = Signal::derive(move || error.with(|error| !error.is_empty()));
    view! {
        <Control text error field=name row=None kind=name>
            <Input typing value invalid on_type=move |typed| value.set(typed) />
        </Control>
    }
}

fn send(form: GrievanceForm) {
    let kind = Phone { landline: true };
    let phone = form.phone.with_untracked(|phone| kind.read(phone));
    let happened = form.happened.with_untracked(|happened| happened.trim().to_owned());
    let is_told = !happened.is_empty();
    let is_known = phone.is_empty() && untrack(|| form.session.is_signed_in());
    let is_reachable = is_known || kind.check(&phone.as_str().into()).is_empty();
    let happened_error = match is_told {
        true => "",
        false => tr("请写一两句发生了什么", "Write a sentence or two"),
    };
    let phone_error = match is_reachable {
        true => "",
        false => tr("请填能打通的手机号或座机号，我们好联系您", "Enter a number where we can reach you"),
    };
    form.happened_error.set(happened_error.to_owned());
    form.phone_error.set(phone_error.to_owned());
    if !is_told || !is_reachable {
        browser::focus(if is_told { "#phone" } else { "#happened" });
        return;
    }
    form.busy.set(true);
    let GrievanceContext { service, step, reference, .. } = form.context.get_untracked().unwrap_or_default();
    let grievance = NewGrievance { service, step, reference, happened, phone };
    spawn_local(async move {
        match form.api.report_grievance(&grievance).await {
            Ok(answer) => {
                let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
                let says = answer.get("says").and_then(|says| says.get(&i18n::tag()[..2]));
                form.received.try_set(Some((text(answer.get("number")), text(says))));
            }
            Err(error) => {
                form.happened_error.try_set(error.message());
            }
        }
        form.busy.try_set(false);
    });
}

fn received(number: String, says: String) -> impl IntoView {
    // A page of the server.
    let follow = format!("/grievances/follow?lang={}", &i18n::tag()[..2]);
    view! {
        <div class="page-body">
            <div class="done">
                <div class="done-mark"><LineIcon icon=Icon::Check /></div>
                <h1 tabindex="-1">{tr("已收到", "Received")}</h1>
                <p data-call-back="true">{says}</p>
                <p class="card-text">{tr("编号", "Number")}</p>
                <strong class="reference">{number}</strong>
                <p>
                    <a class="button" href=follow>
                        {tr("凭编号和手机号查进度", "Check progress with the number and your phone")}
                    </a>
                </p>
            </div>
        </div>
        <BottomBar>
            <a class="button" data-look="main" data-main="true" href=Route::Home.url()>
                {tr("回首页", "Start page")}
            </a>
        </BottomBar>
    }
}
