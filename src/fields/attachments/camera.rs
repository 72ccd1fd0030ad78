//! The camera takes the whole memory of a cheap phone, and the page may be closed for it. Everything is on the disk before,
//! and the place is remembered, so that the same question stands there again.

use markup::view;
use signals::{RwSignal, lasting};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::fields::Slot;
use crate::ui::dom::View;
use crate::ui::live::shows;
use crate::words::t;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["yijianshi", "journal"])]
    fn leave(place: &str);
    #[wasm_bindgen(js_namespace = ["yijianshi", "journal"], js_name = comeBack)]
    fn come_back();
    #[wasm_bindgen(js_namespace = yijianshi, thread_local_v2, js_name = lost)]
    static LOST: js_sys::Promise;
}

pub(super) fn opens(slot: &Slot) {
    leave(&slot.lasting_place());
    let desk = slot.desk;
    spawn_local(async move {
        desk.make_safe().await;
    });
}

/// Pictures were chosen.
pub(super) fn is_back() {
    come_back();
}

thread_local! {
    static PLACE: RwSignal<String> = lasting(|| {
        let place = RwSignal::new(String::new());
        spawn_local(async move {
            let lost = JsFuture::from(LOST.with(Clone::clone)).await;
            place.set(lost.ok().and_then(|lost| lost.as_string()).unwrap_or_default());
        });
        place
    });
}

/// One line where the page was closed with the camera open.
pub(super) fn lost_here(place: &str) -> View {
    let (lost, place) = (PLACE.with(|lost| *lost), place.to_owned());
    let line = move || {
        view! { <p class="notice" data-look="warn" role="status">{t("刚才开相机时，手机关掉了这个页面。填的都在，请再拍一次。", "The phone closed this page while the camera was open. Everything is kept, please take the photo again.")}</p> }
    };
    shows(move || (*lost.read() == *place).then(line))
}
