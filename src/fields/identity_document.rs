//! A document other than the resident identity card: which one, if there is a choice, and its number.

use contract::kinds::{Document, IdentityDocument};
use leptos::prelude::*;
use serde_json::{Value, json};

use crate::draft_session::BoundField;
use crate::i18n;
use crate::ui::choice::{ChoiceCard, Choices};
use crate::ui::input::{Input, Typing};

#[component]
pub(super) fn IdentityDocumentField(field: BoundField, settings: &'static IdentityDocument) -> impl IntoView {
    let typing = Typing { id: field.id(), name: field.name(), mode: "text", autocomplete: "off", ..Typing::default() };
    let raw = RwSignal::new(part(&field.value_untracked(), "number"));
    let (typed_field, left_field, invalid_of) = (field.clone(), field.clone(), field.clone());
    let on_type = move |typed: String| {
        let number = typed_field.definition.kind.kind().read(&typed);
        raw.set(typed);
        let document = document_in(&typed_field.value_untracked(), settings);
        set(&typed_field, &document, &number);
    };
    let on_leave = move |()| {
        raw.set(part(&left_field.value_untracked(), "number"));
        if !raw.with_untracked(String::is_empty) {
            left_field.touch();
        }
    };
    let invalid = Signal::derive(move || invalid_of.is_invalid());
    // One document alone is not asked for.
    let choice = (settings.documents.len() > 1).then(|| document_choice(field, settings));
    view! {
        {choice}
        <Input typing value=raw invalid on_type on_leave />
    }
}

fn document_choice(field: BoundField, settings: &'static IdentityDocument) -> impl IntoView {
    let (id, name) = (format!("{}-document", field.id()), format!("{}.document", field.name()));
    let card = |document: &Document| ChoiceCard {
        id: document.word().to_owned(),
        label: document.name(i18n::language()).to_owned(),
        help: String::new(),
    };
    let cards: Vec<_> = settings.documents.iter().map(card).collect();
    let value_of = field.clone();
    let chosen = Memo::new(move |_| vec![document_in(&value_of.value(), settings)]);
    let choose = move |(document, _): (String, bool)| {
        let number = part(&field.value_untracked(), "number");
        set(&field, &document, &number);
    };
    view! { <div class="control-part"><Choices id name cards chosen on_choose=choose /></div> }
}

fn set(field: &BoundField, document: &str, number: &str) {
    let is_empty = document.is_empty() && number.is_empty();
    field.set(if is_empty { Value::Null } else { json!({ "document": document, "number": number }) });
}

fn part(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The chosen document, or the only one.
fn document_in(value: &Value, settings: &IdentityDocument) -> String {
    match (part(value, "document"), &*settings.documents) {
        (none, [only]) if none.is_empty() => only.word().to_owned(),
        (chosen, _) => chosen,
    }
}
