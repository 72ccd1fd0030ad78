//! The resident's programs: what lies above all pages, and which page stands for which route.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Api;
use crate::browser;
use crate::draft_session::DraftSessions;
use crate::first_screen::FirstScreen;
use crate::http::HttpClient;
use crate::i18n::tr;
use crate::local_store::LocalStore;
use crate::navigation::Router;
use crate::pages::{
    CasePage, CasesPage, CertificatesPage, DraftScreen, DraftsPage, ExitPage, GrievancePage, HomePage, NotFoundPage,
    ReceiptPage, ReviewPage, ServicePage, SignInForm, SignInPage, SignPage, SignersPage, StepPage, WaitingPage,
};
use crate::paths::Route;
use crate::pending_submissions::PendingSubmissions;
use crate::session::{Session, SessionState};
use crate::settings::Settings;
use crate::ui::sheet::Sheet;
use crate::ui::tap_guard::guard_against_double_taps;
use crate::unsaved_input::UnsavedInput;
use crate::uploads::Uploads;

/// Starts the program that finds a service, fills in its form and sends it.
pub fn start_resident() {
    start(|route| !route.is_followed(), resident_page);
}

/// Starts the program that shows what became of an application.
pub fn start_follower() {
    start(Route::is_followed, follower_page);
}

