//! Sign in by phone and a code from a text message. One field for the code: it goes on by itself at the sixth digit.

use crate::ui::dom::View;
use markup::view;
use signals::{Effect, RwSignal, Signal};
use wasm_bindgen_futures::spawn_local;

use super::service::begin::start_signed_in;
use super::tell::tell_link;
use crate::api;
use crate::browser;
use crate::navigation;
use crate::paths::Route;
use crate::session::{Session, begin, session};
use crate::ui::control::{Control, ControlText};
use crate::ui::input::{Input, Typing, half_width};
use crate::ui::live::{on, shows};
use crate::ui::page::{BottomBar, MainButton, Title, TopBar};
use crate::words::t;
use contract::field::Kind;
use contract::kinds::Phone;

const CODE_DIGITS: usize = 6;

#[derive(Clone, Copy)]
struct Form {
    phone: RwSignal<String>,
    code: RwSignal<String>,
    phone_error: RwSignal<String>,
    code_error: RwSignal<String>,
    /// Seconds until another code may be asked for; `None` before the first.
    again_in: RwSignal<Option<u64>>,
    busy: RwSignal<bool>,
}

pub(crate) fn view(next: String) -> View {
    let to = Route::parse(&next);
    // Whoever comes here signed in already goes on as well.
    Effect::later(move || match (&*session().read(), &to) {
        // Only the guide's "start" leads here from a guide.
        (Session::In(_), Route::Service { service }) => start_signed_in(service.clone()),
        (Session::In(_), to) => navigation::replace(to),
        _ => {}
    });
    view! {
        <div class="page">
            <TopBar title=t("登录", "Sign in") back=Route::Home.url() />
            {form()}
        </div>
    }
}

/// The two fields; also shown above a form whose session ended.
pub(crate) fn form() -> View {
    let form = Form {
        phone: RwSignal::default(),
        code: RwSignal::default(),
        phone_error: RwSignal::default(),
        code_error: RwSignal::default(),
        again_in: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let label = Signal::derive(move || {
        if form.again_in.read().is_none() { t("获取验证码", "Send me a code") } else { t("登录", "Sign in") }.to_owned()
    });
    let press = move |()| if form.again_in.read_untracked().is_none() { ask_for_code(form) } else { sign_in(form) };
    view! {
        <div class="page-body">
            <Title title=t("用手机号登录", "Sign in with your phone") help=t("没有密码要记。我们发一条短信，把里面的数字填进来就行。", "No password: we send a text message, enter the number in it.") />
            <div class="card">
                {phone_control(form)}
                {shows(move || form.again_in.read().is_some().then(|| code_control(form)))}
            </div>
            {tell_link(String::new())}
        </div>
        <BottomBar><MainButton label busy=form.busy on_press=press /></BottomBar>
    }
}

fn phone_control(form: Form) -> View {
    let text = ControlText {
        id: "phone".to_owned(),
        label: t("手机号", "Mobile number").to_owned(),
        help: String::new(),
        why: String::new(),
        optional: false,
        group: false,
    };
    let typing = Typing {
        id: "phone".to_owned(),
        name: "phone".to_owned(),
        mode: "tel",
        autocomplete: "tel-national",
        ..Typing::default()
    };
    let leave = move |()| {
        form.phone.update(|phone| *phone = Phone::default().read(phone));
    };
    view! {
        <Control text error=form.phone_error field="phone".to_owned() kind="phone">
            <Input typing value=form.phone invalid=Signal::derive(move || !form.phone_error.read().is_empty()) on_type=move |typed| form.phone.set(typed) on_leave=leave />
        </Control>
    }
}

fn code_control(form: Form) -> View {
    let help = t("6 位数字，5 分钟内有效", "Six digits, valid for five minutes").to_owned();
    let text = ControlText {
        id: "code".to_owned(),
        label: t("短信验证码", "Code from the message").to_owned(),
        help,
        why: String::new(),
        optional: false,
        group: false,
    };
    let typing = Typing {
        id: "code".to_owned(),
        name: "code".to_owned(),
        mode: "numeric",
        autocomplete: "one-time-code",
        ..Typing::default()
    };
    let type_code = move |typed: String| {
        let digits: String = half_width(&typed).chars().filter(char::is_ascii_digit).take(CODE_DIGITS).collect();
        let is_whole = digits.len() == CODE_DIGITS && form.code.get_untracked() != digits;
        form.code.set(digits);
        if is_whole {
            sign_in(form);
        }
    };
    let again = shows(move || match form.again_in.get() {
        Some(seconds) if seconds > 0 => {
            view! { <p class="card-text">{format!("{seconds} {}", t("秒后可以重新获取", "seconds until you can ask again"))}</p> }
        }
        _ => {
            view! { <button type="button" class="button" on:click=on(move |_| ask_for_code(form))>{t("没收到？重新获取", "Nothing came? Send again")}</button> }
        }
    });
    view! {
        <Control text error=form.code_error field="code".to_owned() kind="code">
            <Input typing value=form.code invalid=Signal::derive(move || !form.code_error.read().is_empty()) on_type=type_code on_leave=move |()| {} />
            {again}
        </Control>
    }
}

fn ask_for_code(form: Form) {
    let phone = Phone::default().read(&form.phone.get_untracked());
    if !Phone::default().check(&phone.as_str().into()).is_empty() {
        form.phone_error.set(t("请填 11 位手机号", "Enter an 11-digit mobile number").to_owned());
        browser::focus("#phone".to_owned());
        return;
    }
    form.phone_error.set(String::new());
    form.busy.set(true);
    spawn_local(async move {
        match api::request_code(&phone).await {
            Ok(sent) => {
                form.again_in.set(Some(sent.retry_after_seconds));
                browser::focus("#code".to_owned());
                count_down(form);
            }
            Err(error) => form.phone_error.set(error.says()),
        }
        form.busy.set(false);
    });
}

fn count_down(form: Form) {
    spawn_local(async move {
        while form.again_in.try_get_untracked().flatten().is_some_and(|left| left > 0) {
            browser::pause(1_000).await;
            form.again_in.update(|left| *left = left.map(|left| left.saturating_sub(1)));
        }
    });
}

fn sign_in(form: Form) {
    if form.busy.get_untracked() {
        return;
    }
    let code = form.code.get_untracked();
    if code.len() < CODE_DIGITS {
        refuse(form, t("请填 6 位数字", "Enter 6 digits").to_owned());
        return;
    }
    form.busy.set(true);
    form.code_error.set(String::new());
    spawn_local(async move {
        let phone = Phone::default().read(&form.phone.get_untracked());
        match api::sign_in(&phone, &code).await {
            // The form goes with that, so it stays busy.
            Ok(view) => begin(view),
            Err(error) => {
                refuse(form, error.says());
                form.busy.set(false);
            }
        }
    });
}

fn refuse(form: Form, says: String) {
    form.code_error.set(says);
    browser::focus("#code".to_owned());
}
