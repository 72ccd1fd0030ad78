//! One answer, several, or yes and no.

use crate::ui::dom::View;
use contract::kinds::Choosable;
use markup::view;
use serde_json::Value;
use signals::Signal;

use super::Slot;
use crate::ui::choice::{ChoiceCard, Choices};
use crate::words::{say, t};

pub(super) fn one(slot: &Slot, options: &[Choosable]) -> View {
    cards(slot, options.iter().map(card).collect(), false, text_of, Value::from)
}

pub(super) fn pair(slot: &Slot, options: [(&str, &str); 2]) -> View {
    let cards_of =
        options.map(|(id, label)| ChoiceCard { id: id.to_owned(), label: label.to_owned(), help: String::new() });
    cards(slot, cards_of.into(), true, text_of, Value::from)
}

pub(super) fn yes_no(slot: &Slot) -> View {
    let card = |id: &str, label: &str| ChoiceCard { id: id.to_owned(), label: label.to_owned(), help: String::new() };
    let both = vec![card("yes", t("是", "Yes")), card("no", t("否", "No"))];
    let read = |value: &Value| value.as_bool().map(|yes| if yes { "yes" } else { "no" }.to_owned());
    cards(slot, both, true, read, |id| (id == "yes").into())
}

pub(super) fn several(slot: &Slot, options: &[Choosable]) -> View {
    let (of_value, of_set) = (slot.clone(), slot.clone());
    let chosen = Signal::derive(move || chosen_of(&of_value.value()));
    let choose = move |(id, on): (String, bool)| {
        let mut all = chosen_of(&of_set.value_now());
        all.retain(|other| *other != id);
        all.extend(on.then_some(id));
        of_set.set(if all.is_empty() { Value::Null } else { all.into() });
        of_set.touch();
    };
    let cards: Vec<_> = options.iter().map(card).collect();
    view! { <Choices id=slot.id() name=slot.name() cards several=true chosen on_choose=choose /> }
}

fn cards(
    slot: &Slot,
    cards: Vec<ChoiceCard>,
    short: bool,
    read: fn(&Value) -> Option<String>,
    write: fn(String) -> Value,
) -> View {
    let (of_value, of_set) = (slot.clone(), slot.clone());
    let chosen = Signal::derive(move || read(&of_value.value()).into_iter().collect::<Vec<_>>());
    let choose = move |(id, _): (String, bool)| {
        of_set.set(write(id));
        of_set.touch();
    };
    view! { <Choices id=slot.id() name=slot.name() cards short chosen on_choose=choose /> }
}

fn card(option: &Choosable) -> ChoiceCard {
    ChoiceCard {
        id: option.id.0.clone(),
        label: say(&option.label),
        help: option.help.as_ref().map(say).unwrap_or_default(),
    }
}

fn text_of(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn chosen_of(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
