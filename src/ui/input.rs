//! One line of typing, or several.

use leptos::prelude::*;

use super::control::described_by;
use super::live::{on, shows};

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

#[component]
pub(crate) fn Input(
    typing: Typing,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] invalid: Signal<bool>,
    #[prop(into, optional)] readonly: Signal<bool>,
    /// At each key.
    #[prop(into)]
    on_type: Callback<String>,
    /// When it is left.
    #[prop(into)]
    on_leave: Callback<()>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let Typing { id, name, mode, autocomplete, unit, lines } = typing;
    let described = described_by(&id);
    // An input that goes from the page while it has the focus is left after everything of it is gone.
    let leave = move || {
        let _ = on_leave.try_run(());
    };
    let invalid_text = move || invalid.get().to_string();
    let control = match lines {
        None => view! {
            <input
                id=id name=name type="text" inputmode=mode autocomplete=autocomplete aria-describedby=described
                aria-invalid=invalid_text readonly=readonly prop:value=value
                on:input=on(move |event| on_type.run(event_target_value(&event))) on:blur=on(move |_| leave())
            />
        }
        .into_any(),
        Some(_) => view! {
            <textarea
                id=id name=name rows="3" aria-describedby=described aria-invalid=invalid_text prop:value=value
                on:input=on(move |event| on_type.run(event_target_value(&event))) on:blur=on(move |_| leave())
            ></textarea>
        }
        .into_any(),
    };
    view! {
        <div class="input" data-invalid=invalid_text>
            {control}
            {(!unit.is_empty()).then(|| view! { <span class="input-unit">{unit}</span> })}
            {lines.map(|max| view! { <span class="input-count">{shows(move || format!("{}/{max}", value.read().chars().count()))}</span> })}
            {children.map(|children| children())}
        </div>
    }
}
