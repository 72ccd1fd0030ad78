//! One line of typing, or several.

use crate::ui::dom::{View, event_target_value};
use markup::view;
use signals::{Callback, Signal};

use super::control::described_by;
use super::live::{live, on, shows};

/// What the keyboard of the phone should offer.
#[derive(Clone, Default)]
pub(crate) struct Typing {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) mode: &'static str,
    pub(crate) autocomplete: &'static str,
    pub(crate) unit: String,
    /// Several lines, counted up to so many characters.
    pub(crate) lines: Option<usize>,
}

#[derive(Default)]
pub(crate) struct Input {
    pub(crate) typing: Typing,
    pub(crate) value: Signal<String>,
    pub(crate) invalid: Signal<bool>,
    pub(crate) readonly: Signal<bool>,
    /// At each key.
    pub(crate) on_type: Callback<String>,
    /// When it is left.
    pub(crate) on_leave: Callback<()>,
    pub(crate) children: View,
}

impl Input {
    pub(crate) fn draw(self) -> View {
        let Self { typing, value, invalid, readonly, on_type, on_leave, children } = self;
        let Typing { id, name, mode, autocomplete, unit, lines } = typing;
        let described = described_by(&id);
        // A password manager or a script may change it without a key: that is a change only.
        let typed = move |event: web_sys::Event| on_type.run(event_target_value(&event));
        let invalid_text = live(move || invalid.get().to_string());
        let control = match lines {
            None => view! {
                <input
                    id=id name=name type="text" inputmode=mode autocomplete=autocomplete aria-describedby=described
                    aria-invalid=invalid_text readonly=readonly prop:value=value
                    on:input=on(typed) on:change=on(typed) on:blur=on(move |_| on_leave.run(()))
                />
            },
            Some(_) => view! {
                <textarea
                    id=id name=name rows="3" aria-describedby=described aria-invalid=invalid_text prop:value=value
                    on:input=on(typed) on:change=on(typed) on:blur=on(move |_| on_leave.run(()))
                ></textarea>
            },
        };
        view! {
            <div class="input" data-invalid=invalid_text>
                {control}
                {(!unit.is_empty()).then(|| view! { <span class="input-unit">{unit}</span> })}
                {lines.map(|max| view! { <span class="input-count">{shows(move || format!("{}/{max}", value.read().chars().count()))}</span> })}
                {children}
            </div>
        }
    }
}
