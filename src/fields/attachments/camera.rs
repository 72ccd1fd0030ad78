//! The camera takes the whole memory of a cheap phone, and the page may be closed for it. Everything is on the disk
//! before, and the place is remembered, so that the same question stands there again.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::draft_session::BoundField;
use crate::i18n::tr;
use crate::local_store::LocalStore;

/// The resident opens the camera or the album for a field.
pub(super) fn opens(store: LocalStore, field: &BoundField) {
    store.open_camera(&field.lasting_place());
    let session = field.session;
    spawn_local(async move {
        session.make_durable().await;
    });
}

/// One line where the page was closed with the camera open.
#[component]
pub(super) fn LostPageNotice(place: String) -> impl IntoView {
    let store = expect_context::<LocalStore>();
    let is_here = move || store.lost_page.with(|lost| lost.as_ref().is_some_and(|lost| lost.place == place));
    let notice = || {
        let message = tr(
            "刚才开相机时，手机关掉了这个页面。填的都在，请再拍一次。",
            "The phone closed this page while the camera was open. Everything is kept, please take the photo again.",
        );
        view! { <p class="notice" data-look="warn" role="status">{message}</p> }
    };
    move || is_here().then(notice)
}
