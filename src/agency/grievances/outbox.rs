//! SMS that do not go out, shown to the grievance desk: its officers have to ask the gateway.

use contract::api::OutboxView;
use contract::grievance::GRIEVANCE_DESK;
use leptos::prelude::*;

use crate::agency::api::AgencyApi;
use crate::agency::session::OfficerSession;
use crate::i18n::{format_time, tr};

/// Nothing where all went out, and for other offices.
#[component]
pub(super) fn OutboxNotice() -> impl IntoView {
    let api = expect_context::<AgencyApi>();
    let officer = untrack(|| expect_context::<OfficerSession>().officer());
    let is_grievance_desk = officer.is_some_and(|officer| *officer.agency == *GRIEVANCE_DESK);
    is_grievance_desk.then(|| {
        let outbox = LocalResource::new(move || api.outbox());
        move || outbox.get().and_then(Result::ok).filter(|outbox| outbox.failing > 0).map(notice)
    })
}

fn notice(outbox: OutboxView) -> impl IntoView {
    let since = outbox.oldest_at.as_deref().map(format_time).unwrap_or_default();
    let title = format!("{}{}", outbox.waiting, tr(" 条短信还没有发出去", " SMS have not gone out"));
    view! {
        <div class="notice" data-look="warn" data-outbox=outbox.waiting.to_string()>
            <p class="notice-title">{title}</p>
            <p>{format!("{} {since}", tr("最早的一条等到现在，写于", "The oldest waits since"))}</p>
            <p>
                {tr(
                    "系统会一直重试。请问一问短信平台；急的，请打电话告诉群众。",
                    "They are tried again all the time. Ask the SMS gateway; what is urgent, tell people by phone.",
                )}
            </p>
        </div>
    }
}
