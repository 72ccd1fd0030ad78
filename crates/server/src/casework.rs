//! Deciding: which officer may take which step of a task, what follows for its due date and for items that wait, and
//! what the applicant is told. The table of steps is the contract's.

mod consequences;
mod corrections;
mod detail;
mod due_dates;
mod scheduled;
mod words;

use std::sync::Arc;

use contract::api::{Decision, EventView, QueueEntry, Reason};
use contract::case::{Action, Actor, CaseStatus, after};
use contract::{Service, date};

use crate::backend::Backend;
use crate::case::OpenCase;
use crate::deliverable;
use crate::error::ApiError;
use crate::messages;
use crate::notice;
use crate::officer::{divisions, is_responsible};
use crate::partners::{in_changde, rfc3339};
use crate::store::{AssigneeChange, CaseRecord, EventRecord, Move, OfficerRecord, QueueRecord, Step, TaskRecord};

pub(crate) use corrections::{CorrectionRequests, correction_message, correction_steps};
pub(crate) use due_dates::recompute_due_dates;
pub(crate) use scheduled::{
    accept_unanswered_tasks, end_special_procedures, is_daytime, note_missed_deadlines, send_reminders,
};

/// A task that an officer may see, with its case.
pub(crate) struct OpenTask {
    pub(crate) case: CaseRecord,
    pub(crate) service: Arc<Service>,
    pub(crate) task: TaskRecord,
}

impl OpenTask {
    /// The officer's own task. For tasks of another agency, division or office, `NotFound`.
    pub(crate) async fn of(
        backend: &Backend,
        officer: &OfficerRecord,
        reference: &str,
        item: &str,
    ) -> Result<Self, ApiError> {
        let case = backend.store.case(reference).await?.ok_or(ApiError::NotFound)?;
        let is_it = |task: &&TaskRecord| task.item == item && is_responsible(officer, task);
        let task = case.tasks.iter().find(is_it).cloned().ok_or(ApiError::NotFound)?;
        let version = case.service_version;
        let service = backend.catalogue.version(&*backend.store, &case.service, version, &case.division).await?;
        Ok(Self { service: service.ok_or(ApiError::Internal)?, case, task })
    }

    /// Assigns the task to the officer, so that no other officer decides it meanwhile.
    pub(crate) async fn claim(&self, backend: &Backend, officer: &OfficerRecord) -> Result<(), ApiError> {
        match self.task.assignee.as_deref() {
            Some(other) if other != officer.id => Err(ApiError::Claimed),
            _ => self.assign(backend, officer, true).await,
        }
    }

    /// Gives up the officer's claim, so that another officer may take the task.
    pub(crate) async fn release(&self, backend: &Backend, officer: &OfficerRecord) -> Result<(), ApiError> {
        match self.task.assignee.as_deref() {
            Some(other) if other != officer.id => Err(ApiError::Claimed),
            None => Err(ApiError::NotClaimed),
            _ => self.assign(backend, officer, false).await,
        }
    }

    async fn assign(&self, backend: &Backend, officer: &OfficerRecord, is_claim: bool) -> Result<(), ApiError> {
        self.refuse_own_case(backend, officer).await?;
        let change = AssigneeChange {
            reference: self.case.reference.clone(),
            item: self.task.item.clone(),
            version: self.task.version,
            officer: officer.id.clone(),
            is_claim,
            at: backend.now(),
        };
        if backend.store.assign(change).await? { Ok(()) } else { Err(ApiError::TaskChanged) }
    }

    /// An officer may not decide their own case.
    async fn refuse_own_case(&self, backend: &Backend, officer: &OfficerRecord) -> Result<(), ApiError> {
        let applicant = backend.store.citizen(&self.case.citizen).await?;
        let is_own = applicant.is_some_and(|applicant| applicant.resident_id == officer.resident_id);
        if is_own { Err(ApiError::OwnCase) } else { Ok(()) }
    }

    /// Takes a step of the officer, with everything that follows from it.
    pub(crate) async fn decide(
        &self,
        backend: &Backend,
        officer: &OfficerRecord,
        decision: Decision,
    ) -> Result<(), ApiError> {
        if self.task.assignee.as_deref() != Some(officer.id.as_str()) {
            return Err(ApiError::NotClaimed);
        }
        self.refuse_own_case(backend, officer).await?;
        let to = after(self.task.status, decision.action, Actor::Officer).ok_or(ApiError::StepNotAllowed)?;
        words::check(self.item()?, self.sight()?, &decision)?;
        let today = in_changde(backend.now()).date();
        let history = history(backend, &self.case.reference).await?;
        if !consequences::day_allows(&self.task, decision.action, &history, today) {
            return Err(ApiError::StepNotAllowed);
        }
        let clock = consequences::clock(backend, self.item()?, &self.task, decision.action, today);
        let open = OpenCase::with(backend, self.case.clone()).await?;
        let issued = match decision.action {
            Action::Approve => deliverable::issue(backend, &open, &self.task.item).await?,
            _ => None,
        };
        let step = Step {
            item: self.task.item.clone(),
            from: self.task.status,
            version: self.task.version,
            action: decision.action,
            to,
            due: clock.due,
            due_is_provisional: clock.is_provisional,
            assignee: (!to.is_end()).then(|| officer.id.clone()),
            by: Actor::Officer,
            done_by: Some(officer.id.clone()),
            says: decision.says,
            basis: decision.basis,
            not_needed: decision.not_needed,
            reasons: decision.reasons.into_iter().map(Reason::from).collect(),
            issued,
            notice: None,
        };
        let automatic_delivery =
            (to == CaseStatus::Approved).then(|| deliverable::automatic_delivery(&open, &step)).flatten();
        let steps = [step].into_iter().chain(automatic_delivery).collect();
        apply_steps(backend, &self.case, &self.service, steps, format!("officer:{}", officer.id)).await
    }
}

