//! What was published of before and after: numbers that stand opposite each other, with where they were read.

use super::{Fault, fault};
use crate::service::Service;

pub(super) fn check(service: &Service) -> Vec<Fault> {
    let (Some(before), Some(after)) = (&service.before, &service.after) else {
        let is_alone = service.before.is_some() || service.after.is_some();
        let says = "what was before is shown beside what is now: say both";
        return is_alone.then(|| fault("figure-alone", "before", says)).into_iter().collect();
    };
    let mut faults = Vec::new();
    for (place, figures) in [("before", before), ("after", after)] {
        if figures.source.is_empty() {
            faults.push(fault("no-source", place, "say where the numbers were read"));
        }
    }
    for (name, before, after) in itemised(before.numbers(), after.numbers()) {
        if before.is_some() != after.is_some() {
            faults.push(fault("figure-alone", &format!("before.{name}"), "its number is missing on one side"));
        }
    }
    let visits = (service.visits.before, service.visits.now);
    if let (Some(before), Some(after)) = (before.visits, after.visits)
        && (before, after) != visits
    {
        faults.push(fault("visits-differ", "before.visits", "`visits` says another number"));
    }
    faults
}

fn itemised(before: [Option<u32>; 4], after: [Option<u32>; 4]) -> Vec<(&'static str, Option<u32>, Option<u32>)> {
    let names = ["papers", "days", "steps", "visits"];
    names.into_iter().zip(before.into_iter().zip(after)).map(|(name, (before, after))| (name, before, after)).collect()
}
