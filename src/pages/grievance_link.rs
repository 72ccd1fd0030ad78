//! The way to 办不成事 from wherever something went wrong: it carries where that was, and what is known of it.

use leptos::prelude::*;

use crate::i18n::tr;
use crate::navigation::Router;
use crate::paths::Route;

/// The address of the page where a resident reports what could not be done; not tracked.
pub(crate) fn grievance_url(router: Router<Route>, about: String) -> String {
    Route::Grievance { at: router.route.with_untracked(Route::url), about }.url()
}

/// Beside what went wrong, and below every question.
#[component]
pub(crate) fn GrievanceLink(
    /// What happened, as far as the app knows.
    #[prop(into, optional)]
    about: String,
) -> impl IntoView {
    let url = grievance_url(expect_context(), about);
    view! { <p class="tell"><a class="link" href=url>{tr("办不成？向我们反映", "Stuck? Report a problem")}</a></p> }
}

/// The same as a row of its own.
#[component]
pub(crate) fn GrievanceRow(
    label: &'static str,
    /// What happened, as far as the app knows.
    #[prop(into, optional)]
    about: String,
) -> impl IntoView {
    let url = grievance_url(expect_context(), about);
    view! {
        <nav class="card">
            <a class="row" data-look="blossom" href=url>
                <span class="row-start">{label}</span>
                <span class="row-end">{tr("工作时间当天联系您", "Same-day call in office hours")}</span>
            </a>
        </nav>
    }
}
