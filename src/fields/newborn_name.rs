//! A newborn's name, with a word about rare characters: they are right even where a phone cannot draw them.

use crate::ui::dom::View;
use contract::kinds::NewbornName;
use markup::view;

use super::Slot;
use super::text::{Keyboard, Lines, view as text};
use crate::ui::live::shows;
use crate::words::t;

pub(super) fn view(slot: &Slot) -> View {
    let of_note = slot.clone();
    let note = move || {
        let rare: String = NewbornName::rare(of_note.value().as_str().unwrap_or_default()).collect();
        (!rare.is_empty()).then(|| {
            let says = t(
                "是规范字，可以用。有的手机显示不出来，不影响办理。",
                "is a standard character. Some phones cannot show it, the papers will.",
            );
            view! { <p class="control-note" role="status">{format!("“{rare}” {says}")}</p> }
        })
    };
    view! {
        {text(slot, Keyboard::Text, Lines::One, None)}
        {shows(note)}
    }
}
