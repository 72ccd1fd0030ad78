//! What all screens of an open draft share: fetching it, and the mark that says whether it is saved.

use crate::ui::dom::View;
use markup::view;
use signals::{Callback, RwSignal};
use wasm_bindgen_futures::spawn_local;

use super::not_found::missing;
use crate::api::ApiError;
use crate::desk::{Desk, Saving};
use crate::paths::Route;
use crate::ui::live::{live, shows};
use crate::ui::notice::{Failure, Skeleton};
use crate::ui::page::TopBar;
use crate::words::{clock_of, t};

/// Draws a screen of a draft, at once when it lies open already.
pub(crate) fn with_desk(draft: String, screen: impl Fn(Desk) -> View + 'static) -> View {
    if let Some(desk) = Desk::open_already(&draft) {
        return screen(desk);
    }
    opened(draft, Box::new(screen))
}

fn opened(draft: String, screen: Box<dyn Fn(Desk) -> View>) -> View {
    let found = RwSignal::new(None::<Result<Desk, ApiError>>);
    let start = move || {
        let draft = draft.clone();
        spawn_local(async move {
            let desk = Desk::open(&draft).await;
            found.set(Some(desk));
        });
    };
    start();
    let start = Callback::new(move |()| start());
    let body = move || match found.get() {
        Some(Ok(desk)) => screen(desk),
        Some(Err(error)) if error.status == 404 => frame(missing(
            t("这份填写不在了", "This form is not here any more"),
            t(
                "可能已经提交或删除，也可能是用别的手机号填的。",
                "It was sent or deleted, or filled in under another number.",
            ),
        )),
        Some(Err(error)) => frame(view! { <Failure says=error.says() on_again=start /> }),
        None => frame(view! { <Skeleton heights=&[64, 240, 160] /> }),
    };
    shows(body)
}

fn frame(body: View) -> View {
    view! {
        <div class="page">
            <TopBar title="" back=Route::Drafts.url() />
            <div class="page-body">{body}</div>
        </div>
    }
}

/// "已保存 10:32": only ever after the server said so.
pub(crate) fn saved_mark(desk: Desk) -> View {
    let state = live(move || if matches!(&*desk.saving.read(), Saving::Failed(_)) { "failed" } else { "fine" });
    let words = live(move || match &*desk.saving.read() {
        Saving::Saved(at) => format!("{} {}", t("已保存", "Saved"), clock_of(at)),
        Saving::Waiting | Saving::Busy => t("正在保存…", "Saving…").to_owned(),
        Saving::Failed(error) if error.is_offline() => {
            t("暂时连不上，稍后自动保存", "No connection, will be saved").to_owned()
        }
        Saving::Failed(_) => t("还没保存上", "Not saved yet").to_owned(),
    });
    view! { <span class="top-bar-note" role="status" data-state=state>{words}</span> }
}
