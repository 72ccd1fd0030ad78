//! One line of typing, or several.

use leptos::prelude::*;

use super::control::described_by;

/// What the keyboard of the phone should offer.
#[derive(Clone, Default)]
pub(crate) struct Typing {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) mode: &'static str,
    pub(crate) autocomplete: &'static str,
    pub(crate) unit: String,
    /// Several lines, counted up to so many characters.
    pub(crate) max_chars: Option<usize>,
}

#[component]
pub(crate) fn Input(
    typing: Typing,
    #[prop(into)] value: Signal<String>,
    #[prop(into, optional)] invalid: Signal<bool>,
    #[prop(into, optional)] readonly: Signal<bool>,
    /// At each key.
    #[prop(into)]
    on_type: Callback<String>,
    /// When it is left.
    #[prop(into, optional)]
    on_leave: Option<Callback<()>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let Typing { id, name, mode, autocomplete, unit, max_chars } = typing;
    let described = described_by(&id);
    // A password manager or a script may change it without a key: that is a change only. A browser says so, and that
    // the input is left, even while the input is being taken away, when nobody listens any more.
    let typed = move |event: web_sys::Event| on_type.try_run(event_target_value(&event)).unwrap_or_default();
    let left = move |_| on_leave.and_then(|on_leave| on_leave.try_run(())).unwrap_or_default();
    let is_invalid = move || invalid.get().to_string();
    let control = match max_chars {
        None => view! {
            <input
                id=id
                name=name
                type="text"
                inputmode=mode
                autocomplete=autocomplete
                aria-describedby=described
                aria-invalid=is_invalid
                readonly=readonly
                prop:value=value
                on:input=typed
                on:change=typed
                on:blur=left
            />
        }
        .into_any(),
        Some(_) => view! {
            <textarea
                id=id
                name=name
                rows="3"
                aria-describedby=described
                aria-invalid=is_invalid
                prop:value=value
                on:input=typed
                on:change=typed
                on:blur=left
            ></textarea>
        }
        .into_any(),
    };
    let count = max_chars.map(|max| {
        view! { <span class="input-count">{move || format!("{}/{max}", value.with(|value| value.chars().count()))}</span> }
    });
    view! {
        <div class="input" data-invalid=is_invalid>
            {control}
            {(!unit.is_empty()).then(|| view! { <span class="input-unit">{unit}</span> })}
            {count}
            {children.map(|children| children())}
        </div>
    }
}
