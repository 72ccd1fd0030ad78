//! Cards to choose one or several of, each with one line of explanation.

use super::live::{flag, live, on};
use crate::ui::dom::{CollectView, View, event_target_checked};
use markup::view;
use signals::{Callback, Signal};

/// One card.
#[derive(Clone)]
pub(crate) struct ChoiceCard {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) help: String,
}

#[derive(Default)]
pub(crate) struct Choices {
    /// Of the group; the cards' ids are made from it.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) cards: Vec<ChoiceCard>,
    /// Several may be chosen.
    pub(crate) several: bool,
    /// Side by side, for two short words.
    pub(crate) short: bool,
    pub(crate) chosen: Signal<Vec<String>>,
    pub(crate) on_choose: Callback<(String, bool)>,
}

impl Choices {
    pub(crate) fn draw(self) -> View {
        let Self { id, name, cards, several, short, chosen, on_choose } = self;
        let card = |(at, card): (usize, ChoiceCard)| {
            let own = card.id.clone();
            let is_chosen = flag(move || chosen.read().contains(&own));
            let own = card.id.clone();
            // The first card carries the id of the field, so that links to it find their way.
            let id = if at == 0 { id.clone() } else { format!("{id}-{at}") };
            view! {
                <label class="choice" data-checked=live(move || is_chosen.get().to_string())>
                    <input
                        type=if several { "checkbox" } else { "radio" } id=id name=name.clone() value=card.id
                        prop:checked=is_chosen on:change=on(move |event| on_choose.run((own.clone(), event_target_checked(&event))))
                    />
                    <span class="choice-mark" aria-hidden="true"></span>
                    <span>
                        <span class="choice-label">{card.label}</span>
                        {(!card.help.is_empty()).then(|| view! { <span class="choice-help">{card.help}</span> })}
                    </span>
                </label>
            }
        };
        let cards = cards.into_iter().enumerate().map(card).collect_view();
        view! { <div class=if short { "choices-short" } else { "choices" }>{cards}</div> }
    }
}
