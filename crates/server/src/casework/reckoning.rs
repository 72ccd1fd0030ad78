//! Last days that reach into a year whose days off were not announced yet: they are set right once the calendar knows the year.
//! What has ended keeps the day by which it was measured.

use contract::case::{Action, CaseStatus};
use contract::{Service, date};
use time::Date;

use super::consequences::{EXTENSION_DAYS, asked_until};
use crate::backend::Backend;
use crate::error::ApiError;
use crate::messages;
use crate::partners::in_changde;
use crate::store::{CaseRecord, EventRecord, Reckoning, TaskRecord};

/// Reckons every such day anew from what happened. A task that moves meanwhile is left to the next round.
pub(crate) async fn reckon_anew(backend: &Backend) -> Result<(), ApiError> {
    let mut has_told = false;
    for (reference, item) in backend.store.provisional_tasks().await? {
        let Some(case) = backend.store.case(&reference).await? else { continue };
        let Some(task) = case.tasks.iter().find(|task| task.item == item) else { continue };
        let Some(before) = task.due.as_deref().and_then(date::parse) else { continue };
        if backend.calendar.is_provisional(before) {
            continue;
        }
        let version = case.service_version;
        let service = backend.catalogue.version(&*backend.store, &case.service, version, &case.division).await?;
        let Some(service) = service else { continue };
        let history = backend.store.events_of(&reference).await?;
        let due = due(backend, &case, &service, task, &history);
        let reckoning = reckoning(backend, &case, &service, task, (before, due)).await?;
        has_told |= reckoning.message.is_some();
        backend.store.reckon_anew(reckoning).await?;
    }
    if has_told {
        messages::deliver_soon(backend);
    }
    Ok(())
}

/// As it would be, had the calendar known the year all the time.
fn due(backend: &Backend, case: &CaseRecord, service: &Service, task: &TaskRecord, history: &[EventRecord]) -> Date {
    let day = |seconds| in_changde(seconds).date();
    let mut begun = day(case.received_at);
    let (mut stopped, mut added, mut is_asked) = (None, 0, false);
    for event in history.iter().filter(|event| event.item == task.item) {
        match event.action {
            Action::Begin => begun = day(event.at),
            Action::Ask => (begun, is_asked) = (day(event.at), true),
            // What was asked for has come, or the office looks without it: the promise begins.
            Action::Correct | Action::Review if is_asked => (begun, is_asked) = (day(event.at), false),
            Action::Pause | Action::Return => stopped = Some(day(event.at)),
            // What stood still gives its days back.
            Action::Resume | Action::Correct => {
                added += stopped.take().map_or(0, |stopped| backend.calendar.working_days(stopped, day(event.at)));
            }
            Action::Extend => added += EXTENSION_DAYS,
            Action::Drop
            | Action::Accept
            | Action::Decline
            | Action::Review
            | Action::Remind
            | Action::Lapse
            | Action::Approve
            | Action::Refuse
            | Action::Deliver
            | Action::Withdraw => {}
        }
    }
    match service.item(&task.item.as_str().into()).and_then(|item| item.after_check.as_ref()) {
        Some(check) if task.status == CaseStatus::Asked => asked_until(backend, service, check, &case.answers, begun),
        _ => backend.calendar.due(begun, task.promised + added),
    }
}

async fn reckoning(
    backend: &Backend,
    case: &CaseRecord,
    service: &Service,
    task: &TaskRecord,
    (before, due): (Date, Date),
) -> Result<Reckoning, ApiError> {
    let applicant = backend.store.citizen(&case.citizen).await?;
    let title = service.item(&task.item.as_str().into()).map_or("", |item| &item.title.zh);
    let (reference, day) = (&case.reference, date::print(due));
    let last = if task.status == CaseStatus::Asked { "您最晚交来的日子" } else { "最晚办结的日子" };
    // Who has the same day as before need not be told.
    let message =
        (due != before).then(|| format!("【一件事】办件 {reference}：放假安排公布了，{title}{last}改为 {day}。"));
    Ok(Reckoning {
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
