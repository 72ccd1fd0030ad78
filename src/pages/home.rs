//! Home: search, services as cards that promise, what I began, what runs, my certificates, and 办不成事.

use crate::ui::dom::{CollectView, IntoView, View, event_target_value};
use contract::api::ServiceSummary;
use contract::id::DivisionCode;
use contract::text::has;
use markup::view;
use signals::RwSignal;
use wasm_bindgen_futures::spawn_local;

use super::loaded::loaded;
use super::tell::{tell, tell_row};
use crate::paths::Route;
use crate::session::{Session, session, sign_out};
use crate::ui::icon::{Icon, icon};
use crate::ui::input::half_width;
use crate::ui::live::{live, on, shows};
use crate::ui::notice::Skeleton;
use crate::ui::sheet::Sheet;
use crate::words::{say, t};
use crate::{api, settings};

pub(crate) fn view() -> View {
    let search = RwSignal::new(String::new());
    view! {
        <div class="page">
            {head()}
            <div class="home-search">
                {icon(Icon::Search)}
                <input
                    type="search" aria-label=t("搜索要办的事", "Search for a service")
                    placeholder=t("搜“店招”“门头”…", "Search “sign”, “shop”…")
                    prop:value=search on:input=on(move |event| search.set(event_target_value(&event)))
                />
            </div>
            <div class="page-body">
                <h2 class="sr-only">{t("可以办的事", "Services")}</h2>
                {loaded(api::services, move |all: Vec<ServiceSummary>| results(all, search))}
                {mine()}
                {tell_row(t("办不成事？", "Cannot get it done?"), String::new())}
                {public()}
            </div>
        </div>
    }
}

/// Pages of the server's own, for everybody.
fn public() -> View {
    let lang = settings::tag(settings::language().get_untracked());
    view! {
        <p class="card-text">
            <a class="button" href=format!("/figures?lang={}", &lang[..2])>{t("办得怎么样", "Figures")}</a>
            <a class="button" href=format!("/solved?lang={}", &lang[..2])>{t("问题清单", "Problems solved")}</a>
        </p>
    }
}

/// What stands while the session is asked for.
pub(crate) fn waiting() -> View {
    view! { <div class="page"><div class="page-body"><Skeleton heights=&[64, 160, 160] /></div></div> }
}

fn head() -> View {
    let choosing = RwSignal::new(false);
    let names = RwSignal::new(Vec::new());
    spawn_local(async move {
        names.set(api::divisions("4307").await.unwrap_or_default());
    });
    let place = live(move || {
        let code = settings::division().get();
        let name = names
            .read()
            .iter()
            .find(|division: &&contract::address::Division| division.code == code.0)
            .map(|division| division.name.clone());
        format!("{}{} ▾", t("常德市 · ", "Changde · "), name.unwrap_or_default())
    });
    let choose = move |code: String| {
        settings::set_division(DivisionCode(code));
        choosing.set(false);
    };
    view! {
        <header class="home-head">
            <h1>{t("一件事 一次办", "One thing, one visit")}</h1>
            <div class="home-places">
                <button type="button" aria-haspopup="dialog" on:click=on(move |_| choosing.set(true))>{place}</button>
                <button type="button" aria-pressed=live(move || settings::care().get().to_string()) on:click=on(|_| settings::toggle_care())>
                    {shows(move || if settings::care().get() { t("标准版", "Standard") } else { t("长辈版", "Large") })}
                </button>
                <button type="button" on:click=on(|_| settings::toggle_dark())>
                    {shows(move || if settings::dark().get() { t("浅色", "Light") } else { t("深色", "Dark") })}
                </button>
                <button type="button" lang=t("en", "zh-CN") on:click=on(|_| settings::toggle_language())>{t("English", "中文")}</button>
            </div>
        </header>
        {shows(move || choosing.get().then(|| view! {
            <Sheet title=t("您在哪里办？", "Where are you?") on_close=move |()| choosing.set(false)>
                <div class="sheet-list">
                    {names.get().into_iter().map(|division| {
                        let is_here = division.code == settings::division().get_untracked().0;
                        let code = division.code.clone();
                        view! {
                            <button type="button" class="sheet-item" data-code=code aria-current=is_here.then_some("true") on:click=on(move |_| choose(division.code.clone()))>
                                {division.name.clone()}
                            </button>
                        }
                    }).collect_view()}
                </div>
            </Sheet>
        }))}
    }
}

