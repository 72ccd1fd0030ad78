//! What must be mended (补正): answers and papers ticked where they stand, each with words that the applicant will read.
//! 行政许可法 §32 wants everything named at once, so the ticks stay together until they are sent.

use contract::api::NewReason;
use markup::view;

use super::Task;
use super::line::Place;
use crate::agency::wording::{Ready, for_answers, for_papers};
use crate::browser;
use crate::ui::dom::{CollectView, View, event_target_checked, event_target_value};
use crate::ui::live::{flag, live, on, shows};
use crate::words::t;

/// One thing to mend.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) place: Place,
    pub(super) label: String,
    pub(super) says: String,
}

impl Mark {
    pub(super) fn reason(&self) -> NewReason {
        NewReason { field: self.place.field.clone(), row: self.place.row, says: self.says.trim().to_owned() }
    }
}

/// The box to tick, while a return is being written.
pub(super) fn tick(task: Task, place: &Place, label: &str) -> View {
    let (place, label) = (place.clone(), label.to_owned());
    let is_marking = flag(move || task.marks.read().is_some());
    shows(move || {
        let (place, label) = (place.clone(), label.clone());
        is_marking.get().then(|| {
            let name = format!("{}{label}", t("要补正：", "To mend: "));
            let own = place.clone();
            let is_ticked = flag(move || says(task, &own).is_some());
            let id = place.name();
            let change = move |event| set_ticked(task, &place, &label, event_target_checked(&event));
            view! { <input type="checkbox" class="fact-tick" data-mark=id aria-label=name prop:checked=is_ticked on:change=on(change) /> }
        })
    })
}

/// The words for what is ticked, and the ready-made ones.
pub(super) fn wording(task: Task, place: &Place, is_paper: bool) -> View {
    let place = place.clone();
    let own = place.clone();
    let is_ticked = flag(move || says(task, &own).is_some());
    shows(move || is_ticked.get().then(|| words(task, &place, is_paper)))
}

fn words(task: Task, place: &Place, is_paper: bool) -> View {
    let (of_value, of_typing, of_ready) = (place.clone(), place.clone(), place.clone());
    let value = live(move || says(task, &of_value).unwrap_or_default());
    let ready = if is_paper { for_papers() } else { for_answers() };
    view! {
        <div class="fact-wording">
            <textarea
                class="words" rows="2" name=format!("says-{}", place.name()) aria-label=t("申请人会读到的话", "Words that the applicant will read")
                prop:value=value on:input=on(move |event| set_says(task, &of_typing, event_target_value(&event)))
            ></textarea>
            {ready_made(ready, move |text| set_says(task, &of_ready, text.to_owned()))}
        </div>
    }
}

/// Buttons that put a ready-made wording where one writes.
pub(super) fn ready_made(all: Vec<Ready>, put: impl Fn(&'static str) + Clone + 'static) -> View {
    let button = |(name, text): Ready| {
        let put = put.clone();
        view! { <button type="button" class="ready" title=text on:click=on(move |_| put(text))>{name}</button> }
    };
    view! { <div class="ready-made">{all.into_iter().map(button).collect_view()}</div> }
}

fn says(task: Task, place: &Place) -> Option<String> {
    let marks = task.marks.read();
    (*marks).iter().flatten().find(|mark| mark.place == *place).map(|mark| mark.says.clone())
}

fn set_ticked(task: Task, place: &Place, label: &str, is_ticked: bool) {
    task.marks.update(|marks| {
        let Some(marks) = marks else { return };
        marks.retain(|mark| mark.place != *place);
        if is_ticked {
            marks.push(Mark { place: place.clone(), label: label.to_owned(), says: String::new() });
        }
    });
    if is_ticked {
        browser::focus(format!("[name=\"says-{}\"]", place.name()));
    }
}

fn set_says(task: Task, place: &Place, says: String) {
    task.marks.update(|marks| {
        if let Some(mark) = marks.iter_mut().flatten().find(|mark| mark.place == *place) {
            mark.says = says;
        }
    });
}
