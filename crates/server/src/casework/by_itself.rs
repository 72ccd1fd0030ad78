//! Steps that nobody takes: the day has come.

use std::ops::Range;

use contract::case::{Action, Actor, after};
use contract::date;

use super::{consequences, take, words};
use crate::backend::Backend;
use crate::error::ApiError;
use crate::partners::in_changde;
use crate::store::{Step, TaskRecord};

/// Hours of Changde at which people are told what has time.
const DAYTIME: Range<u8> = 8..20;
/// After a return.
const REMINDED_AFTER_SECONDS: i64 = 7 * 24 * 60 * 60;
/// Before the last day for what comes later.
const REMINDED_BEFORE_SECONDS: i64 = 3 * 24 * 60 * 60;

/// Says that what the applicant was asked for did not come in time. It may still come, and the office may look without it.
pub(crate) async fn lapse(backend: &Backend) -> Result<(), ApiError> {
    if !is_daytime(backend) {
        return Ok(());
    }
    let today = date::print(in_changde(backend.now()).date());
    for (reference, item) in backend.store.asked_until(&today).await? {
        take_by_itself(backend, &reference, &item, |task| plain(task, Action::Lapse)).await;
    }
    Ok(())
}

/// Tells applicants once more what is waited for: what was returned a week ago, and what is asked for in three days.
pub(crate) async fn remind(backend: &Backend) -> Result<(), ApiError> {
    if !is_daytime(backend) {
        return Ok(());
    }
    let now = backend.now();
    let soon = date::print(in_changde(now + REMINDED_BEFORE_SECONDS).date());
    for (reference, item) in backend.store.to_be_reminded(now - REMINDED_AFTER_SECONDS, &soon).await? {
        take_by_itself(backend, &reference, &item, |task| plain(task, Action::Remind)).await;
    }
    Ok(())
}

/// Accepts what nobody answered within five working days: silence is acceptance, as of the day it was received
/// (行政许可法 §32).
pub(crate) async fn accept_the_unanswered(backend: &Backend) -> Result<(), ApiError> {
    let now = backend.now();
    let today = in_changde(now).date();
    for (reference, item) in backend.store.unanswered(now - consequences::SILENCE_SECONDS).await? {
        let is_silence = |task: &TaskRecord| consequences::is_silence(backend, task, today);
        let step = |task: &TaskRecord| plain(task, Action::Accept).filter(|_| is_silence(task));
        take_by_itself(backend, &reference, &item, step).await;
    }
    Ok(())
}

/// The step as the table has it; nothing where it has none.
fn plain(task: &TaskRecord, action: Action) -> Option<Step> {
    Some(words::plain(task, action, after(task.status, action, Actor::System)?, Actor::System))
}

/// Nobody is woken for what has time until the morning.
fn is_daytime(backend: &Backend) -> bool {
    DAYTIME.contains(&in_changde(backend.now()).hour())
}

/// A step that nobody takes: the day has come. One that fails does not keep the next one waiting.
async fn take_by_itself(backend: &Backend, reference: &str, item: &str, step: impl Fn(&TaskRecord) -> Option<Step>) {
    if let Err(error) = try_to_take(backend, reference, item, step).await {
        tracing::warn!(?error, reference, item, "a step that its day asks for");
    }
}

/// Where somebody was faster, that holds.
async fn try_to_take(
    backend: &Backend,
    reference: &str,
    item: &str,
    step: impl Fn(&TaskRecord) -> Option<Step>,
) -> Result<(), ApiError> {
    let Some(case) = backend.store.case(reference).await? else { return Ok(()) };
    let Some(step) = case.tasks.iter().find(|task| task.item == item).and_then(step) else { return Ok(()) };
    let version = case.service_version;
    let service = backend.catalogue.version(&*backend.store, &case.service, version, &case.division).await?;
    let Some(service) = service else { return Ok(()) };
    match take(backend, &case, &service, vec![step], "system".to_owned()).await {
        Err(ApiError::TaskChanged) => Ok(()),
        other => other,
    }
}
