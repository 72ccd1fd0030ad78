//! One answer, several, or yes and no.

use contract::kinds::Choosable;
use leptos::prelude::*;
use serde_json::Value;

use crate::draft_session::BoundField;
use crate::i18n::{tr, tr_text};
use crate::ui::choice::{ChoiceCard, Choices};

#[component]
pub(super) fn ChoiceField(field: BoundField, options: &'static [Choosable]) -> impl IntoView {
    let cards = cards(options, &field);
    one_of(field, cards, false, text_in, Value::from)
}

#[component]
pub(super) fn PairField(field: BoundField, options: [(&'static str, &'static str); 2]) -> impl IntoView {
    one_of(field, options.map(short_card).into(), true, text_in, Value::from)
}

#[component]
pub(super) fn YesNoField(field: BoundField) -> impl IntoView {
    let cards = [("yes", tr("是", "Yes")), ("no", tr("否", "No"))].map(short_card).into();
    let read = |value: &Value| value.as_bool().map(|yes| if yes { "yes" } else { "no" }.to_owned());
    one_of(field, cards, true, read, |id| (id == "yes").into())
}

#[component]
pub(super) fn MultiChoiceField(field: BoundField, options: &'static [Choosable]) -> impl IntoView {
    let (id, name) = (field.id(), field.name());
    let cards = cards(options, &field);
    let value_of = field.clone();
    let chosen = Memo::new(move |_| texts_in(&value_of.value()));
    let choose = move |(id, is_chosen): (String, bool)| {
        let mut all = texts_in(&field.value_untracked());
        all.retain(|other| *other != id);
        all.extend(is_chosen.then_some(id));
        field.set(if all.is_empty() { Value::Null } else { all.into() });
        field.touch();
    };
    view! { <Choices id name cards several=true chosen on_choose=choose /> }
}

/// Cards of which one is chosen, and how its id stands in the answers.
fn one_of(
    field: BoundField,
    cards: Vec<ChoiceCard>,
    short: bool,
    read: fn(&Value) -> Option<String>,
    write: fn(String) -> Value,
) -> impl IntoView {
    let (id, name) = (field.id(), field.name());
    let value_of = field.clone();
    let chosen = Memo::new(move |_| read(&value_of.value()).into_iter().collect::<Vec<_>>());
    let choose = move |(id, _): (String, bool)| {
        field.set(write(id));
        field.touch();
    };
    view! { <Choices id name cards short chosen on_choose=choose /> }
}

fn cards(options: &[Choosable], field: &BoundField) -> Vec<ChoiceCard> {
    let answer = field.value_untracked();
    let card = |option: &Choosable| ChoiceCard {
        id: option.id.0.clone(),
        label: tr_text(&option.label),
        help: option.help.as_ref().map(tr_text).unwrap_or_default(),
    };
    options.iter().filter(|option| option.is_offered(&answer)).map(card).collect()
}

fn short_card((id, label): (&str, &str)) -> ChoiceCard {
    ChoiceCard { id: id.to_owned(), label: label.to_owned(), help: String::new() }
}

fn text_in(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn texts_in(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(text_in).collect()
}
