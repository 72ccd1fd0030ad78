//! Sign in by phone and a code from a text message. One field for the code: it goes on by itself at the sixth digit.

use contract::field::Kind;
use contract::kinds::{Phone, half_width};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::grievance_link::GrievanceLink;
use super::service::{Beginning, start_signed_in};
use crate::api::Api;
use crate::browser;
use crate::i18n::tr;
use crate::navigation::Router;
use crate::paths::Route;
use crate::session::Session;
use crate::ui::control::{Control, ControlText};
use crate::ui::input::{Input, Typing};
use crate::ui::page::{BottomBar, MainButton, Title, TopBar};
use crate::unsaved_input::report_unsaved_input;

const CODE_DIGITS: usize = 6;

#[component]
pub(crate) fn SignInPage(next: String) -> impl IntoView {
    let session = expect_context::<Session>();
    let router = expect_context::<Router<Route>>();
    let beginning = Beginning::from_context();
    let next = Route::parse(&next);
    // Whoever comes here signed in already goes on as well.
    Effect::new(move || match &next {
        _ if !session.is_signed_in() => {}
        // Only the guide's "start" leads here from a guide.
        Route::Service { service } => start_signed_in(beginning, service.clone()),
        next => router.replace(next),
    });
    view! {
        <div class="page">
            <TopBar title=tr("登录", "Sign in") back=Route::Home.url() />
            <SignInForm />
        </div>
    }
}

/// The two fields; also shown above a form whose session ended.
#[component]
pub(crate) fn SignInForm() -> impl IntoView {
    let form = Form {
        phone: RwSignal::default(),
        code: RwSignal::default(),
        phone_error: RwSignal::default(),
        code_error: RwSignal::default(),
        seconds_to_next_code: RwSignal::new(None),
        is_busy: RwSignal::new(false),
        api: expect_context(),
        session: expect_context(),
    };
    report_unsaved_input(move || form.phone.with(|phone| !phone.is_empty()) || form.code.with(|code| !code.is_empty()));
    let has_code = Memo::new(move |_| form.seconds_to_next_code.with(Option::is_some));
    let label = Signal::derive(move || match has_code.get() {
        false => tr("获取验证码", "Send me a code").to_owned(),
        true => tr("登录", "Sign in").to_owned(),
    });
    let press = move |()| if has_code.get_untracked() { form.sign_in() } else { form.request_code() };
    let help = tr(
        "没有密码要记。我们发一条短信，把里面的数字填进来就行。",
        "There is no password to remember: we text you a code, and you enter it here.",
    );
    view! {
        <div class="page-body">
            <Title title=tr("用手机号登录", "Sign in with your phone") help />
            <div class="card">
                <PhoneControl form />
                <Show when=move || has_code.get()>
                    <CodeControl form />
                </Show>
            </div>
            <GrievanceLink />
        </div>
        <BottomBar>
            <MainButton label busy=form.is_busy on_press=press />
        </BottomBar>
    }
}

#[component]
fn PhoneControl(form: Form) -> impl IntoView {
    let text = ControlText {
        id: "phone".to_owned(),
        label: tr("手机号", "Mobile number").to_owned(),
        ..ControlText::default()
    };
    let typing = Typing {
        id: "phone".to_owned(),
        name: "phone".to_owned(),
        mode: "tel",
        autocomplete: "tel-national",
        ..Typing::default()
    };
    let invalid = Signal::derive(move || form.phone_error.with(|error| !error.is_empty()));
    let on_type = move |typed| form.phone.set(typed);
    let on_leave = move |()| form.phone.update(|phone| *phone = Phone::default().read(phone));
    view! {
        <Control text error=form.phone_error field="phone" kind="phone">
            <Input typing value=form.phone invalid on_type on_leave />
        </Control>
    }
}