fn resident_page(route: Route) -> AnyView {
    match route {
        Route::Home => view! { <HomePage /> }.into_any(),
        Route::Service { service } => view! { <ServicePage service /> }.into_any(),
        Route::SignIn { next } => view! { <SignInPage next /> }.into_any(),
        Route::Step { draft, step, from_review } => {
            let screen = move |session| view! { <StepPage session step=step.clone() from_review /> }.into_any();
            view! { <DraftScreen draft screen /> }.into_any()
        }
        Route::Exit { draft } => {
            view! { <DraftScreen draft screen=|session| view! { <ExitPage session /> }.into_any() /> }.into_any()
        }
        Route::Review { draft } => {
            view! { <DraftScreen draft screen=|session| view! { <ReviewPage session /> }.into_any() /> }.into_any()
        }
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}

fn follower_page(route: Route) -> AnyView {
    match route {
        Route::Drafts => view! { <DraftsPage /> }.into_any(),
        Route::Receipt { reference } => view! { <ReceiptPage reference /> }.into_any(),
        Route::Cases => view! { <CasesPage /> }.into_any(),
        Route::Case { reference } => view! { <CasePage reference /> }.into_any(),
        Route::Certificates => view! { <CertificatesPage /> }.into_any(),
        Route::Signers { draft } => view! { <SignersPage draft /> }.into_any(),
        Route::Sign { request } => view! { <SignPage request /> }.into_any(),
        Route::Grievance { at, about } => view! { <GrievancePage at about /> }.into_any(),
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}

fn start(is_ours: fn(&Route) -> bool, page: fn(Route) -> AnyView) {
    browser::report_panics();
    mount_to_body(move || {
        provide_app_context(is_ours);
        view! { <ResidentApp page /> }
    });
}

/// What every page may ask for.
fn provide_app_context(is_ours: fn(&Route) -> bool) {
    let settings = Settings::restore();
    provide_context(FirstScreen::start());
    guard_against_double_taps();
    let store = LocalStore::start();
    let client = HttpClient::new(Some(store));
    let api = Api { client };
    let router = Router::start(is_ours);
    let session = Session::start(api);
    let drafts = DraftSessions::new(api, store);
    let uploads = Uploads::start(drafts, session, store);
    let pending = PendingSubmissions { drafts, uploads, session, router };
    provide_context(settings);
    provide_context(store);
    provide_context(api);
    provide_context(router);
    provide_context(session);
    provide_context(drafts);
    provide_context(uploads);
    provide_context(UnsavedInput::start(drafts, store));
    provide_context(pending);
    close_drafts_of_others(session, drafts, router);
    go_on_when_possible(session, uploads, pending, store);
    return_to_lost_page(store, router);
}

/// Where the page was closed with the camera open, it opens there again, unless its owner has gone elsewhere by then.
fn return_to_lost_page(store: LocalStore, router: Router<Route>) {
    let first_path = browser::path();
    Effect::new(move || {
        let Some(lost_page) = store.lost_page.get() else { return };
        let is_untouched = browser::path() == first_path || router.route.with_untracked(|route| *route == Route::Home);
        if is_untouched && lost_page.path != first_path {
            router.replace(&Route::parse(&lost_page.path));
        }
    });
}

/// Nobody but its owner keeps a form open: it is closed when they sign out, or when somebody else signs in.
fn close_drafts_of_others(session: Session, drafts: DraftSessions, router: Router<Route>) {
    Effect::new(move |before: Option<Option<String>>| {
        let owner = session.owner();
        if let Some(Some(before)) = before
            && owner.as_ref() != Some(&before)
        {
            drafts.close();
            if owner.is_some() {
                router.replace(&Route::Home);
            }
        }
        owner
    });
}

/// Takes up what waited for a network or for its owner.
fn go_on_when_possible(session: Session, uploads: Uploads, pending: PendingSubmissions, store: LocalStore) {
    let go_on = move || {
        spawn_local(async move {
            uploads.resume().await;
            pending.send_all(store.pending_submissions().await).await;
        });
    };
    Effect::new(move || {
        if session.is_signed_in() {
            go_on();
        }
    });
    window_event_listener_untyped("online", move |_| go_on());
}

#[component]
fn ResidentApp(page: fn(Route) -> AnyView) -> impl IntoView {
    let api = expect_context::<Api>();
    let session = expect_context::<Session>();
    let first_screen = expect_context::<FirstScreen>();
    let settings = expect_context::<Settings>();
    let store = expect_context::<LocalStore>();
    let router = expect_context::<Router<Route>>();
    // Public pages do not care who is signed in, and are not drawn anew for it.
    let access = Memo::new(move |_| access(&router.route.read(), session));
    let screen = move || {
        // A change of language draws the screen anew.
        settings.language.track();
        let route = router.route.get();
        match access.get() {
            Access::Granted => page(route),
            Access::Waiting => view! { <WaitingPage /> }.into_any(),
            Access::SignInFirst => {
                router.replace_soon(Route::SignIn { next: route.url() });
                view! { <WaitingPage /> }.into_any()
            }
        }
    };
    let is_expired = Memo::new(move |_| session.state.with(|state| matches!(state, SessionState::Expired(_))));
    view! {
        <Show when=move || api.client.served_from_copy.get()>
            <OfflineNotice />
        </Show>
        <Show when=move || !store.is_keeping.get()>
            <NothingKeptNotice />
        </Show>
        <main hidden=move || !first_screen.stands()>{screen}</main>
        <Show when=move || is_expired.get()>
            <SignInAgain />
        </Show>
    }
}

/// Whether a page may be drawn now.
#[derive(Clone, Copy, PartialEq)]
enum Access {
    Granted,
    /// Nobody knows yet who is signed in.
    Waiting,
    SignInFirst,
}

fn access(route: &Route, session: Session) -> Access {
    if !route.is_private() {
        return Access::Granted;
    }
    session.state.with(|state| match state {
        SessionState::Unknown => Access::Waiting,
        SessionState::SignedOut => Access::SignInFirst,
        SessionState::SignedIn(_) | SessionState::Expired(_) => Access::Granted,
    })
}

/// What is shown was kept on this phone.
#[component]
fn OfflineNotice() -> impl IntoView {
    view! {
        <p class="offline" role="status">
            {tr(
                "现在没有网络：看到的是上次的内容，填的会存在这部手机上。",
                "No network: this is what you saw last. What you enter is kept on this phone.",
            )}
        </p>
    }
}

/// The browser lets nothing be kept, or not any more: in private mode, on a full disk, where storage is blocked.
/// Everything goes on from memory and server.
#[component]
fn NothingKeptNotice() -> impl IntoView {
    let settings = expect_context::<Settings>();
    view! {
        <p class="offline" id="unkept" role="status">
            {move || {
                settings.language.track();
                tr(
                    "这部手机上存不了东西（可能是无痕浏览、空间不够或浏览器不让存）。填的内容会直接存到服务器：\
                     看到“已保存”、照片都打了勾，再关页面。",
                    "Nothing can be kept on this phone (private browsing, no space left, or the browser forbids it). \
                     What you enter goes straight to the server: close this page only after it says “Saved” and every \
                     photo has its tick.",
                )
            }}
        </p>
    }
}

/// The form stays; one signs in above it.
#[component]
fn SignInAgain() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <Sheet title=tr("请再登录一次", "Please sign in again") on_close=move |()| session.leave()>
            <p>
                {tr(
                    "离开久了，为了安全需要重新登录。填好的都还在。",
                    "You were away for a while, so please sign in again. What you filled in is still here.",
                )}
            </p>
            <SignInForm />
        </Sheet>
    }
}
