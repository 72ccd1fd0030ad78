//! What all screens of an open draft share: fetching it, and the mark that says whether it is saved.

use crate::ui::dom::View;
use markup::view;
use signals::{Callback, RwSignal};
use wasm_bindgen_futures::spawn_local;

use super::not_found::missing;
use super::tell::tell_link;
use crate::api::ApiError;
use crate::desk::{Desk, Saving, clash_sheet};
use crate::paths::Route;
use crate::ui::live::{live, shows};
use crate::ui::notice::{Failure, Skeleton};
use crate::ui::page::TopBar;
use crate::words::{clock_of, t};

/// Draws a screen of a draft, at once when it lies open already.
pub(crate) fn with_desk(draft: String, screen: impl Fn(Desk) -> View + 'static) -> View {
    let screen = move |desk| view! { {screen(desk)} {clash_sheet(desk)} };
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
        Some(Err(error)) => {
            frame(view! { <Failure says=error.says() on_again=start>{tell_link(error.says())}</Failure> })
        }
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

/// "已保存 10:32" only after the server said so, "已存在本机" only after the disk of this phone did.
pub(crate) fn saved_mark(desk: Desk) -> View {
    let is_lost = move || matches!(&*desk.saving.read(), Saving::Failed(_)) && !desk.kept.get();
    let state = live(move || if is_lost() { "failed" } else { "fine" });
    let words = live(move || {
        let kept = desk.kept.get();
        match &*desk.saving.read() {
            Saving::Saved(at) => format!("{} {}", t("已保存", "Saved"), clock_of(at)),
            _ if kept => t("已存在本机", "On this phone").to_owned(),
            Saving::Waiting | Saving::Busy => t("正在保存…", "Saving…").to_owned(),
            Saving::Failed(_) => t("还没存上，先别关页面", "Not saved, keep this page open").to_owned(),
        }
    });
    view! { <span class="top-bar-note" role="status" data-state=state>{words}</span> }
}
