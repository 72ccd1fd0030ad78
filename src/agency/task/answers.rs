//! What was answered, by section, each answer with what registers and rules say of it.

use contract::api::Verdict;
use contract::journey::{Journey, JourneyStep, ShownField};
use contract::service::Section;
use leptos::prelude::*;
use serde_json::Value;

use super::OpenTask;
use super::answer::{answer_line, row_heading};
use super::field_place::FieldPlace;
use crate::browser;
use crate::i18n::{tr, tr_text};

#[component]
pub(super) fn AnswerSections(task: OpenTask) -> impl IntoView {
    move || {
        let journey = task.journey.read();
        let section = |section: &'static Section| section_card(task, &journey, section);
        task.service.sections.iter().filter_map(section).collect_view()
    }
}

fn section_card(task: OpenTask, journey: &Journey<'static>, section: &'static Section) -> Option<AnyView> {
    let steps = journey.steps.iter().filter(|step| step.step.section == section.id);
    let lines: Vec<AnyView> = steps.flat_map(|step| step_lines(task, journey, step)).collect();
    if lines.is_empty() {
        return None;
    }
    let card = view! {
        <section class="card task-section" data-section=section.id.0.clone()>
            <h2>{tr_text(&section.title)}</h2>
            <dl class="task-facts">{lines}</dl>
        </section>
    };
    Some(card.into_any())
}

fn step_lines(task: OpenTask, journey: &Journey<'static>, step: &JourneyStep<'static>) -> Vec<AnyView> {
    step.fields.iter().flat_map(|shown| field_lines(task, journey, step, shown)).collect()
}

/// One line, or those of each row.
fn field_lines(
    task: OpenTask,
    journey: &Journey<'static>,
    step: &JourneyStep<'static>,
    shown: &ShownField<'static>,
) -> Vec<AnyView> {
    let name = shown.answered_as();
    let Some(group) = shown.field.kind.rows() else {
        let place = FieldPlace { field: name.0.clone(), row: None };
        return vec![answer_line(task, journey, place, shown, journey.answers.get(name))];
    };
    let rows = shown.rows.iter().zip(journey.answers.rows(name)).enumerate();
    rows.flat_map(|(at, (fields, row))| {
        let heading = format!("{} {} · {}", tr_text(&group.row_title), at + 1, tr_text(&step.step.title));
        let lines = fields.iter().map(move |inner| {
            let place = FieldPlace { field: format!("{name}.{}", inner.field.id), row: Some(at) };
            answer_line(task, journey, place, inner, row.get(&*inner.field.id).unwrap_or(&Value::Null))
        });
        [row_heading(heading)].into_iter().chain(lines).collect::<Vec<_>>()
    })
    .collect()
}

/// What checks and rules found, above everything, each with the way to its place.
#[component]
pub(super) fn VerdictSummary(task: OpenTask) -> impl IntoView {
    move || task.detail.with(|detail| summary(&detail.verdicts))
}

fn summary(verdicts: &[Verdict]) -> Option<impl IntoView + use<>> {
    if verdicts.is_empty() {
        return None;
    }
    let title = format!("{} {}", verdicts.len(), tr("处需要留意", "to look at"));
    let lines = verdicts.iter().map(verdict_line).collect_view();
    Some(view! {
        <div class="notice" data-look="warn" data-notable="true">
            <p class="notice-title">{title}</p>
            <ul>{lines}</ul>
        </div>
    })
}

fn verdict_line(verdict: &Verdict) -> impl IntoView + use<> {
    let place = FieldPlace { field: verdict.field.clone(), row: verdict.row };
    let go = move |_| browser::focus(format!("[data-fact=\"{}\"] .fact-jump", place.name()));
    view! { <li><button type="button" class="link" on:click=go>{tr_text(&verdict.says)}</button></li> }
}
