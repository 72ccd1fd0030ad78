//! A newborn's name, with a word about rare characters: they are right even where a phone cannot draw them.

use contract::kinds::NewbornName;
use leptos::prelude::*;

use super::text::{Keyboard, TextField};
use crate::draft_session::BoundField;
use crate::i18n::tr;

#[component]
pub(super) fn NewbornNameField(field: BoundField) -> impl IntoView {
    let value_of = field.clone();
    let rare_characters =
        Memo::new(move |_| NewbornName::rare(value_of.value().as_str().unwrap_or_default()).collect::<String>());
    let note = move || {
        let rare = rare_characters.get();
        let message = tr(
            "是规范字，可以用。有的手机显示不出来，不影响办理。",
            "is a standard character. Some phones cannot show it, the papers will.",
        );
        (!rare.is_empty()).then(|| view! { <p class="control-note" role="status">{format!("“{rare}” {message}")}</p> })
    };
    view! {
        <TextField field keyboard=Keyboard::Text />
        {note}
    }
}
