//! What stands until the server has said who is signed in.

use leptos::prelude::*;

use crate::ui::notice::Skeleton;

#[component]
pub(crate) fn WaitingPage() -> impl IntoView {
    view! {
        <div class="page">
            <div class="page-body">
                <Skeleton heights=&[64, 160, 160] />
            </div>
        </div>
    }
}