/// By name, common word, pinyin or initials, however it is typed.
fn results(all: Vec<ServiceSummary>, search: RwSignal<String>) -> View {
    let list = move || {
        let wanted: String = half_width(&search.read()).to_ascii_lowercase().split_whitespace().collect();
        let fits = |service: &&ServiceSummary| {
            wanted.is_empty()
                || service.keys.split(' ').any(|key| has(key, &wanted) || has(&wanted, key) && key.chars().count() > 1)
        };
        let found: Vec<_> = all.iter().filter(fits).map(card).collect();
        if found.is_empty() {
            let about = tell(search.get_untracked());
            return view! {
                <div class="card empty" role="status">
                    <p>{t("没有找到。换个说法试试，或者告诉我们您想办什么。", "Nothing found. Try another word, or tell us what you need.")}</p>
                    <a class="button" data-look="quiet" href=about>{t("告诉我们", "Tell us")}</a>
                </div>
            };
        }
        found.into_view()
    };
    shows(list)
}

fn card(service: &ServiceSummary) -> View {
    let tag = |text: String| view! { <span class="tag">{text}</span> };
    let count = |number: String, zh: &str, en: &str| {
        format!("{number} {}", if settings::language().get_untracked() == contract::Lang::Zh { zh } else { en })
    };
    view! {
        <a class="card service-card" href=Route::Service { service: service.id.clone() }.url()>
            <span class="service-card-head">
                <span class="service-mark" aria-hidden="true">{service.mark.clone()}</span>
                <span>
                    <strong>{say(&service.title)}</strong>
                    <span class="card-text">{say(&service.summary)}</span>
                </span>
            </span>
            <span class="tags">
                {(service.items > 1).then(|| tag(count(service.items.to_string(), "件事", "items")))}
                {tag(count(service.visits.to_string(), "次跑动", "visits"))}
                {tag(format!("{} {} {}", t("约", "About"), service.minutes, t("分钟", "minutes")))}
            </span>
        </a>
    }
}

/// What belongs to the resident.
fn mine() -> View {
    view! {
        <nav class="card rows" aria-label=t("我的", "Mine")>
            {shows(|| match &*session().read() {
                Session::In(_) => running(),
                _ => account_rows(t("我填了一半的", "What I began").to_owned(), t("看进度", "See progress").to_owned()),
            })}
            {shows(account)}
        </nav>
    }
}

/// The same rows, with what is known of the person who is signed in.
fn running() -> View {
    let drafts = RwSignal::new(String::new());
    let cases = RwSignal::new(String::new());
    spawn_local(async move {
        let begun = api::drafts().await.unwrap_or_default();
        let words = match begun.first() {
            Some(draft) => format!("{} · {}/{}", say(&draft.title), draft.steps_done, draft.steps),
            None => t("没有填了一半的", "Nothing half done").to_owned(),
        };
        drafts.set(words);
        let sent = api::cases().await.unwrap_or_default().len();
        cases.set(format!("{sent} {}", t("件办理中", "under way")));
    });
    shows(move || account_rows(drafts.get(), cases.get()))
}

fn account_rows(drafts: String, cases: String) -> View {
    let row = |route: Route, label: &'static str, end: String| {
        view! { <a class="row" href=route.url()><span class="row-start">{label}</span><span class="row-end">{end}</span></a> }
    };
    view! {
        {row(Route::Drafts, t("继续填写", "Go on filling in"), drafts)}
        {row(Route::Cases, t("我的办件", "My cases"), cases)}
        {row(Route::Certificates, t("我的证照", "My certificates"), t("电子证照", "Digital certificates").to_owned())}
    }
}

fn account() -> View {
    match &*session().read() {
        Session::In(view) => view! {
            <div class="row">
                <span class="row-start card-text">{format!("{} {}", view.name, view.phone)}</span>
                <button type="button" class="button" on:click=on(|_| sign_out())>{t("退出登录", "Sign out")}</button>
            </div>
        },
        _ => view! {
            <a class="row" href=Route::SignIn { next: Route::Home.url() }.url()>
                <span class="row-start">{t("登录", "Sign in")}</span>
                <span class="row-end">{t("手机号和验证码", "Phone and code")}</span>
            </a>
        },
    }
}
