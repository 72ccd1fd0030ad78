//! Provisional due dates, which reach into a year whose days off were not announced yet: the server recomputes them
//! once the calendar knows the year. A task that has ended keeps the due date by which it was measured.

use contract::case::{Action, CaseStatus};
use contract::{Service, date};
use time::Date;

use super::consequences::{EXTENSION_DAYS, days_given_back, inspection_due};
use crate::backend::Backend;
use crate::background_jobs::isolated;
use crate::error::ApiError;
use crate::messages;
use crate::partners::in_changde;
use crate::store::{CaseRecord, DueDateChange, EventRecord, TaskRecord};

/// Recomputes every provisional due date from the events. A task that moves meanwhile is left to the next run, and one
/// that fails does not delay the others.
pub(crate) async fn recompute_due_dates(backend: &Backend) -> Result<(), ApiError> {
    for (reference, item) in backend.store.provisional_tasks().await? {
        isolated("a due date was not recomputed", &reference, recompute_due_date(backend, &reference, &item)).await;
    }
    Ok(())
}

async fn recompute_due_date(backend: &Backend, reference: &str, item: &str) -> Result<(), ApiError> {
    let Some(case) = backend.store.case(reference).await? else { return Ok(()) };
    let Some(task) = case.tasks.iter().find(|task| task.item == item) else { return Ok(()) };
    let Some(before) = task.due.as_deref().and_then(date::parse) else { return Ok(()) };
    if backend.calendar.is_provisional(before) {
        return Ok(());
    }
    let version = case.service_version;
    let service = backend.catalogue.version(&*backend.store, &case.service, version, &case.division).await?;
    let Some(service) = service else { return Ok(()) };
    let history = backend.store.events_of(reference).await?;
    let due = recomputed_due(backend, &case, &service, task, &history);
    let change = due_date_change(backend, &case, &service, task, (before, due)).await?;
    let is_told = change.message.is_some();
    backend.store.set_due_date(change).await?;
    if is_told {
        messages::deliver_soon(backend);
    }
    Ok(())
}

/// The due date as it would be, had the calendar always known the year.
fn recomputed_due(
    backend: &Backend,
    case: &CaseRecord,
    service: &Service,
    task: &TaskRecord,
    history: &[EventRecord],
) -> Date {
    let day = |seconds| in_changde(seconds).date();
    let item = service.item(&task.item.as_str().into());
    let mut begun = day(case.received_at);
    let (mut stopped, mut added, mut is_asked) = (None, 0, false);
    for event in history.iter().filter(|event| event.item == task.item) {
        match event.action {
            Action::Begin => begun = day(event.at),
            Action::RequestMaterials => (begun, is_asked) = (day(event.at), true),
            // The applicant sent the materials, or the office inspects without it: the promise begins.
            Action::Correct | Action::Review if is_asked => (begun, is_asked) = (day(event.at), false),
            Action::Pause | Action::Return => stopped = Some(day(event.at)),
            // A pause gives its days back when it ends.
            Action::Resume | Action::Correct => {
                let days = stopped.take().map_or(0, |stopped| backend.calendar.working_days(stopped, day(event.at)));
                added += item.map_or(days, |item| days_given_back(item, event.action, days));
            }
            Action::Extend => added += EXTENSION_DAYS,
            Action::Drop
            | Action::Accept
            | Action::Decline
            | Action::Review
            | Action::Remind
            | Action::MissDeadline
            | Action::Approve
            | Action::Refuse
            | Action::Deliver
            | Action::Withdraw => {}
        }
    }
    match item.and_then(|item| item.after_check.as_ref()) {
        Some(check) if task.status == CaseStatus::AwaitingMaterials => {
            inspection_due(backend, service, check, &case.answers, begun)
        }
        _ => backend.calendar.due(begun, task.promised + added),
    }
}

async fn due_date_change(
    backend: &Backend,
    case: &CaseRecord,
    service: &Service,
    task: &TaskRecord,
    (before, due): (Date, Date),
) -> Result<DueDateChange, ApiError> {
    let applicant = backend.store.citizen(&case.citizen).await?;
    let title = service.item(&task.item.as_str().into()).map_or("", |item| &item.title.zh);
    let (reference, day) = (&case.reference, date::print(due));
    let last = if task.status == CaseStatus::AwaitingMaterials { "提交期限" } else { "办结期限" };
    // An applicant whose due date stays the same gets no SMS.
    let message =
        (due != before).then(|| format!("【一件事】办件 {reference}：放假安排公布了，{title}{last}改为 {day}。"));
    Ok(DueDateChange {
        reference: reference.clone(),
        item: task.item.clone(),
        version: task.version,
        due_before: date::print(before),
        due: day,
        due_is_provisional: backend.calendar.is_provisional(due),
        phone: applicant.map(|applicant| applicant.phone).unwrap_or_default(),
        message,
        at: backend.now(),
    })
}
