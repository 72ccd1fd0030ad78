//! What follows from a step: the clock stops, runs on or begins, and items that wait begin or become void.

use contract::api::{EventView, Reason};
use contract::case::{Action, Actor, CaseStatus};
use contract::service::{AfterCheck, Item, Service, SpecialProcedure};
use contract::{Answers, date};
use time::{Date, Duration};

use super::words;
use crate::backend::Backend;
use crate::partners::in_changde;
use crate::store::{Step, TaskRecord};

/// Five working days are never less than this.
pub(super) const DEEMED_ACCEPTANCE_SECONDS: i64 = 5 * 24 * 60 * 60;
const DEEMED_ACCEPTANCE_DAYS: u32 = 5;
/// 行政许可法 §42.
pub(super) const EXTENSION_DAYS: u32 = 10;

/// The last day of a task after a step.
pub(super) struct Clock {
    pub(super) due: Option<String>,
    pub(super) is_provisional: bool,
}

/// The promise runs from the day on which the office received the case; a pause or a return gives its days back when
/// it ends.
pub(super) fn clock(backend: &Backend, item: &Item, task: &TaskRecord, action: Action, today: Date) -> Clock {
    if task.status == CaseStatus::AwaitingMaterials {
        return promise_due(backend, task, today);
    }
    let unchanged = Clock { due: task.due.clone(), is_provisional: task.due_is_provisional };
    let due = task.due.as_deref().and_then(date::parse);
    match (action, due) {
        (Action::Resume | Action::Correct, Some(due)) => {
            let days = backend.calendar.working_days(in_changde(task.since).date(), today);
            due_after(backend, due, days_given_back(item, action, days))
        }
        (Action::Extend, Some(due)) => due_after(backend, due, EXTENSION_DAYS),
        _ => unchanged,
    }
}

/// A special procedure gives back no more days than it may take.
pub(super) fn days_given_back(item: &Item, ended_by: Action, days: u32) -> u32 {
    let longest = item.special_procedure.as_ref().map(|procedure| procedure.working_days);
    longest.filter(|_| ended_by == Action::Resume).map_or(days, |longest| days.min(longest))
}

/// Whether a special procedure has taken all the working days that it may take.
pub(super) fn is_procedure_over(backend: &Backend, item: &Item, task: &TaskRecord, today: Date) -> bool {
    let begun = in_changde(task.since).date();
    let is_past = |procedure: &SpecialProcedure| backend.calendar.due(begun, procedure.working_days) < today;
    task.status == CaseStatus::Special && item.special_procedure.as_ref().is_some_and(is_past)
}

/// Whether a step that the table allows is allowed on this day.
pub(super) fn day_allows(task: &TaskRecord, action: Action, history: &[EventView], today: Date) -> bool {
    match action {
        Action::Extend => may_be_extended(task, history, today),
        // The office waits for the applicant's materials until its last day.
        Action::Review if task.status == CaseStatus::AwaitingMaterials => {
            task.due.as_deref().and_then(date::parse).is_some_and(|due| due < today)
        }
        _ => true,
    }
}

/// Whether the last day may be moved: once, and not when it has passed.
fn may_be_extended(task: &TaskRecord, history: &[EventView], today: Date) -> bool {
    let is_extension = |event: &EventView| event.action == Action::Extend && *event.item == *task.item;
    let is_in_time = task.due.as_deref().and_then(date::parse).is_some_and(|due| today <= due);
    is_in_time && !history.iter().any(is_extension)
}

/// The promise begins when the applicant has sent the materials, or when the office inspects without it.
fn promise_due(backend: &Backend, task: &TaskRecord, today: Date) -> Clock {
    due_after(backend, today, task.promised)
}

fn due_after(backend: &Backend, due: Date, days: u32) -> Clock {
    let due = backend.calendar.due(due, days);
    Clock { due: Some(date::print(due)), is_provisional: backend.calendar.is_provisional(due) }
}

