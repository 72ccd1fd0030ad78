//! The resident's app: one guided form, one set of materials and one board of results instead of a round of offices.
//! This program finds a service, fills in its form and sends it; `following.rs` is the one that shows what became of it.

mod api;
mod app;
mod browser;
mod desk;
mod fields;
mod navigation;
#[expect(dead_code, reason = "the other program draws the rest")]
mod pages;
mod paths;
mod session;
mod settings;
mod ui;
mod uploads;
mod words;

use pages::{draft, drafts, exit, home, not_found, receipt, review, service, sign_in, step};
use paths::Route;
use ui::dom::View;

/// Small: a page allocates little, and every byte of the program travels to the phone.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    app::start(|route| !route.is_followed(), page);
}

fn page(route: Route) -> View {
    match route {
        Route::Home => home::view(),
        Route::Service { service } => service::view(service),
        Route::SignIn { next } => sign_in::view(next),
        Route::Drafts => drafts::view(),
        Route::Step { draft, step, from_review } => {
            draft::with_desk(draft, move |desk| step::view(desk, step.clone(), from_review))
        }
        Route::Exit { draft } => draft::with_desk(draft, exit::view),
        Route::Review { draft } => draft::with_desk(draft, review::view),
        Route::Receipt { reference } => receipt::view(reference),
        Route::Cases | Route::Case { .. } | Route::Certificates | Route::Grievance { .. } | Route::NotFound => {
            not_found::view()
        }
    }
}
