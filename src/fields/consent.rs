//! A text to read and agree to. The whole text stands there; nothing is ticked beforehand.

use contract::id::ConsentId;
use leptos::prelude::*;
use serde_json::{Value, json};

use crate::draft_session::BoundField;
use crate::i18n::{tr, tr_text};
use crate::ui::choice::{ChoiceCard, Choices};

#[component]
pub(super) fn ConsentField(field: BoundField, consent: &'static ConsentId) -> impl IntoView {
    let consent = field.session.service.consent(consent)?;
    let version = consent.version;
    let (id, name) = (field.id(), field.name());
    let (value_of, chosen_of) = (field.clone(), field.clone());
    let chosen = Memo::new(move |_| match accepted_in(&value_of.value()) {
        Some(true) => vec!["yes".to_owned()],
        _ => Vec::new(),
    });
    let choose = move |(_, is_accepted): (String, bool)| {
        chosen_of.set(if is_accepted { consent_value(true, version) } else { Value::Null });
        chosen_of.touch();
    };
    let label = tr("我已阅读并同意", "I have read this and agree").to_owned();
    let cards = vec![ChoiceCard { id: "yes".to_owned(), label, help: String::new() }];
    let refusal = can_be_refused(&field).then(|| refusal(field, version));
    Some(view! {
        <div class="consent-body" tabindex="0" role="region" aria-label=tr_text(&consent.title)>
            {tr_text(&consent.body)}
        </div>
        <Choices id name cards several=true chosen on_choose=choose />
        {refusal}
    })
}

/// A gate of the service asks for it: whoever refuses is led to the window, not held up.
fn can_be_refused(field: &BoundField) -> bool {
    let service = field.session.service;
    service.gates.iter().any(|gate| {
        let mut paths = Vec::new();
        gate.stops_when.fields(service, &mut paths);
        paths.contains(&&*field.definition.id.0)
    })
}

fn refusal(field: BoundField, version: u32) -> impl IntoView {
    let value_of = field.clone();
    let is_refused = Memo::new(move |_| accepted_in(&value_of.value()) == Some(false));
    let label = move || match is_refused.get() {
        true => tr(
            "您选了不同意。点“下一步”，告诉您到哪里办。",
            "You do not agree. Press “Next” to see where this can be done.",
        ),
        false => tr("我不同意", "I do not agree"),
    };
    view! {
        <button
            type="button"
            class="link"
            data-refuse="true"
            aria-pressed=move || is_refused.get().to_string()
            on:click=move |_| field.set(consent_value(false, version))
        >
            {label}
        </button>
    }
}

fn accepted_in(value: &Value) -> Option<bool> {
    value.get("accepted").and_then(Value::as_bool)
}

fn consent_value(is_accepted: bool, version: u32) -> Value {
    json!({ "accepted": is_accepted, "version": version })
}