#[component]
fn CodeControl(form: Form) -> impl IntoView {
    let text = ControlText {
        id: "code".to_owned(),
        label: tr("短信验证码", "Code from the message").to_owned(),
        help: tr("6 位数字，5 分钟内有效", "Six digits, valid for five minutes").to_owned(),
        ..ControlText::default()
    };
    let typing = Typing {
        id: "code".to_owned(),
        name: "code".to_owned(),
        mode: "numeric",
        autocomplete: "one-time-code",
        ..Typing::default()
    };
    let invalid = Signal::derive(move || form.code_error.with(|error| !error.is_empty()));
    let on_type = move |typed: String| {
        let digits: String = half_width(&typed).chars().filter(char::is_ascii_digit).take(CODE_DIGITS).collect();
        let is_complete = digits.len() == CODE_DIGITS && form.code.with_untracked(|code| *code != digits);
        form.code.set(digits);
        if is_complete {
            form.sign_in();
        }
    };
    view! {
        <Control text error=form.code_error field="code" kind="code">
            <Input typing value=form.code invalid on_type />
            {move || next_code(form)}
        </Control>
    }
}

/// When another code may be asked for, and then the button for it; tracked.
fn next_code(form: Form) -> AnyView {
    match form.seconds_to_next_code.get() {
        Some(seconds) if seconds > 0 => {
            let words = tr("秒后可以重新获取", "seconds until you can ask again");
            view! { <p class="card-text">{format!("{seconds} {words}")}</p> }.into_any()
        }
        _ => view! {
            <button type="button" class="button" on:click=move |_| form.request_code()>
                {tr("没收到？重新获取", "No message? Send again")}
            </button>
        }
        .into_any(),
    }
}

#[derive(Clone, Copy)]
struct Form {
    phone: RwSignal<String>,
    code: RwSignal<String>,
    phone_error: RwSignal<String>,
    code_error: RwSignal<String>,
    /// Until another code may be asked for; `None` before the first.
    seconds_to_next_code: RwSignal<Option<u64>>,
    is_busy: RwSignal<bool>,
    api: Api,
    session: Session,
}

impl Form {
    fn request_code(self) {
        let phone = self.phone.with_untracked(|phone| Phone::default().read(phone));
        if !Phone::default().check(&phone.as_str().into()).is_empty() {
            self.phone_error.set(tr("请填 11 位手机号", "Enter an 11-digit mobile number").to_owned());
            browser::focus("#phone");
            return;
        }
        self.phone_error.set(String::new());
        self.is_busy.set(true);
        spawn_local(async move {
            match self.api.request_code(&phone).await {
                Ok(sent) => {
                    self.seconds_to_next_code.try_set(Some(sent.retry_after_seconds));
                    browser::focus("#code");
                    self.count_down();
                }
                Err(error) => {
                    self.phone_error.try_set(error.message());
                }
            }
            self.is_busy.try_set(false);
        });
    }

    fn count_down(self) {
        spawn_local(async move {
            while self.seconds_to_next_code.try_get_untracked().flatten().is_some_and(|left| left > 0) {
                TimeoutFuture::new(1_000).await;
                self.seconds_to_next_code.try_update(|left| *left = left.map(|left| left.saturating_sub(1)));
            }
        });
    }

    fn sign_in(self) {
        if self.is_busy.get_untracked() {
            return;
        }
        let code = self.code.get_untracked();
        if code.len() < CODE_DIGITS {
            self.refuse_code(tr("请填 6 位数字", "Enter 6 digits").to_owned());
            return;
        }
        let phone = self.phone.with_untracked(|phone| Phone::default().read(phone));
        self.is_busy.set(true);
        self.code_error.set(String::new());
        spawn_local(async move {
            match self.api.sign_in(&phone, &code).await {
                // The form goes with that, so it stays busy.
                Ok(view) => self.session.begin(view),
                Err(error) => {
                    self.refuse_code(error.message());
                    self.is_busy.try_set(false);
                }
            }
        });
    }

    fn refuse_code(self, message: String) {
        self.code_error.try_set(message);
        browser::focus("#code");
    }
}