/// Writes steps and what follows for the items that wait, and tells the applicant.
pub(crate) async fn apply_steps(
    backend: &Backend,
    case: &CaseRecord,
    service: &Service,
    mut steps: Vec<Step>,
    actor: String,
) -> Result<(), ApiError> {
    let now = backend.now();
    steps.extend(consequences::following_steps(
        backend,
        consequences::Application { service, answers: &case.answers },
        &case.tasks,
        &steps,
        in_changde(now).date(),
    ));
    let applicant = backend.store.citizen(&case.citizen).await?;
    let open = OpenCase::with(backend, case.clone()).await?;
    for step in &mut steps {
        step.notice = notice::of(backend, &open, applicant.as_ref(), step).await?;
    }
    let phone = applicant.map(|applicant| applicant.phone).unwrap_or_default();
    let owes = |step: &Step| open.owed().iter().any(|(due, _)| *due.fee.item == *step.item);
    let office = |step: &Step| {
        let task = case.tasks.iter().find(|task| task.item == step.item)?;
        backend.offices.of_code(&task.destination.office).map(|office| &*office.name.zh)
    };
    let message = |step: &Step| words::message(service, &case.reference, step, (office(step), owes(step)));
    let messages = steps.iter().filter_map(message).collect();
    let moved = Move { reference: case.reference.clone(), steps, actor, phone, messages, at: now };
    if backend.store.move_tasks(moved).await? {
        messages::deliver_soon(backend);
        return Ok(());
    }
    Err(ApiError::TaskChanged)
}

/// The events of a case so far.
pub(crate) async fn history(backend: &Backend, reference: &str) -> Result<Vec<EventView>, ApiError> {
    let view = |event: EventRecord| EventView {
        at: rfc3339(event.at),
        item: event.item.as_str().into(),
        action: event.action,
        status: event.status,
        by: event.by,
        name: event.officer.unwrap_or_default(),
        says: event.says,
        basis: event.basis,
        reasons: event.reasons,
    };
    Ok(backend.store.events_of(reference).await?.into_iter().map(view).collect())
}

/// The tasks of an officer's agency, divisions and office, those due first.
pub(crate) async fn queue(backend: &Backend, officer: &OfficerRecord) -> Result<Vec<QueueEntry>, ApiError> {
    let today = date::print(in_changde(backend.now()).date());
    let mut entries = Vec::new();
    for record in backend.store.queue(&officer.agency, divisions(officer), &officer.office).await? {
        let version = record.service_version;
        let service = backend.catalogue.version(&*backend.store, &record.service, version, &record.division).await?;
        entries.extend(service.and_then(|service| entry(backend, &service, officer, &today, record)));
    }
    Ok(entries)
}

fn entry(
    backend: &Backend,
    service: &Service,
    officer: &OfficerRecord,
    today: &str,
    record: QueueRecord,
) -> Option<QueueEntry> {
    let item = service.items.iter().find(|item| item.id == *record.task.item)?;
    let has_day = record.task.status.is_ticking() || record.task.status == CaseStatus::AwaitingMaterials;
    let overdue = has_day && record.task.due.as_deref().is_some_and(|due| due < today);
    Some(QueueEntry {
        reference: record.reference.as_str().into(),
        item: item.id.clone(),
        version: record.task.version,
        service: service.id.clone(),
        title: service.title.clone(),
        item_title: item.title.clone(),
        kind: item.kind(),
        division: record.task.destination.division.as_str().into(),
        office: backend.offices.of_code(&record.task.destination.office).map(|office| office.name.clone()),
        status: record.task.status,
        received_at: rfc3339(record.received_at),
        due: record.task.due,
        overdue,
        officer: record.assignee_name,
        mine: record.task.assignee.as_deref() == Some(officer.id.as_str()),
    })
}

/// Withdraws a case for its applicant while no task of it is decided.
pub(crate) async fn withdraw(backend: &Backend, case: &CaseRecord, service: &Service) -> Result<(), ApiError> {
    if !may_withdraw(case) {
        return Err(ApiError::StepNotAllowed);
    }
    let step = |task: &TaskRecord| {
        let to = after(task.status, Action::Withdraw, Actor::Applicant)?;
        Some(words::plain_step(task, Action::Withdraw, to, Actor::Applicant))
    };
    let steps = case.tasks.iter().filter_map(step).collect();
    apply_steps(backend, case, service, steps, format!("citizen:{}", case.citizen)).await
}

pub(crate) fn may_withdraw(case: &CaseRecord) -> bool {
    let is_open = |task: &TaskRecord| after(task.status, Action::Withdraw, Actor::Applicant).is_some();
    let is_undecided = |task: &TaskRecord| is_open(task) || task.status == CaseStatus::Withdrawn;
    case.tasks.iter().any(is_open) && case.tasks.iter().all(is_undecided)
}
