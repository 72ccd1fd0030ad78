//! What comes next leads somewhere: to a service, or to a place with a page or a phone; its last day is a day.

use super::{Fault, fault, texts};
use crate::service::{NextStep, Service};

pub(super) fn check(service: &Service) -> Vec<Fault> {
    service.next.iter().flat_map(of_step).collect()
}

fn of_step(step: &NextStep) -> Vec<Fault> {
    let place = |name: &str| format!("next.{}.{name}", step.id);
    let mut faults = texts::of(&step.title, &place("title"));
    faults.extend(texts::of(&step.says, &place("says")));
    let is_elsewhere = step.url.is_some() || step.phone.is_some();
    if step.service.is_some() == is_elsewhere {
        faults.push(fault("next-leads-nowhere", &place("service"), "name a service, or a url or phone elsewhere"));
    }
    if step.url.as_ref().is_some_and(|url| !url.starts_with("https://")) {
        faults.push(fault("next-leads-nowhere", &place("url"), "it begins with https://"));
    }
    // 2026 has no 29 February, and a last day is there every year.
    if step.until.is_some() && step.last_day_in(2026).is_none() {
        faults.push(fault("no-day-of-the-year", &place("until"), "write month and day, as `12-31`"));
    }
    faults
}
