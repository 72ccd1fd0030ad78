//! Cards to choose one or several of, each with one line of explanation.

use leptos::prelude::*;

/// One card.
#[derive(Clone)]
pub(crate) struct ChoiceCard {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) help: String,
}

#[component]
pub(crate) fn Choices(
    /// Of the group; the cards' ids are made from it.
    #[prop(into)]
    id: String,
    #[prop(into)] name: String,
    cards: Vec<ChoiceCard>,
    /// Several may be chosen.
    #[prop(optional)]
    several: bool,
    /// Side by side, for two short words.
    #[prop(optional)]
    short: bool,
    #[prop(into)] chosen: Signal<Vec<String>>,
    /// Called with a card's id and whether it is chosen now.
    #[prop(into)]
    on_choose: Callback<(String, bool)>,
) -> impl IntoView {
    let card = |(at, card): (usize, ChoiceCard)| {
        let ChoiceCard { id: card_id, label, help } = card;
        let own = card_id.clone();
        let is_chosen = Memo::new(move |_| chosen.read().contains(&own));
        let own = card_id.clone();
        // The first card carries the id of the field, so that links to it find their way.
        let id = if at == 0 { id.clone() } else { format!("{id}-{at}") };
        view! {
            <label class="choice" data-checked=move || is_chosen.get().to_string()>
                <input
                    type=if several { "checkbox" } else { "radio" }
                    id=id
                    name=name.clone()
                    value=card_id
                    prop:checked=is_chosen
                    on:change=move |event| on_choose.run((own.clone(), event_target_checked(&event)))
                />
                <span class="choice-mark" aria-hidden="true"></span>
                <span>
                    <span class="choice-label">{label}</span>
                    {(!help.is_empty()).then(|| view! { <span class="choice-help">{help}</span> })}
                </span>
            </label>
        }
    };
    let cards = cards.into_iter().enumerate().map(card).map(IntoAny::into_any).collect_view();
    view! { <div class=if short { "choices-short" } else { "choices" }>{cards}</div> }
}
