//! A day, or a day with its time, typed in any common spelling or picked from the phone's own calendar.

use crate::ui::dom::{View, event_target_value};
use markup::view;
use serde_json::Value;
use signals::Signal;

use super::Slot;
use super::lookup::is_locked;
use super::text::Typed;
use crate::ui::icon::{Icon, icon};
use crate::ui::input::{Input, Typing};
use crate::ui::live::{flag, live, on, shows};
use crate::words::t;

/// Which calendar the phone shows.
#[derive(Clone, Copy)]
pub(super) enum Calendar {
    Day,
    DayAndTime,
}

pub(super) fn view(slot: &Slot, calendar: Calendar) -> View {
    let typing = Typing { id: slot.id(), name: slot.name(), mode: "text", autocomplete: "off", ..Typing::default() };
    let Typed { raw, on_type, on_leave } = Typed::of(slot);
    let (of_error, of_lock, of_picker) = (slot.clone(), slot.clone(), slot.clone());
    let kind = slot.field.kind.kind();
    let picker = move || {
        let pick = move |event| {
            on_type.run(event_target_value(&event));
            on_leave.run(());
        };
        // A calendar takes whole days only.
        let picked =
            live(move || if kind.check(&Value::from(raw.get())).is_empty() { raw.get() } else { String::new() });
        let sort = if let Calendar::Day = calendar { "date" } else { "datetime-local" };
        let label = t("从日历里选", "Pick from the calendar");
        (!is_locked(&of_picker)).then(|| {
            view! {
                <span class="input-pick">
                    {icon(Icon::Calendar)}
                    <input type=sort aria-label=label prop:value=picked on:change=on(pick) />
                </span>
            }
        })
    };
    // People write a blank where the standard has a T.
    let shown = live(move || raw.read().chars().map(|each| if each == 'T' { ' ' } else { each }).collect::<String>());
    view! {
        <Input
            typing value=shown invalid=Signal::derive(move || of_error.shown_error(true).is_some())
            readonly=flag(move || is_locked(&of_lock)) on_type on_leave
        >
            {shows(picker)}
        </Input>
    }
}
