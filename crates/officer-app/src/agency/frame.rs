//! The frame of every screen: who is at the desk, how it looks, and the way back to the queue.

use markup::view;

use super::office::office;
use super::session::{self, session};
use crate::paths::{Filter, Route};
use crate::settings;
use crate::ui::dom::View;
use crate::ui::live::{live, on, shows};
use crate::ui::notice::{Empty, Skeleton};
use crate::words::{say, t};

/// A screen under the head.
pub(super) fn frame(body: View) -> View {
    view! {
        {head()}
        <div class="desk-body">{body}</div>
    }
}

pub(super) fn head() -> View {
    // Pages of the server: everybody's, and for who is signed in those of the agency.
    let figures = live(|| if session().read().officer().is_some() { "/figures/agency" } else { "/figures" });
    view! {
        <header class="desk-head">
            <a class="desk-brand" href=Route::Queue(Filter::default()).url()>{t("一件事 · 办理台", "One thing · officers")}</a>
            <a class="desk-switch" href=Route::Grievances.url()>{t("办不成事", "Grievances")}</a>
            <a class="desk-switch" href=figures>{t("数据", "Figures")}</a>
            <span class="desk-who">{shows(who)}</span>
            <span class="desk-switches">
                <button type="button" class="desk-switch" data-language="true" on:click=on(|_| settings::toggle_language())>{t("English", "中文")}</button>
                <button type="button" class="desk-switch" aria-pressed=live(|| settings::care().get().to_string()) on:click=on(|_| settings::toggle_care())>{t("大字", "Large")}</button>
                <button type="button" class="desk-switch" aria-pressed=live(|| settings::dark().get().to_string()) on:click=on(|_| settings::toggle_dark())>{t("深色", "Dark")}</button>
                {shows(sign_out)}
            </span>
        </header>
    }
}

fn who() -> Option<View> {
    let session = session().read();
    let officer = session.officer()?;
    let office = office().read();
    let agency = format!("{} · {}", say(&office.name), office.place(&officer.division));
    Some(view! { <strong data-officer="true">{officer.name.clone()}</strong><span>{agency}</span> })
}

fn sign_out() -> Option<View> {
    session().read().officer()?;
    Some(
        view! { <button type="button" class="desk-switch" data-sign-out="true" on:click=on(|_| session::sign_out())>{t("退出", "Sign out")}</button> },
    )
}

pub(super) fn waiting() -> View {
    frame(view! { <Skeleton heights=&[64, 320] /> })
}

pub(super) fn not_found() -> View {
    frame(view! {
        <h1>{t("没有这一页", "There is no such page")}</h1>
        <Empty says=t("网址可能抄错了。要办的都在办件列表里。", "The address may be mistyped. Everything to do is in the queue.")>
            <a class="button" data-look="main" href=Route::Queue(Filter::default()).url()>{t("看办件列表", "To the queue")}</a>
        </Empty>
    })
}
