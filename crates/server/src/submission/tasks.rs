//! The tasks of a case: one for each item that holds, with its last day and where it goes.

use contract::case::CaseStatus;
use contract::service::{Item, Service, Track};
use contract::{Journey, date};

use crate::backend::Backend;
use crate::partners::in_changde;
use crate::store::{Seconds, TaskRecord};

/// The way that the resident chose, with its own clock.
pub(super) fn track<'a>(service: &'a Service, journey: &Journey<'_>) -> Option<&'a Track> {
    let scope = journey.scope(service);
    service.tracks.iter().find(|track| track.when.holds(&scope))
}

/// An item that needs another begins when that one is done, and has no day before.
pub(super) fn tasks(
    backend: &Backend,
    service: &Service,
    journey: &Journey<'_>,
    applied_in: &str,
    received_at: Seconds,
) -> Vec<TaskRecord> {
    let (received, calendar) = (in_changde(received_at).date(), &backend.calendar);
    let destination =
        |item: &Item| backend.offices.destination(&backend.divisions, (service, item), &journey.answers, applied_in);
    let scope = journey.scope(service);
    let holds = |item: &&Item| item.show_when.as_ref().is_none_or(|when| when.holds(&scope));
    let items: Vec<&Item> = service.items.iter().filter(holds).collect();
    let track = track(service, journey);
    let waits = |item: &Item| item.needs.iter().any(|needed| items.iter().any(|other| other.id == *needed));
    let task = |item: &&Item| {
        let promise = track.and_then(|track| track.promises.get(&item.id)).unwrap_or(&item.promise);
        let due = (!waits(item)).then(|| calendar.due(received, promise.working_days));
        TaskRecord {
            item: item.id.0.clone(),
            status: if due.is_some() { CaseStatus::Submitted } else { CaseStatus::Waiting },
            due: due.map(date::print),
            due_is_provisional: due.is_some_and(|due| calendar.is_provisional(due)),
            agency: item.agency.0.clone(),
            destination: destination(item),
            version: 1,
            assignee: None,
            promised: promise.working_days,
            since: received_at,
        }
    };
    items.iter().map(task).collect()
}
