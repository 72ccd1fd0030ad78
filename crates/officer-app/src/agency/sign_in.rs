//! Signing in with name, password and the six digits of the second factor.

use contract::api::OfficerSignIn;
use contract::kinds::half_width;
use markup::view;
use signals::RwSignal;
use wasm_bindgen_futures::spawn_local;

use super::api::{self, ApiError};
use super::{frame, session};
use crate::browser;
use crate::ui::control::{Control, ControlText, described_by};
use crate::ui::dom::{View, event_target_value};
use crate::ui::live::{live, on};
use crate::words::t;

const CODE_DIGITS: usize = 6;

/// One of the three inputs.
#[derive(Clone, Copy)]
struct Entry {
    name: &'static str,
    value: RwSignal<String>,
    error: RwSignal<String>,
}

impl Entry {
    fn new(name: &'static str) -> Self {
        Self { name, value: RwSignal::default(), error: RwSignal::default() }
    }

    fn refuse(self, says: String) {
        self.error.set(says);
        browser::focus(format!("#{}", self.name));
    }
}

#[derive(Clone, Copy)]
struct Form {
    name: Entry,
    password: Entry,
    code: Entry,
    busy: RwSignal<bool>,
}

pub(super) fn view() -> View {
    browser::focus("#name".to_owned());
    view! {
        {frame::head()}
        <div class="desk-sign-in">
            <h1>{t("工作人员登录", "Officers' sign-in")}</h1>
            <div class="card">{form()}</div>
        </div>
    }
}

/// The three inputs; also shown above a task whose session ended.
pub(super) fn form() -> View {
    let form = Form {
        name: Entry::new("name"),
        password: Entry::new("password"),
        code: Entry::new("code"),
        busy: RwSignal::new(false),
    };
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        sign_in(form);
    };
    view! {
        <form novalidate="true" on:submit=on(submit)>
            {input(form.name, ("text", "text", "username"), t("姓名或账号", "Name"), "")}
            {input(form.password, ("password", "text", "current-password"), t("密码", "Password"), "")}
            {input(form.code, ("text", "numeric", "one-time-code"), t("动态码", "One-time code"), t("身份验证器上的 6 位数字，每 30 秒换一次", "Six digits from your authenticator, new every 30 seconds"))}
            <button type="submit" class="button button-wide" data-look="main" data-main="true" aria-busy=live(move || form.busy.get().to_string())>{t("登录", "Sign in")}</button>
        </form>
    }
}

fn input(entry: Entry, (kind, mode, autocomplete): (&str, &str, &str), label: &str, help: &str) -> View {
    let text = ControlText {
        id: entry.name.to_owned(),
        label: label.to_owned(),
        help: help.to_owned(),
        ..ControlText::default()
    };
    let invalid = live(move || (!entry.error.read().is_empty()).to_string());
    view! {
        <Control text error=entry.error field=entry.name kind="text">
            <div class="input" data-invalid=invalid>
                <input
                    id=entry.name name=entry.name type=kind inputmode=mode autocomplete=autocomplete aria-invalid=invalid
                    aria-describedby=described_by(entry.name) prop:value=entry.value
                    on:input=on(move |event| entry.value.set(event_target_value(&event)))
                />
            </div>
        </Control>
    }
}

fn sign_in(form: Form) {
    if form.busy.get_untracked() {
        return;
    }
    let (name, password) = (form.name.value.get_untracked().trim().to_owned(), form.password.value.get_untracked());
    let code: String = half_width(&form.code.value.get_untracked()).chars().filter(char::is_ascii_digit).collect();
    for entry in [form.name, form.password, form.code] {
        entry.error.set(String::new());
    }
    if name.is_empty() {
        return form.name.refuse(t("请填姓名或账号", "Enter your name").to_owned());
    }
    if password.is_empty() {
        return form.password.refuse(t("请填密码", "Enter your password").to_owned());
    }
    if code.len() != CODE_DIGITS {
        return form.code.refuse(t("请填 6 位数字", "Enter six digits").to_owned());
    }
    form.busy.set(true);
    spawn_local(async move {
        match api::sign_in(&OfficerSignIn { name, password, code }).await {
            Ok(officer) => session::begin(officer),
            Err(error) => {
                form.busy.set(false);
                refused(form, &error);
            }
        }
    });
}

/// Nobody is told which of the three was wrong; a code is used up either way.
fn refused(form: Form, error: &ApiError) {
    match error.status {
        422 => {
            form.code.value.set(String::new());
            form.password.refuse(t(
                "姓名、密码或动态码不对，请再填一次。连错五次会锁一会儿。",
                "Name, password or code is wrong, please enter them again. Five failures lock the account for a while.",
            ).to_owned());
        }
        429 => form.password.refuse(locked(error.retry_after_seconds)),
        _ => form.password.refuse(error.says()),
    }
}

fn locked(seconds: Option<u32>) -> String {
    let minutes = seconds.unwrap_or(60).div_ceil(60);
    let (before, after) = (
        t("连错太多次，先锁上了。请过 ", "Too many failures, so this is locked. Try again in "),
        t(" 分钟再试，或找管理员。", " minutes, or ask your administrator."),
    );
    format!("{before}{minutes}{after}")
}
