//! The camera takes the whole memory of a cheap phone, and the page may be closed for it. Everything is on the disk before,
//! and the place is remembered, so that the same question stands there again.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

use crate::draft_session::BoundField;
use crate::i18n::tr;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["yijianshi", "journal"])]
    fn leave(place: &str);
    #[wasm_bindgen(js_namespace = ["yijianshi", "journal"], js_name = comeBack)]
    fn come_back();
    #[wasm_bindgen(js_namespace = yijianshi, thread_local_v2, js_name = lost)]
    static LOST: js_sys::Promise;
}

/// The resident opens the camera or the album for a field.
pub(super) fn opens(field: &BoundField) {
    leave(&field.lasting_place());
    let session = field.session;
    spawn_local(async move {
        session.make_durable().await;
    });
}

/// The resident has chosen pictures.
pub(super) fn came_back() {
    come_back();
}

/// One line where the page was closed with the camera open.
#[component]
pub(super) fn LostPageNotice(place: String) -> impl IntoView {
    let is_here = RwSignal::new(false);
    spawn_local(async move {
        let lost_place = JsFuture::from(LOST.with(Clone::clone)).await;
        let is_lost_here = lost_place.is_ok_and(|lost_place| lost_place.as_string().as_ref() == Some(&place));
        is_here.try_set(is_lost_here);
    });
    let notice = || {
        let message = tr(
            "刚才开相机时，手机关掉了这个页面。填的都在，请再拍一次。",
            "The phone closed this page while the camera was open. Everything is kept, please take the photo again.",
        );
        view! { <p class="notice" data-look="warn" role="status">{message}</p> }
    };
    move || is_here.get().then(notice)
}
