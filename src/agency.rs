//! The officers' program: what lies above all its pages, and which page stands for which route.

mod api;
mod error_message;
mod frame;
mod grievances;
mod lookup;
mod office;
mod paths;
mod queue;
mod session;
mod sign_in;
mod task;
mod unavailable;
mod wording;

use leptos::prelude::*;

use crate::browser;
use crate::first_screen::remove_boot_screen;
use crate::http::HttpClient;
use crate::i18n::tr;
use crate::navigation::Router;
use crate::settings::Settings;
use crate::ui::sheet::Sheet;
use crate::ui::tap_guard::guard_against_double_taps;
use api::AgencyApi;
use frame::{NotFoundPage, WaitingPage};
use grievances::{GrievancePage, GrievancesPage};
use lookup::LookupPage;
use office::Office;
use paths::AgencyRoute;
use queue::{LastVisitedTask, QueuePage};
use session::{OfficerSession, SessionState};
use sign_in::{SignInForm, SignInPage};
use task::TaskPage;

/// Starts the program in which an agency's officers decide what residents applied for.
pub fn start_officer() {
    browser::report_panics();
    mount_to_body(|| {
        provide_agency_context();
        remove_boot_screen();
        view! { <OfficerApp /> }
    });
}

/// What every page may ask for.
fn provide_agency_context() {
    guard_against_double_taps();
    provide_context(Settings::restore());
    // An office computer belongs to several people: no copies of what the server answers are stored on it.
    let client = HttpClient::new(None);
    let api = AgencyApi { client };
    let session = OfficerSession::start(api);
    provide_context(api);
    provide_context(session);
    provide_context(Router::<AgencyRoute>::start(|_| true));
    provide_context(Office::start(api, session));
    provide_context(LastVisitedTask::default());
}

#[component]
fn OfficerApp() -> impl IntoView {
    let session = expect_context::<OfficerSession>();
    let settings = expect_context::<Settings>();
    let router = expect_context::<Router<AgencyRoute>>();
    let access = Memo::new(move |_| session.state.with(access));
    let screen = move || {
        // A change of language draws the screen anew.
        settings.language.track();
        match access.get() {
            Access::Waiting => view! { <WaitingPage /> }.into_any(),
            Access::SignInFirst => view! { <SignInPage /> }.into_any(),
            Access::Granted { .. } => page(router.route.get()),
        }
    };
    let is_expired = Memo::new(move |_| session.state.with(|state| matches!(state, SessionState::Expired(_))));
    view! {
        <main class="desk">{screen}</main>
        <Show when=move || is_expired.get()>
            <SignInAgain />
        </Show>
    }
}

/// Whether a page may be drawn now. A page stays while its officer's session has expired, with all that was written on
/// it; for another officer it is drawn anew.
#[derive(Clone, PartialEq)]
enum Access {
    /// The server has not said yet who is signed in.
    Waiting,
    SignInFirst,
    Granted {
        officer_name: String,
    },
}

fn access(state: &SessionState) -> Access {
    match state {
        SessionState::Unknown => Access::Waiting,
        SessionState::SignedOut => Access::SignInFirst,
        SessionState::SignedIn(officer) | SessionState::Expired(officer) => {
            Access::Granted { officer_name: officer.name.clone() }
        }
    }
}

fn page(route: AgencyRoute) -> AnyView {
    match route {
        AgencyRoute::Queue(filter) => view! { <QueuePage filter /> }.into_any(),
        AgencyRoute::Task { reference, item } => view! { <TaskPage reference item /> }.into_any(),
        AgencyRoute::Lookup { reference } => view! { <LookupPage reference /> }.into_any(),
        AgencyRoute::Grievances => view! { <GrievancesPage /> }.into_any(),
        AgencyRoute::Grievance { number } => view! { <GrievancePage number /> }.into_any(),
        AgencyRoute::NotFound => view! { <NotFoundPage /> }.into_any(),
    }
}

/// What was written stays, and the officer signs in above it.
#[component]
fn SignInAgain() -> impl IntoView {
    let session = expect_context::<OfficerSession>();
    view! {
        <Sheet title=tr("请再登录一次", "Please sign in again") on_close=move |()| session.leave()>
            <p>
                {tr(
                    "离开久了，为了安全需要重新登录。写好的都还在。",
                    "You were away for a while, so please sign in again. What you wrote is still here.",
                )}
            </p>
            <SignInForm />
        </Sheet>
    }
}
