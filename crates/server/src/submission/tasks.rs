//! The tasks of a case: one for each item that holds, with its last day.

use contract::calendar::Calendar;
use contract::case::CaseStatus;
use contract::service::{Item, Service, Track};
use contract::{Journey, date};
use time::Date;

use crate::store::TaskRecord;

/// The way that the resident chose, with its own clock.
pub(super) fn track<'a>(service: &'a Service, journey: &Journey<'_>) -> Option<&'a Track> {
    let scope = journey.scope(service);
    service.tracks.iter().find(|track| track.when.holds(&scope))
}

/// An item that needs another begins when that one is done, and has no day before.
pub(super) fn tasks(service: &Service, journey: &Journey<'_>, calendar: &Calendar, received: Date) -> Vec<TaskRecord> {
    let scope = journey.scope(service);
    let holds = |item: &&Item| item.show_when.as_ref().is_none_or(|when| when.holds(&scope));
    let items: Vec<&Item> = service.items.iter().filter(holds).collect();
    let track = track(service, journey);
    let task = |item: &&Item| {
        if item.needs.iter().any(|needed| items.iter().any(|other| other.id == *needed)) {
            return waiting(item);
        }
        let promise = track.and_then(|track| track.promises.get(&item.id)).unwrap_or(&item.promise);
        let due = calendar.due(received, promise.working_days);
        TaskRecord {
            item: item.id.0.clone(),
            status: CaseStatus::Submitted,
            due: Some(date::print(due)),
            due_is_provisional: calendar.is_provisional(due),
        }
    };
    items.iter().map(task).collect()
}

fn waiting(item: &Item) -> TaskRecord {
    TaskRecord { item: item.id.0.clone(), status: CaseStatus::Waiting, due: None, due_is_provisional: false }
}
