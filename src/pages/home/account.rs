//! What belongs to the resident, on the start page.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Api;
use crate::i18n::{tr, tr_text};
use crate::paths::Route;
use crate::session::{Session, SessionState};

#[component]
pub(super) fn AccountCard() -> impl IntoView {
    let session = expect_context::<Session>();
    let rows = move || match session.is_signed_in() {
        true => view! { <OwnRows /> }.into_any(),
        false => {
            let drafts = || tr("填写中的申请", "Applications in progress").to_owned();
            rows(drafts, || tr("看进度", "Check progress").to_owned()).into_any()
        }
    };
    view! {
        <nav class="card rows" aria-label=tr("我的", "Mine")>
            {rows}
            {move || session_row(session)}
        </nav>
    }
}

/// The rows with what is known of the person who is signed in.
#[component]
fn OwnRows() -> impl IntoView {
    let api = expect_context::<Api>();
    let drafts = text_of(async move {
        match api.drafts().await.unwrap_or_default().first() {
            Some(draft) => format!("{} · {}/{}", tr_text(&draft.title), draft.steps_done, draft.steps),
            None => tr("没有草稿", "No drafts").to_owned(),
        }
    });
    let cases = text_of(async move {
        match api.count_open_cases().await.unwrap_or_default() {
            0 => tr("没有办理中的", "None in progress").to_owned(),
            cases => format!("{cases} {}", tr("件办理中", "in progress")),
        }
    });
    rows(move || drafts.get(), move || cases.get())
}

/// The text that a future ends with; empty until then.
fn text_of(future: impl Future<Output = String> + 'static) -> RwSignal<String> {
    let text = RwSignal::new(String::new());
    spawn_local(async move {
        text.try_set(future.await);
    });
    text
}

/// `drafts` and `cases` say what stands at the end of their rows.
fn rows(
    drafts: impl Fn() -> String + Send + Sync + 'static,
    cases: impl Fn() -> String + Send + Sync + 'static,
) -> impl IntoView {
    let certificates = || tr("电子证照", "Digital certificates").to_owned();
    view! {
        {row(&Route::Drafts, tr("我的草稿", "My drafts"), Signal::derive(drafts))}
        {row(&Route::Cases, tr("我的办件", "My cases"), Signal::derive(cases))}
        {row(&Route::Certificates, tr("我的证照", "My certificates"), Signal::derive(certificates))}
    }
}

fn row(route: &Route, label: &'static str, end: Signal<String>) -> impl IntoView + use<> {
    view! {
        <a class="row" href=route.url()>
            <span class="row-start">{label}</span>
            <span class="row-end">{end}</span>
        </a>
    }
}

/// Who is signed in and the way out, or the way in; tracked.
fn session_row(session: Session) -> AnyView {
    let SessionState::SignedIn(view) = session.state.get() else {
        return view! {
            <a class="row" href=Route::SignIn { next: Route::Home.url() }.url()>
                <span class="row-start">{tr("登录", "Sign in")}</span>
                <span class="row-end">{tr("手机号和验证码", "Phone and code")}</span>
            </a>
        }
        .into_any();
    };
    view! {
        <div class="row">
            <span class="row-start card-text">{format!("{} {}", view.name, view.phone)}</span>
            <button type="button" class="button" on:click=move |_| session.sign_out()>
                {tr("退出登录", "Sign out")}
            </button>
        </div>
    }
    .into_any()
}
