//! A day, typed in any common spelling or picked from the phone's own calendar.

use crate::ui::dom::{View, event_target_value};
use markup::view;
use signals::Signal;

use super::Slot;
use super::text::Typed;
use crate::ui::icon::{Icon, icon};
use crate::ui::input::{Input, Typing};
use crate::ui::live::{live, on};
use crate::words::t;

pub(super) fn view(slot: &Slot) -> View {
    let typing = Typing { id: slot.id(), name: slot.name(), mode: "text", autocomplete: "off", ..Typing::default() };
    let Typed { raw, on_type, on_leave } = Typed::of(slot);
    let of_error = slot.clone();
    let pick = move |event| {
        on_type.run(event_target_value(&event));
        on_leave.run(());
    };
    // A calendar takes whole days only.
    let picked = live(move || if contract::date::parse(&raw.read()).is_some() { raw.get() } else { String::new() });
    view! {
        <Input typing value=raw invalid=Signal::derive(move || of_error.shown_error(true).is_some()) on_type on_leave>
            <span class="input-pick">
                {icon(Icon::Calendar)}
                <input type="date" aria-label=t("从日历里选", "Pick from the calendar") prop:value=picked on:change=on(pick) />
            </span>
        </Input>
    }
}
