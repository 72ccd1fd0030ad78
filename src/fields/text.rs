//! Everything that is typed. What stands in the answers is the standard spelling; the input keeps what the person typed
//! until it is left.

use leptos::prelude::*;
use serde_json::Value;

use super::lookup;
use crate::draft_session::BoundField;
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

#[derive(Clone, Copy, Default)]
pub(super) enum TextLines {
    #[default]
    One,
    Many {
        max_chars: usize,
    },
}

#[component]
pub(super) fn TextField(
    field: BoundField,
    keyboard: Keyboard,
    #[prop(optional)] lines: TextLines,
    #[prop(optional)] unit: String,
) -> impl IntoView {
    let (mode, autocomplete) = match keyboard {
        Keyboard::Text | Keyboard::Code => ("text", "off"),
        Keyboard::Name => ("text", "name"),
        Keyboard::Digits => ("numeric", "off"),
        Keyboard::Decimal => ("decimal", "off"),
        Keyboard::Phone => ("tel", "tel-national"),
    };
    let max_chars = match lines {
        TextLines::One => None,
        TextLines::Many { max_chars } => Some(max_chars),
    };
    let typing = Typing { id: field.id(), name: field.name(), mode, autocomplete, unit, max_chars };
    let Typed { raw, on_type, on_leave } = Typed::of(&field);
    let error_of = field.clone();
    let invalid = Signal::derive(move || error_of.is_invalid());
    let readonly = Signal::derive(move || lookup::is_locked(&field));
    view! { <Input typing value=raw invalid readonly on_type on_leave /> }
}

/// What was typed letter by letter, beside the answer that it means.
pub(super) struct Typed {
    pub(super) raw: RwSignal<String>,
    pub(super) on_type: Callback<String>,
    pub(super) on_leave: Callback<()>,
}

impl Typed {
    pub(super) fn of(field: &BoundField) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let raw = RwSignal::new(text(&field.value_untracked()));
        let kind = field.definition.kind.kind();
        // A register or another phone may change the answer under our hands.
        let watched = field.clone();
        Effect::new(move || {
            let answer = text(&watched.value());
            if raw.with_untracked(|raw| kind.read(raw)) != answer {
                raw.set(answer);
            }
        });
        let (typed_field, left_field) = (field.clone(), field.clone());
        let on_type = Callback::new(move |typed: String| {
            let answer = kind.read(&typed);
            raw.set(typed);
            typed_field.set(if answer.is_empty() { Value::Null } else { answer.into() });
        });
        let on_leave = Callback::new(move |()| {
            raw.set(text(&left_field.value_untracked()));
            // An empty field that was only passed by is not an error yet.
            if !raw.with_untracked(String::is_empty) {
                left_field.touch();
            }
        });
        Self { raw, on_type, on_leave }
    }
}
