//! A day, or a day with its time, typed in any common spelling or picked from the phone's own calendar.

use leptos::prelude::*;
use serde_json::Value;

use super::lookup::is_locked;
use super::text::Typed;
use crate::draft_session::BoundField;
use crate::i18n::tr;
use crate::ui::icon::{Icon, LineIcon};
use crate::ui::input::{Input, Typing};

/// Which calendar the phone shows.
#[derive(Clone, Copy)]
pub(super) enum Calendar {
    Day,
    DayAndTime,
}

#[component]
pub(super) fn DateField(field: BoundField, calendar: Calendar) -> impl IntoView {
    let typing = Typing { id: field.id(), name: field.name(), mode: "text", autocomplete: "off", ..Typing::default() };
    let Typed { raw, on_type, on_leave } = Typed::of(&field);
    let kind = field.definition.kind.kind();
    let invalid_of = field.clone();
    let invalid = Signal::derive(move || invalid_of.is_invalid());
    let readonly = Memo::new(move |_| is_locked(&field));
    // A calendar takes whole days only.
    let picked =
        move || raw.with(|raw| if kind.check(&Value::from(&**raw)).is_empty() { raw.clone() } else { String::new() });
    let pick = move |event| {
        on_type.run(event_target_value(&event));
        on_leave.run(());
    };
    let picker = move || {
        let input_type = match calendar {
            Calendar::Day => "date",
            Calendar::DayAndTime => "datetime-local",
        };
        let label = tr("从日历里选", "Pick from the calendar");
        (!readonly.get()).then(|| {
            view! {
                <span class="input-pick">
                    <LineIcon icon=Icon::Calendar />
                    <input type=input_type aria-label=label prop:value=picked on:change=pick />
                </span>
            }
        })
    };
    // People write a blank where the standard has a T.
    let value = Signal::derive(move || raw.with(|raw| raw.replace('T', " ")));
    view! { <Input typing value invalid readonly on_type on_leave>{picker}</Input> }
}
