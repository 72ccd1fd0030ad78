//! The way to 办不成事 from wherever something went wrong: it carries where that was, and what is known of it.

use markup::view;

use crate::navigation;
use crate::paths::Route;
use crate::ui::dom::View;
use crate::words::t;

/// The address of the page where one tells it.
pub(crate) fn tell(about: String) -> String {
    Route::Grievance { at: navigation::route().get_untracked().url(), about }.url()
}

pub(crate) fn tell_row(label: &'static str, about: String) -> View {
    view! {
        <nav class="card">
            <a class="row" data-look="blossom" href=tell(about)>
                <span class="row-start">{label}</span>
                <span class="row-end">{t("今天就有人联系您", "Someone contacts you today")}</span>
            </a>
        </nav>
    }
}

/// Beside what went wrong, and below every question.
pub(crate) fn tell_link(about: String) -> View {
    view! { <p class="tell"><a class="link" href=tell(about)>{t("办不成？告诉我们", "Stuck? Tell us")}</a></p> }
}
