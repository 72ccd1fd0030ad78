//! What the office asks the applicant to correct or to send, and the steps that follow when it comes.

use contract::api::{Reason, Return};
use contract::case::{Action, Actor, CaseStatus, after_correction};
use contract::service::{Item, Service};

use super::{consequences, words};
use crate::backend::Backend;
use crate::error::ApiError;
use crate::partners::in_changde;
use crate::store::{CaseRecord, EventRecord, Step, TaskRecord};

/// The corrections and the deferred materials that wait for the applicant now.
#[derive(Clone, Debug, Default)]
pub(crate) struct CorrectionRequests {
    pub(crate) reasons: Vec<Reason>,
    /// The returns that gave them.
    pub(crate) returns: Vec<Return>,
}

impl CorrectionRequests {
    pub(crate) async fn of(backend: &Backend, case: &CaseRecord) -> Result<Self, ApiError> {
        let events = backend.store.events_of(&case.reference).await?;
        let waiting: Vec<_> = case.tasks.iter().filter_map(|task| waiting_return(task, &events)).collect();
        Ok(Self {
            returns: waiting.iter().map(|event| returned(event)).collect(),
            reasons: waiting.into_iter().flat_map(|event| event.reasons.clone()).collect(),
        })
    }

    /// Those of the case that a draft corrects; none where there is no such case.
    pub(crate) async fn of_reference(backend: &Backend, reference: &str) -> Result<Self, ApiError> {
        match backend.store.case(reference).await? {
            Some(case) => Self::of(backend, &case).await,
            None => Ok(Self::default()),
        }
    }
}

/// The last return or request of a task that waits for the applicant.
fn waiting_return<'a>(task: &TaskRecord, events: &'a [EventRecord]) -> Option<&'a EventRecord> {
    if !matches!(task.status, CaseStatus::Returned | CaseStatus::AwaitingMaterials) {
        return None;
    }
    let is_it = |event: &&EventRecord| {
        matches!(event.action, Action::Return | Action::RequestMaterials) && event.item == task.item
    };
    events.iter().rev().find(is_it)
}

fn returned(event: &EventRecord) -> Return {
    Return { item: event.item.as_str().into(), event: event.id }
}

/// The steps of the tasks whose returns the resident has seen, when the correction is sent. Another office may have
/// returned its task meanwhile: nothing was corrected for that one.
pub(crate) async fn correction_steps(
    backend: &Backend,
    case: &CaseRecord,
    service: &Service,
    seen: &[Return],
) -> Result<Vec<Step>, ApiError> {
    let events = backend.store.events_of(&case.reference).await?;
    let today = in_changde(backend.now()).date();
    let step = |task: &TaskRecord| {
        waiting_return(task, &events).filter(|event| seen.contains(&returned(event)))?;
        let is_accepted = events.iter().any(|event| event.action == Action::Accept && event.item == task.item);
        let to = after_correction(task.status, is_accepted)?;
        let clock = consequences::clock(backend, item_of(service, task)?, task, Action::Correct, today);
        let plain_step = words::plain_step(task, Action::Correct, to, Actor::Applicant);
        Some(Step { due: clock.due, due_is_provisional: clock.is_provisional, ..plain_step })
    };
    Ok(case.tasks.iter().filter_map(step).collect())
}

fn item_of<'a>(service: &'a Service, task: &TaskRecord) -> Option<&'a Item> {
    service.item(&task.item.as_str().into())
}

/// The SMS that a correction has come, and whether something else still waits for the applicant.
pub(crate) fn correction_message(case: &CaseRecord, steps: &[Step]) -> String {
    let waits =
        |task: &TaskRecord| task.status == CaseStatus::Returned && !steps.iter().any(|step| step.item == task.item);
    let rest = if case.tasks.iter().any(waits) { "还有要补的，请到“我的办件”里看。" } else { "" };
    format!("【一件事】办件 {}：已收到您补正的内容，继续办理。{rest}", case.reference)
}
