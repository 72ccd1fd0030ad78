//! What the applicant must correct (补正): answers and documents ticked where they stand, each with what the applicant
//! will read. 行政许可法 §32 requires everything to be named at once, so the ticks stay together until they are sent.

use contract::api::NewReason;
use leptos::prelude::*;

use super::OpenTask;
use super::field_place::FieldPlace;
use crate::agency::wording::{ReadyText, answer_corrections, document_corrections};
use crate::browser;
use crate::i18n::tr;

/// One answer or document that the applicant must correct.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Correction {
    pub(super) place: FieldPlace,
    pub(super) label: String,
    pub(super) says: String,
}

impl Correction {
    pub(super) fn reason(&self) -> NewReason {
        NewReason { field: self.place.field.clone(), row: self.place.row, says: self.says.trim().to_owned() }
    }

    pub(super) fn has_words(&self) -> bool {
        !self.says.trim().is_empty()
    }
}

/// The box to tick, while the officer puts a return together.
#[component]
pub(super) fn CorrectionTick(task: OpenTask, place: FieldPlace, label: String) -> impl IntoView {
    let is_returning = Memo::new(move |_| task.corrections.with(Option::is_some));
    let ticked_place = place.clone();
    let is_ticked = Memo::new(move |_| words_for(task, &ticked_place).is_some());
    move || {
        is_returning.get().then(|| {
            let (place, label) = (place.clone(), label.clone());
            let id = place.name();
            let name = format!("{}{label}", tr("要补正：", "To correct: "));
            let change = move |event| set_ticked(task, &place, &label, event_target_checked(&event));
            view! {
                <input
                    type="checkbox"
                    class="fact-tick"
                    data-mark=id
                    aria-label=name
                    prop:checked=is_ticked
                    on:change=change
                />
            }
        })
    }
}

/// What the applicant will read of something that is ticked, and ready-made texts for it.
#[component]
pub(super) fn CorrectionWords(task: OpenTask, place: FieldPlace, is_document: bool) -> impl IntoView {
    let ticked_place = place.clone();
    let is_ticked = Memo::new(move |_| words_for(task, &ticked_place).is_some());
    move || is_ticked.get().then(|| words_input(task, place.clone(), is_document))
}

fn words_input(task: OpenTask, place: FieldPlace, is_document: bool) -> impl IntoView {
    let name = format!("says-{}", place.name());
    let (value_place, typed_place) = (place.clone(), place.clone());
    let value = move || words_for(task, &value_place).unwrap_or_default();
    let texts = if is_document { document_corrections() } else { answer_corrections() };
    view! {
        <div class="fact-wording">
            <textarea
                class="words"
                rows="2"
                name=name
                aria-label=tr("申请人会读到的话", "Words that the applicant will read")
                prop:value=value
                on:input=move |event| set_words(task, &typed_place, event_target_value(&event))
            ></textarea>
            <ReadyTexts texts on_choose=move |chosen: ReadyText| set_words(task, &place, chosen.text) />
        </div>
    }
}

/// Buttons that put a ready-made text where the officer writes.
#[component]
pub(super) fn ReadyTexts(texts: Vec<ReadyText>, #[prop(into)] on_choose: Callback<ReadyText>) -> impl IntoView {
    let button = move |ready: ReadyText| {
        let (label, title) = (ready.label.clone(), ready.text.clone());
        view! {
            <button type="button" class="ready" title=title on:click=move |_| on_choose.run(ready.clone())>
                {label}
            </button>
        }
    };
    (!texts.is_empty()).then(|| view! { <div class="ready-made">{texts.into_iter().map(button).collect_view()}</div> })
}

/// Tracked; `None` where it is not ticked.
fn words_for(task: OpenTask, place: &FieldPlace) -> Option<String> {
    task.corrections.with(|corrections| {
        let found = corrections.iter().flatten().find(|correction| correction.place == *place);
        found.map(|correction| correction.says.clone())
    })
}

fn set_ticked(task: OpenTask, place: &FieldPlace, label: &str, is_ticked: bool) {
    task.corrections.update(|corrections| {
        let Some(corrections) = corrections else { return };
        corrections.retain(|correction| correction.place != *place);
        if is_ticked {
            corrections.push(Correction { place: place.clone(), label: label.to_owned(), says: String::new() });
        }
    });
    if is_ticked {
        browser::focus(format!("[name=\"says-{}\"]", place.name()));
    }
}

fn set_words(task: OpenTask, place: &FieldPlace, says: String) {
    task.corrections.update(|corrections| {
        if let Some(correction) = corrections.iter_mut().flatten().find(|correction| correction.place == *place) {
            correction.says = says;
        }
    });
}
