//! An answer made from others: read-only, always in step with them.

use crate::ui::dom::View;
use markup::view;
use serde_json::Value;

use super::Slot;
use crate::settings;
use crate::ui::live::live;

pub(super) fn view(slot: &Slot) -> View {
    let of_value = slot.clone();
    let shown = live(move || {
        let journey = of_value.desk.journey.read();
        let value = match (&of_value.row, of_value.row_index()) {
            (Some((group, _)), Some(index)) => {
                journey.answers.rows(group).nth(index).and_then(|row| row.get(&*of_value.field.id)).cloned()
            }
            _ => Some(journey.answers.get(&of_value.field.id).clone()),
        };
        let text = of_value.field.kind.kind().show(&value.unwrap_or(Value::Null), settings::language().get_untracked());
        if text.is_empty() { "—".to_owned() } else { text }
    });
    view! { <output id=slot.id()>{shown}</output> }
}
