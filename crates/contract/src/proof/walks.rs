//! Many walks: everything must be reached by some answers, and no answers may lead to where one can neither go on nor
//! leave.

use std::collections::BTreeSet;

use time::Date;

use super::places::Placed;
use super::walk::{End, Walker};
use super::{Fault, deliveries, fault};
use crate::answers::Answers;
use crate::id::DivisionCode;
use crate::journey::{Context, Journey, JourneyStep, ShownField};
use crate::service::Service;

/// Walks that are made in any case, and those after which what was not reached counts as unreachable.
const AT_LEAST: usize = 80;
const AT_MOST: usize = 400;
/// A screen is one topic.
pub(super) const INPUTS: usize = 6;

/// What is never reached, where people get stuck, screens that ask too much, and documents nobody could give.
pub(super) fn check(service: &Service, division: &DivisionCode, today: Date, placed: &[Placed<'_>]) -> Vec<Fault> {
    let context = Context { today, division: division.clone() };
    let mut walker = Walker::new(service, &context, placed);
    let mut missing = wanted(service, placed);
    let mut faults: Vec<Fault> = Vec::new();
    for count in 0..AT_MOST {
        if count >= AT_LEAST && missing.is_empty() {
            break;
        }
        let mut seen = Vec::new();
        let (answers, end) = walker.walk(&mut |journey, step| {
            reached(service, journey, step, &mut missing);
            seen.extend(crowd(step));
        });
        match end {
            End::Sent => seen.extend(at_the_end(service, &context, &answers, &mut missing)),
            End::Exit => {}
            End::Stuck(step, codes) => seen.push(fault(
                "stuck",
                &format!("steps.{step}"),
                format!("after some answers nothing leads on, because of {}", codes.join(", ")),
            )),
        }
        for fault in seen {
            if !faults.iter().any(|known| known.code == fault.code && known.place == fault.place) {
                faults.push(fault);
            }
        }
    }
    // Who cannot pass a step reaches nothing behind it: one fault is enough.
    if !faults.iter().any(|fault| fault.code == "stuck") {
        faults.extend(missing.iter().map(|place| fault("never-reached", place, "no answers lead there")));
    }
    faults
}

/// Everything that some answers must reach, as places.
fn wanted(service: &Service, placed: &[Placed<'_>]) -> BTreeSet<String> {
    let mut wanted = BTreeSet::new();
    wanted.extend(service.steps.iter().map(|one| format!("steps.{}", one.id)));
    wanted.extend(placed.iter().map(|each| each.place.clone()));
    wanted.extend(service.gates.iter().map(|one| format!("gates.{}", one.id)));
    wanted.extend(service.rules.iter().map(|one| format!("rules.{}", one.id)));
    wanted.extend(service.items.iter().map(|one| format!("items.{}", one.id)));
    wanted.extend(service.tracks.iter().map(|one| format!("tracks.{}", one.id)));
    wanted.extend(service.materials.iter().map(|one| format!("materials.{}", one.id)));
    wanted.extend(service.deliveries.iter().map(|one| format!("deliveries.{}", one.id)));
    wanted.extend(service.notifications.iter().map(|one| format!("notifications.{}", one.id)));
    wanted.extend((0..service.fees.len()).map(|at| format!("fees.{at}")));
    wanted
}

fn reached(service: &Service, journey: &Journey<'_>, step: &JourneyStep<'_>, missing: &mut BTreeSet<String>) {
    let place = format!("steps.{}", step.step.id);
    for shown in &step.fields {
        let field = format!("{place}.fields.{}", shown.field.id);
        for inner in shown.rows.iter().flatten() {
            missing.remove(&format!("{field}.fields.{}", inner.field.id));
        }
        missing.remove(&field);
    }
    missing.remove(&place);
    if let Some(gate) = journey.exit {
        missing.remove(&format!("gates.{}", gate.id));
        return;
    }
    for error in service.check_step(step, journey) {
        missing.remove(&format!("rules.{}", error.code));
    }
}

/// More inputs on one screen than people take in at once. A group counts the fullest of its rows.
fn crowd(step: &JourneyStep<'_>) -> Option<Fault> {
    let is_input = |shown: &&ShownField<'_>| shown.field.kind.computed().is_none();
    let own = step.fields.iter().filter(is_input).filter(|shown| shown.field.kind.rows().is_none()).count();
    let in_rows = |shown: &ShownField<'_>| shown.rows.iter().map(|row| row.iter().filter(is_input).count()).max();
    let inputs = own + step.fields.iter().filter_map(in_rows).sum::<usize>();
    let place = format!("steps.{}", step.step.id);
    (inputs > INPUTS).then(|| fault("too-many-inputs", &place, format!("{inputs} inputs at once, at most {INPUTS}")))
}

fn at_the_end(service: &Service, context: &Context, answers: &Answers, missing: &mut BTreeSet<String>) -> Vec<Fault> {
    let journey = service.journey(answers, context);
    let scope = journey.scope(service);
    let mut faults = Vec::new();
    for error in service.check(&journey).into_iter().filter(|error| error.blocks()) {
        faults.push(fault("stuck", &format!("steps.{}", error.step), format!("{} blocks at the end", error.code)));
    }
    for asked in service.asked_materials(&journey) {
        let place = format!("materials.{}", asked.material.id);
        if !asked.given {
            faults.push(fault("not-given", &place, "some answers ask for it and leave no way to give it"));
        }
        missing.remove(&place);
    }
    let items = service.items.iter().filter(|one| one.show_when.as_ref().is_none_or(|when| when.holds(&scope)));
    let items: Vec<_> = items.map(|one| format!("items.{}", one.id)).collect();
    let tracks = service.tracks.iter().filter(|one| one.when.holds(&scope));
    let tracks: Vec<_> = tracks.map(|one| format!("tracks.{}", one.id)).collect();
    let ways = service.deliveries.iter().filter(|one| one.when.holds(&scope));
    let ways: Vec<_> = ways.map(|one| format!("deliveries.{}", one.id)).collect();
    let told: Vec<_> = service.notifications_of(&journey).map(|(one, _)| format!("notifications.{}", one.id)).collect();
    let fees = service.fees.iter().enumerate();
    let fees = fees.filter(|(_, one)| one.show_when.as_ref().is_none_or(|when| when.holds(&scope)));
    let fees: Vec<_> = fees.map(|(at, _)| format!("fees.{at}")).collect();
    if items.is_empty() {
        faults.push(fault("no-item", "items", "some answers apply for nothing"));
    }
    if !service.tracks.is_empty() && tracks.len() != 1 {
        faults.push(fault("not-exactly-one", "tracks", format!("some answers lead to {} of them", tracks.len())));
    }
    faults.extend(deliveries::at_the_end(service, &scope));
    for place in items.iter().chain(&tracks).chain(&ways).chain(&told).chain(&fees) {
        missing.remove(place);
    }
    faults
}
