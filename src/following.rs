//! The resident's app, what became of it: cases with their progress, results, ratings, certificates, and 办不成事. A program
//! of its own on the same page, so that filling in a form does not wait for it (ADR 0020).

mod api;
mod app;
mod browser;
mod desk;
mod fields;
mod navigation;
#[expect(dead_code, reason = "the other program uses the rest")]
mod pages;
mod paths;
mod session;
mod settings;
mod ui;
mod uploads;
mod words;

use pages::{case, cases, certificates, grievance, not_found};
use paths::Route;
use ui::dom::View;

/// Small: a page allocates little, and every byte of the program travels to the phone.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    app::start(Route::is_followed, page);
}

fn page(route: Route) -> View {
    match route {
        Route::Cases => cases::view(),
        Route::Case { reference } => case::view(reference),
        Route::Certificates => certificates::view(),
        Route::Grievance { at, about } => grievance::view(at, about),
        _ => not_found::view(),
    }
}
