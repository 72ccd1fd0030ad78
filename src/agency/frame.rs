//! The frame of every screen: who is signed in, how it looks, and the way back to the queue.

use leptos::prelude::*;

use super::office::Office;
use super::paths::{AgencyRoute, QueueFilter};
use super::session::OfficerSession;
use crate::i18n::{tr, tr_text};
use crate::settings::Settings;
use crate::ui::notice::{Empty, Skeleton};

/// A screen below the head.
#[component]
pub(super) fn Frame(children: Children) -> impl IntoView {
    view! {
        <Head />
        <div class="desk-body">{children()}</div>
    }
}

#[component]
pub(super) fn Head() -> impl IntoView {
    let session = expect_context::<OfficerSession>();
    // Pages of the server: everybody's, and those of the agency for whoever is signed in.
    let figures = move || if session.officer().is_some() { "/figures/agency" } else { "/figures" };
    view! {
        <header class="desk-head">
            <a class="desk-brand" href=AgencyRoute::Queue(QueueFilter::default()).url()>
                {tr("一件事 · 办理台", "One thing · officers")}
            </a>
            <a class="desk-switch" href=AgencyRoute::Lookup { reference: None }.url()>{tr("查办件", "Look up")}</a>
            <a class="desk-switch" href=AgencyRoute::Grievances.url()>{tr("办不成事", "Grievances")}</a>
            <a class="desk-switch" href=figures>{tr("数据", "Figures")}</a>
            <span class="desk-who"><OfficerName /></span>
            <span class="desk-switches">
                <Switches />
                {move || session.officer().map(|_| view! { <SignOutButton /> })}
            </span>
        </header>
    }
}

#[component]
fn OfficerName() -> impl IntoView {
    let session = expect_context::<OfficerSession>();
    let office = expect_context::<Office>();
    move || {
        session.officer().map(|officer| {
            let name = officer.office.as_ref().map_or_else(|| office.name(), tr_text);
            let agency = format!("{name} · {}", office.division_name(&officer.division));
            view! { <strong data-officer="true">{officer.name}</strong><span>{agency}</span> }
        })
    }
}

/// Language, large type and dark colours.
#[component]
fn Switches() -> impl IntoView {
    let settings = expect_context::<Settings>();
    view! {
        <button type="button" class="desk-switch" data-language="true" on:click=move |_| settings.toggle_language()>
            {tr("English", "中文")}
        </button>
        <button
            type="button"
            class="desk-switch"
            aria-pressed=move || settings.care.get().to_string()
            on:click=move |_| settings.toggle_care()
        >
            {tr("大字", "Large")}
        </button>
        <button
            type="button"
            class="desk-switch"
            aria-pressed=move || settings.dark.get().to_string()
            on:click=move |_| settings.toggle_dark()
        >
            {tr("深色", "Dark")}
        </button>
    }
}

#[component]
fn SignOutButton() -> impl IntoView {
    let session = expect_context::<OfficerSession>();
    view! {
        <button type="button" class="desk-switch" data-sign-out="true" on:click=move |_| session.sign_out()>
            {tr("退出", "Sign out")}
        </button>
    }
}

/// What stands until the server has said who is signed in.
#[component]
pub(super) fn WaitingPage() -> impl IntoView {
    view! { <Frame><Skeleton heights=&[64, 320] /></Frame> }
}

#[component]
pub(super) fn NotFoundPage() -> impl IntoView {
    let message =
        tr("网址可能抄错了。要办的都在办件列表里。", "The address may be mistyped. Everything to do is in the queue.");
    view! {
        <Frame>
            <h1>{tr("没有这一页", "There is no such page")}</h1>
            <Empty message><QueueLink label=tr("看办件列表", "To the queue") /></Empty>
        </Frame>
    }
}

/// The way to the queue from a screen on which there is nothing else to do.
#[component]
pub(super) fn QueueLink(label: &'static str) -> impl IntoView {
    view! { <a class="button" data-look="main" href=AgencyRoute::Queue(QueueFilter::default()).url()>{label}</a> }
}
