//! SMS that do not go out, told to the desk: somebody has to ask the gateway.

use contract::api::OutboxView;
use contract::grievance::DESK;
use markup::view;
use signals::RwSignal;
use wasm_bindgen_futures::spawn_local;

use crate::agency::api;
use crate::agency::session::session;
use crate::ui::dom::View;
use crate::ui::live::shows;
use crate::words::{t, time_of};

/// Nothing where all went out, and for other offices.
pub(super) fn view() -> View {
    if session().read().officer().is_none_or(|officer| *officer.agency != *DESK) {
        return View::none();
    }
    let outbox = RwSignal::new(None::<OutboxView>);
    spawn_local(async move { outbox.set(api::outbox().await.ok()) });
    shows(move || outbox.get().filter(|outbox| outbox.failing > 0).map(|outbox| stuck(&outbox)))
}

fn stuck(outbox: &OutboxView) -> View {
    let since = outbox.oldest_at.as_deref().map(time_of).unwrap_or_default();
    let title = format!("{}{}", outbox.waiting, t(" 条短信还没有发出去", " SMS have not gone out"));
    view! {
        <div class="notice" data-look="warn" data-outbox=outbox.waiting.to_string()>
            <p class="notice-title">{title}</p>
            <p>{format!("{} {since}", t("最早的一条等到现在，写于", "The oldest waits since"))}</p>
            <p>{t("系统会一直重试。请问一问短信平台；急的，请打电话告诉群众。", "They are tried again all the time. Ask the SMS gateway; what is urgent, tell people by phone.")}</p>
        </div>
    }
}