/// Whether the office let five working days pass without an answer: then the task is deemed accepted.
pub(super) fn is_deemed_accepted(backend: &Backend, task: &TaskRecord, today: Date) -> bool {
    task.status == CaseStatus::Submitted
        && backend.calendar.due(in_changde(task.since).date(), DEEMED_ACCEPTANCE_DAYS) < today
}

/// The service and the answers of an application.
#[derive(Clone, Copy)]
pub(super) struct Application<'a> {
    pub(super) service: &'a Service,
    pub(super) answers: &'a Answers,
}

/// The steps of the items that waited for the ones that just moved. An item that becomes void may make others void.
pub(super) fn following_steps(
    backend: &Backend,
    application: Application<'_>,
    tasks: &[TaskRecord],
    steps: &[Step],
    today: Date,
) -> Vec<Step> {
    let mut states: Vec<(&TaskRecord, CaseStatus)> = tasks.iter().map(|task| (task, task.status)).collect();
    for step in steps {
        states.iter_mut().filter(|(task, _)| task.item == step.item).for_each(|(_, status)| *status = step.to);
    }
    let mut following = Vec::new();
    while let Some((at, step)) = next_following_step(backend, application, &states, today) {
        if let Some((_, status)) = states.get_mut(at) {
            *status = step.to;
        }
        following.push(step);
    }
    following
}

/// The first task whose waiting is over, with its step.
fn next_following_step(
    backend: &Backend,
    application: Application<'_>,
    states: &[(&TaskRecord, CaseStatus)],
    today: Date,
) -> Option<(usize, Step)> {
    states.iter().enumerate().filter(|(_, (_, status))| *status == CaseStatus::Waiting).find_map(|(at, (task, _))| {
        let item = application.service.items.iter().find(|item| item.id == *task.item)?;
        let needed = || states.iter().filter(|(other, _)| item.needs.iter().any(|need| **need == *other.item));
        if needed().any(|(_, status)| status.is_end() && !status.is_granted()) {
            return Some((at, words::plain_step(task, Action::Drop, CaseStatus::Void, Actor::System)));
        }
        if needed().all(|(_, status)| status.is_granted()) {
            if let Some(check) = &item.after_check {
                return Some((at, request_materials(backend, application, task, check, today)));
            }
            let step = words::plain_step(task, Action::Begin, CaseStatus::Submitted, Actor::System);
            let Clock { due, is_provisional } = due_after(backend, today, task.promised);
            return Some((at, Step { due, due_is_provisional: is_provisional, ..step }));
        }
        None
    })
}

/// The last day on which the applicant may send the materials for a post-approval inspection. A day off is moved to
/// the next working day (民法典 §203).
pub(super) fn inspection_due(
    backend: &Backend,
    service: &Service,
    check: &AfterCheck,
    answers: &Answers,
    asked: Date,
) -> Date {
    let named = check.from.as_ref().and_then(|field| date::parse(answers.get(field).as_str()?));
    let asked = named.map_or(asked, |named| named.max(asked));
    let days = service.limits.get(&check.within).map_or(0.0, |limit| limit.value);
    let mut due = asked.saturating_add(Duration::days(days as i64));
    while !backend.calendar.is_working_day(due) && due < Date::MAX {
        due = due.saturating_add(Duration::DAY);
    }
    due
}

/// Asks the applicant for the deferred materials of a post-approval inspection.
fn request_materials(
    backend: &Backend,
    application: Application<'_>,
    task: &TaskRecord,
    check: &AfterCheck,
    today: Date,
) -> Step {
    let due = inspection_due(backend, application.service, check, application.answers, today);
    let reason =
        |field: &contract::id::FieldId| Reason { field: field.0.clone(), row: None, says: check.says.zh.clone() };
    Step {
        due: Some(date::print(due)),
        due_is_provisional: backend.calendar.is_provisional(due),
        reasons: check.asks.iter().map(reason).collect(),
        ..words::plain_step(task, Action::RequestMaterials, CaseStatus::AwaitingMaterials, Actor::System)
    }
}
