//! Signing in with name, password and the six digits of the second factor.

use contract::api::OfficerSignIn;
use contract::kinds::half_width;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::SubmitEvent;

use super::api::AgencyApi;
use super::error_message::error_message;
use super::frame::Head;
use super::session::OfficerSession;
use crate::api::ApiError;
use crate::browser;
use crate::i18n::tr;
use crate::ui::control::{Control, ControlText, described_by};

const CODE_DIGITS: usize = 6;

#[component]
pub(super) fn SignInPage() -> impl IntoView {
    browser::focus("#name");
    view! {
        <Head />
        <div class="desk-sign-in">
            <h1>{tr("工作人员登录", "Officers' sign-in")}</h1>
            <div class="card"><SignInForm /></div>
        </div>
    }
}

/// The three inputs; also shown above a task whose session ended.
#[component]
pub(super) fn SignInForm() -> impl IntoView {
    let form = Form {
        name: TextInput::new("name"),
        password: TextInput::new("password"),
        code: TextInput::new("code"),
        is_busy: RwSignal::new(false),
        api: expect_context(),
        session: expect_context(),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.submit();
    };
    let code_help =
        tr("身份验证器上的 6 位数字，每 30 秒换一次", "Six digits from your authenticator, new every 30 seconds");
    view! {
        <form novalidate="true" on:submit=submit>
            <InputControl input=form.name autocomplete="username" label=tr("姓名或账号", "Name") />
            <InputControl
                input=form.password
                kind="password"
                autocomplete="current-password"
                label=tr("密码", "Password")
            />
            <InputControl
                input=form.code
                mode="numeric"
                autocomplete="one-time-code"
                label=tr("动态码", "One-time code")
                help=code_help
            />
            <button
                type="submit"
                class="button button-wide"
                data-look="main"
                data-main="true"
                aria-busy=move || form.is_busy.get().to_string()
            >
                {tr("登录", "Sign in")}
            </button>
        </form>
    }
}

#[component]
fn InputControl(
    input: TextInput,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "text")] mode: &'static str,
    autocomplete: &'static str,
    label: &'static str,
    #[prop(optional)] help: &'static str,
) -> impl IntoView {
    let TextInput { name, value, error } = input;
    let text =
        ControlText { id: name.to_owned(), label: label.to_owned(), help: help.to_owned(), ..ControlText::default() };
    let is_invalid = move || error.with(|error| !error.is_empty()).to_string();
    view! {
        <Control text error field=name kind="text">
            <div class="input" data-invalid=is_invalid>
                <input
                    id=name
                    name=name
                    type=kind
                    inputmode=mode
                    autocomplete=autocomplete
                    aria-invalid=is_invalid
                    aria-describedby=described_by(name)
                    prop:value=value
                    on:input=move |event| value.set(event_target_value(&event))
                />
            </div>
        </Control>
    }
}

/// One of the three inputs.
#[derive(Clone, Copy)]
struct TextInput {
    name: &'static str,
    value: RwSignal<String>,
    error: RwSignal<String>,
}

impl TextInput {
    fn new(name: &'static str) -> Self {
        Self { name, value: RwSignal::default(), error: RwSignal::default() }
    }

    fn refuse(self, message: impl Into<String>) {
        self.error.try_set(message.into());
        browser::focus(format!("#{}", self.name));
    }
}

#[derive(Clone, Copy)]
struct Form {
    name: TextInput,
    password: TextInput,
    code: TextInput,
    is_busy: RwSignal<bool>,
    api: AgencyApi,
    session: OfficerSession,
}

impl Form {
    fn submit(self) {
        if self.is_busy.get_untracked() {
            return;
        }
        let name = self.name.value.with_untracked(|name| name.trim().to_owned());
        let password = self.password.value.get_untracked();
        let typed_code = self.code.value.get_untracked();
        let code: String = half_width(&typed_code).chars().filter(char::is_ascii_digit).collect();
        for input in [self.name, self.password, self.code] {
            input.error.set(String::new());
        }
        if name.is_empty() {
            return self.name.refuse(tr("请填姓名或账号", "Enter your name"));
        }
        if password.is_empty() {
            return self.password.refuse(tr("请填密码", "Enter your password"));
        }
        if code.len() != CODE_DIGITS {
            return self.code.refuse(tr("请填 6 位数字", "Enter six digits"));
        }
        self.is_busy.set(true);
        spawn_local(async move {
            match self.api.sign_in(&OfficerSignIn { name, password, code }).await {
                // The form goes with that, so it stays busy.
                Ok(officer) => self.session.begin(officer),
                Err(error) => {
                    self.is_busy.try_set(false);
                    self.show_refusal(&error);
                }
            }
        });
    }

    /// Nobody is told which of the three was wrong; a code is used up either way.
    fn show_refusal(self, error: &ApiError) {
        match error.status {
            422 => {
                self.code.value.try_set(String::new());
                self.password.refuse(tr(
                    "姓名、密码或动态码不对，请再填一次。连错五次会锁一会儿。",
                    "Name, password or code is wrong, please enter them again. Five failures lock the account for a \
                     while.",
                ));
            }
            429 => self.password.refuse(locked_message(error.retry_after_seconds)),
            _ => self.password.refuse(error_message(error)),
        }
    }
}

fn locked_message(retry_after_seconds: Option<u32>) -> String {
    let minutes = retry_after_seconds.unwrap_or(60).div_ceil(60);
    let (before, after) = (
        tr("连错太多次，先锁上了。请过 ", "Too many failures, so this is locked. Try again in "),
        tr(" 分钟再试，或找管理员。", " minutes, or ask your administrator."),
    );
    format!("{before}{minutes}{after}")
}
