//! Everything that is typed. What stands in the answers is the standard spelling; the input keeps what the person typed
//! until it is left.

use crate::ui::dom::View;
use markup::view;
use serde_json::Value;
use signals::{Callback, Effect, RwSignal, Signal};

use super::Slot;
use crate::ui::input::{Input, Typing};

/// Which keyboard fits.
#[derive(Clone, Copy)]
pub(super) enum Keyboard {
    Text,
    Name,
    Digits,
    Decimal,
    Phone,
    /// Digits and capital letters: no number pad has an X.
    Code,
}

#[derive(Clone, Copy)]
pub(super) enum Lines {
    One,
    Many { max_chars: usize },
}

pub(super) fn view(slot: &Slot, keyboard: Keyboard, lines: Lines, unit: Option<String>) -> View {
    let (mode, autocomplete) = match keyboard {
        Keyboard::Text | Keyboard::Code => ("text", "off"),
        Keyboard::Name => ("text", "name"),
        Keyboard::Digits => ("numeric", "off"),
        Keyboard::Decimal => ("decimal", "off"),
        Keyboard::Phone => ("tel", "tel-national"),
    };
    let lines = if let Lines::Many { max_chars } = lines { Some(max_chars) } else { None };
    let typing = Typing { id: slot.id(), name: slot.name(), mode, autocomplete, unit: unit.unwrap_or_default(), lines };
    let typed = Typed::of(slot);
    let (of_error, of_lock) = (slot.clone(), slot.clone());
    view! {
        <Input
            typing value=typed.raw invalid=Signal::derive(move || of_error.shown_error(true).is_some())
            readonly=Signal::derive(move || super::lookup::is_locked(&of_lock)) on_type=typed.on_type on_leave=typed.on_leave
        />
    }
}

/// What was typed letter by letter, beside the answer that it means.
pub(super) struct Typed {
    pub(super) raw: Signal<String>,
    pub(super) on_type: Callback<String>,
    pub(super) on_leave: Callback<()>,
}

impl Typed {
    pub(super) fn of(slot: &Slot) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let raw = RwSignal::new(text(&slot.value_now()));
        let kind = slot.field.kind.kind();
        // A register or another phone may change the answer under our hands.
        let watched = slot.clone();
        Effect::later(move || {
            let answer = text(&watched.value());
            if kind.read(&raw.read_untracked()) != answer {
                raw.set(answer);
            }
        });
        let (of_type, of_leave) = (slot.clone(), slot.clone());
        let on_type = Callback::new(move |typed: String| {
            let answer = kind.read(&typed);
            raw.set(typed);
            of_type.set(if answer.is_empty() { Value::Null } else { answer.into() });
        });
        let on_leave = Callback::new(move |()| {
            raw.set(text(&of_leave.value_now()));
            // An empty field that was only passed by is not an error yet.
            if !raw.read_untracked().is_empty() {
                of_leave.touch();
            }
        });
        Self { raw: raw.into(), on_type, on_leave }
    }
}
