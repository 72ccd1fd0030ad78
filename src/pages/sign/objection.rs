//! Not signing, with the reason for the applicant.

use contract::api::Objection;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::SignatureInvitation;
use crate::browser;
use crate::i18n::tr;
use crate::ui::control::{Control, ControlText};
use crate::ui::input::{Input, Typing};
use crate::unsaved_input::report_unsaved_input;

const LONGEST_REASON: usize = 500;

#[component]
pub(super) fn ObjectionForm(invitation: SignatureInvitation) -> impl IntoView {
    let is_open = RwSignal::new(false);
    move || match is_open.get() {
        true => view! { <Reason invitation /> }.into_any(),
        false => view! {
            <button type="button" class="link" data-object="open" on:click=move |_| is_open.set(true)>
                {tr("内容不对，或者不同意？", "Something wrong, or you do not agree?")}
            </button>
        }
        .into_any(),
    }
}

#[component]
fn Reason(invitation: SignatureInvitation) -> impl IntoView {
    let (reason, error, is_busy) = (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(false));
    report_unsaved_input(move || reason.with(|reason| !reason.is_empty()));
    request_animation_frame(|| browser::focus("#reason"));
    let send = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let objection = Objection { reason: reason.get_untracked() };
        spawn_local(async move {
            match invitation.api.object(&invitation.request.get_value(), &objection).await {
                Ok(view) => invitation.show(view),
                Err(failure) => {
                    let told = failure.problem.as_ref().and_then(|problem| problem.errors.first());
                    error.try_set(told.map_or_else(|| failure.message(), |told| told.message.clone()));
                }
            }
            is_busy.try_set(false);
        });
    };
    let text = ControlText {
        id: "reason".to_owned(),
        label: tr("哪里不对", "What is not right").to_owned(),
        help: tr("会原样转告申请人", "The applicant reads this as you write it").to_owned(),
        ..ControlText::default()
    };
    let typing = Typing {
        id: "reason".to_owned(),
        name: "reason".to_owned(),
        mode: "text",
        autocomplete: "off",
        max_chars: Some(LONGEST_REASON),
        ..Typing::default()
    };
    let invalid = Signal::derive(move || error.with(|error| !error.is_empty()));
    view! {
        <section class="card">
            <Control text error field="reason" row=None kind="long-text">
                <Input typing value=reason invalid on_type=move |typed| reason.set(typed) />
            </Control>
            <button
                type="button"
                class="button"
                data-look="danger"
                data-object="send"
                aria-busy=move || is_busy.get().to_string()
                on:click=send
            >
                {tr("不签，告诉申请人", "Do not sign, tell the applicant")}
            </button>
        </section>
    }
}
