//! A document other than the resident identity card: which one, if there is a choice, and its number.

use crate::ui::dom::View;
use contract::json::table;
use contract::kinds::{Document, IdentityDocument};
use markup::view;
use serde_json::Value;
use signals::{Callback, RwSignal, Signal};

use super::Slot;
use crate::settings;
use crate::ui::choice::{ChoiceCard, Choices};
use crate::ui::input::{Input, Typing};

pub(super) fn view(slot: &Slot, settings: &'static IdentityDocument) -> View {
    let raw = RwSignal::new(part(&slot.value_now(), "number"));
    let (of_type, of_leave, of_error) = (slot.clone(), slot.clone(), slot.clone());
    let on_type = Callback::new(move |typed: String| {
        let number = of_type.field.kind.kind().read(&typed);
        raw.set(typed);
        let chosen = document(&of_type.value_now(), settings);
        set(&of_type, &chosen, &number);
    });
    let on_leave = Callback::new(move |()| {
        raw.set(part(&of_leave.value_now(), "number"));
        if !raw.read_untracked().is_empty() {
            of_leave.touch();
        }
    });
    let typing = Typing { id: slot.id(), name: slot.name(), mode: "text", autocomplete: "off", ..Typing::default() };
    view! {
        {choice(slot, settings)}
        <Input typing value=raw invalid=Signal::derive(move || of_error.shown_error(true).is_some()) on_type on_leave />
    }
}

/// Cards to choose the document; one alone is not asked for.
fn choice(slot: &Slot, settings: &'static IdentityDocument) -> View {
    if settings.documents.len() < 2 {
        return View::none();
    }
    let (of_value, of_set) = (slot.clone(), slot.clone());
    let chosen = Signal::derive(move || vec![document(&of_value.value(), settings)]);
    let choose = move |(id, _): (String, bool)| set(&of_set, &id, &part(&of_set.value_now(), "number"));
    let card = |document: &Document| ChoiceCard {
        id: document.word().to_owned(),
        label: document.name(settings::language().get_untracked()).to_owned(),
        help: String::new(),
    };
    let cards: Vec<_> = settings.documents.iter().map(card).collect();
    let name = format!("{}.document", slot.name());
    view! { <div class="control-part"><Choices id=format!("{}-document", slot.id()) name cards chosen on_choose=choose /></div> }
}

fn set(slot: &Slot, document: &str, number: &str) {
    let nothing = document.is_empty() && number.is_empty();
    let value = table([("document", document.into()), ("number", number.into())]);
    slot.set(if nothing { Value::Null } else { value });
}

fn part(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The document chosen, or the only one.
fn document(value: &Value, settings: &IdentityDocument) -> String {
    let only = || settings.documents.first().filter(|_| settings.documents.len() == 1).map(|one| one.word().to_owned());
    let chosen = part(value, "document");
    if chosen.is_empty() { only().unwrap_or_default() } else { chosen }
}
