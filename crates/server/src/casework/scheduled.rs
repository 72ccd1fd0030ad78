//! Scheduled transitions: steps that the server takes because a day has come.

use std::ops::Range;

use contract::case::{Action, Actor, after};
use contract::date;
use contract::service::Item;

use super::{apply_steps, consequences, words};
use crate::backend::Backend;
use crate::background_jobs::isolated;
use crate::error::ApiError;
use crate::partners::in_changde;
use crate::store::{Step, TaskRecord};

/// Hours of Changde at which the server sends SMS that are not urgent.
const DAYTIME: Range<u8> = 8..20;
/// After a return, the applicant is reminded once.
const REMINDED_AFTER_SECONDS: i64 = 7 * 24 * 60 * 60;
/// Before the last day for deferred materials, the applicant is reminded once.
const REMINDED_BEFORE_SECONDS: i64 = 3 * 24 * 60 * 60;

/// Notes that an applicant did not send the deferred materials in time. The applicant may still send it, and the
/// office may inspect without it.
pub(crate) async fn note_missed_deadlines(backend: &Backend) -> Result<(), ApiError> {
    if !is_daytime(backend) {
        return Ok(());
    }
    let today = date::print(in_changde(backend.now()).date());
    for (reference, item) in backend.store.overdue_materials(&today).await? {
        apply_scheduled(backend, &reference, &item, |_, task| scheduled_step(task, Action::MissDeadline)).await;
    }
    Ok(())
}

/// Reminds applicants of a case that was returned a week ago, and of materials that are due in three days.
pub(crate) async fn send_reminders(backend: &Backend) -> Result<(), ApiError> {
    if !is_daytime(backend) {
        return Ok(());
    }
    let now = backend.now();
    let soon = date::print(in_changde(now + REMINDED_BEFORE_SECONDS).date());
    for (reference, item) in backend.store.to_be_reminded(now - REMINDED_AFTER_SECONDS, &soon).await? {
        apply_scheduled(backend, &reference, &item, |_, task| scheduled_step(task, Action::Remind)).await;
    }
    Ok(())
}

/// Deemed acceptance: a task that the office did not answer within five working days is accepted as of the day on
/// which it was received. The law says so of licences (行政许可法 §32); for everything else it is the city's own rule, and
/// the step says that.
pub(crate) async fn accept_unanswered_tasks(backend: &Backend) -> Result<(), ApiError> {
    let now = backend.now();
    let today = in_changde(now).date();
    for (reference, item) in backend.store.unanswered(now - consequences::DEEMED_ACCEPTANCE_SECONDS).await? {
        let step = |of: &Item, task: &TaskRecord| {
            let step = scheduled_step(task, Action::Accept)?;
            let (says, basis) = words::silence(of.kind());
            consequences::is_deemed_accepted(backend, task, today).then(|| Step {
                says: says.to_owned(),
                basis: basis.to_owned(),
                ..step
            })
        };
        apply_scheduled(backend, &reference, &item, step).await;
    }
    Ok(())
}

/// Ends special procedures that have taken all the time that their item's page allows: the clock runs on.
pub(crate) async fn end_special_procedures(backend: &Backend) -> Result<(), ApiError> {
    let now = backend.now();
    let today = in_changde(now).date();
    for (reference, item) in backend.store.stopped_by_procedure(now).await? {
        let step = |of: &Item, task: &TaskRecord| {
            let step = scheduled_step(task, Action::Resume)?;
            if !consequences::is_procedure_over(backend, of, task, today) {
                return None;
            }
            let clock = consequences::clock(backend, of, task, Action::Resume, today);
            let says = words::PROCEDURE_OVER.to_owned();
            Some(Step { due: clock.due, due_is_provisional: clock.is_provisional, says, ..step })
        };
        apply_scheduled(backend, &reference, &item, step).await;
    }
    Ok(())
}

/// The step that the table has for the server; `None` where the table has none.
fn scheduled_step(task: &TaskRecord, action: Action) -> Option<Step> {
    Some(words::plain_step(task, action, after(task.status, action, Actor::System)?, Actor::System))
}

/// The server sends reminders in the daytime only, so that an SMS wakes nobody.
pub(crate) fn is_daytime(backend: &Backend) -> bool {
    DAYTIME.contains(&in_changde(backend.now()).hour())
}

/// Takes one scheduled step. One that fails does not delay the others.
async fn apply_scheduled(
    backend: &Backend,
    reference: &str,
    item: &str,
    step: impl Fn(&Item, &TaskRecord) -> Option<Step>,
) {
    isolated("a scheduled step was not taken", reference, try_to_apply(backend, reference, item, step)).await;
}

/// A step that an officer or the applicant took meanwhile wins.
async fn try_to_apply(
    backend: &Backend,
    reference: &str,
    item: &str,
    step: impl Fn(&Item, &TaskRecord) -> Option<Step>,
) -> Result<(), ApiError> {
    let Some(case) = backend.store.case(reference).await? else { return Ok(()) };
    let Some(task) = case.tasks.iter().find(|task| task.item == item) else { return Ok(()) };
    let version = case.service_version;
    let service = backend.catalogue.version(&*backend.store, &case.service, version, &case.division).await?;
    let Some(service) = service else { return Ok(()) };
    let Some(step) = service.item(&item.into()).and_then(|of| step(of, task)) else { return Ok(()) };
    match apply_steps(backend, &case, &service, vec![step], "system".to_owned()).await {
        Err(ApiError::TaskChanged) => Ok(()),
        other => other,
    }
}
