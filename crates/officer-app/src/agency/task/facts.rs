//! What was answered, by section, each answer with what registers and rules say to it.

use contract::api::Verdict;
use contract::journey::{Journey, JourneyStep, ShownField};
use markup::view;
use serde_json::Value;

use super::Task;
use super::line::{self, Place};
use crate::browser;
use crate::ui::dom::{CollectView, View};
use crate::ui::live::{on, shows};
use crate::words::{say, t};

pub(super) fn view(task: Task) -> View {
    shows(move || sections(task))
}

fn sections(task: Task) -> View {
    let journey = task.journey.read();
    let section = |section: &'static contract::service::Section| {
        let steps: Vec<_> = journey.steps.iter().filter(|step| step.step.section == section.id).collect();
        let lines: Vec<View> = steps.iter().flat_map(|step| lines(task, &journey, step)).collect();
        (!lines.is_empty()).then(|| {
            view! {
                <section class="card task-section" data-section=section.id.0.clone()>
                    <h2>{say(&section.title)}</h2>
                    <dl class="task-facts">{lines}</dl>
                </section>
            }
        })
    };
    task.service.sections.iter().filter_map(section).collect_view()
}

fn lines(task: Task, journey: &Journey<'static>, step: &JourneyStep<'static>) -> Vec<View> {
    step.fields.iter().flat_map(|shown| of_field(task, journey, step, shown)).collect()
}

/// One line, or those of each row.
fn of_field(
    task: Task,
    journey: &Journey<'static>,
    step: &JourneyStep<'static>,
    shown: &ShownField<'static>,
) -> Vec<View> {
    let name = shown.answered_as();
    let Some(group) = shown.field.kind.rows() else {
        let place = Place { field: name.0.clone(), row: None };
        return vec![line::view(task, journey, place, shown, journey.answers.get(name))];
    };
    let rows = shown.rows.iter().zip(journey.answers.rows(name)).enumerate();
    rows.flat_map(|(at, (fields, row))| {
        let heading = format!("{} {} · {}", say(&group.row_title), at + 1, say(&step.step.title));
        let inner = fields.iter().map(move |inner| {
            let place = Place { field: format!("{name}.{}", inner.field.id), row: Some(at) };
            line::view(task, journey, place, inner, row.get(&*inner.field.id).unwrap_or(&Value::Null))
        });
        [line::row_heading(heading)].into_iter().chain(inner).collect::<Vec<_>>()
    })
    .collect()
}

/// What the rules say, at the top, each with the way to its place.
pub(super) fn notable(task: Task) -> Option<View> {
    let verdicts = task.detail.read().verdicts.clone();
    if verdicts.is_empty() {
        return None;
    }
    let line = |verdict: &Verdict| {
        let place = Place { field: verdict.field.clone(), row: verdict.row };
        let says = say(&verdict.says);
        let go = move |_| browser::focus(format!("[data-fact=\"{}\"] .fact-jump", place.name()));
        view! { <li><button type="button" class="link" on:click=on(go)>{says}</button></li> }
    };
    let count = format!("{} {}", verdicts.len(), t("处需要留意", "to look at"));
    Some(view! {
        <div class="notice" data-look="warn" data-notable="true">
            <p class="notice-title">{count}</p>
            <ul>{verdicts.iter().map(line).collect_view()}</ul>
        </div>
    })
}
