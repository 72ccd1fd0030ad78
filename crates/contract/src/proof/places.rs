//! Where things stand in a definition: every condition with its place and how far it may look back, and every field
//! with its position on the way.

use std::collections::BTreeMap;

use crate::condition::{Condition, Test};
use crate::field::Field;
use crate::service::{Service, Step};

/// A condition where the definition uses it.
pub(super) struct Use<'a> {
    /// For people: `steps.licence.fields.operator.show_when`.
    pub place: String,
    pub condition: &'a Condition,
    /// It may look at fields before this position.
    pub horizon: usize,
}

/// A field with its path and position; a computed one is seen like others.
pub(super) struct Placed<'a> {
    pub path: String,
    pub place: String,
    pub step: &'a Step,
    pub field: &'a Field,
    pub position: usize,
}

/// Every field, those of groups included, in the order in which people are asked.
pub(super) fn fields(service: &Service) -> Vec<Placed<'_>> {
    let mut all = Vec::new();
    for (step, field) in service.fields() {
        let place = format!("steps.{}.fields.{}", step.id, field.id);
        let group = field.kind.rows();
        let position = all.len();
        all.push(Placed { path: field.id.0.clone(), place: place.clone(), step, field, position });
        for inner in group.into_iter().flat_map(|group| &group.fields) {
            let name = group.map_or(&field.id, |group| group.answered_as(&field.id));
            let path = format!("{name}.{}", inner.id);
            let place = format!("{place}.fields.{}", inner.id);
            all.push(Placed { path, place, step, field: inner, position: all.len() });
        }
    }
    all
}

/// Every condition that is used, named ones at their uses. `[conditions]` themselves come last, without a horizon.
pub(super) fn conditions<'a>(service: &'a Service, placed: &[Placed<'a>]) -> Vec<Use<'a>> {
    let mut uses = Vec::new();
    let mut add = |place: String, condition: Option<&'a Condition>, horizon: usize| {
        uses.extend(condition.map(|condition| Use { place, condition, horizon }));
    };
    let (begins, ends) = step_bounds(placed);
    for step in &service.steps {
        let horizon = begins.get(&*step.id).copied().unwrap_or(usize::MAX);
        add(format!("steps.{}.show_when", step.id), step.show_when.as_ref(), horizon);
    }
    for each in placed {
        add(format!("{}.show_when", each.place), each.field.show_when.as_ref(), each.position);
        add(format!("{}.require_when", each.place), each.field.require_when.as_ref(), each.position);
        add(format!("{}.prefill_when", each.place), each.field.prefill_when.as_ref(), each.position);
    }
    for gate in &service.gates {
        let horizon = ends.get(&*gate.step).copied().unwrap_or(usize::MAX);
        add(format!("gates.{}.stops_when", gate.id), Some(&gate.stops_when), horizon);
    }
    for rule in &service.rules {
        let step = placed.iter().find(|each| each.path == rule.field).map(|each| &*each.step.id);
        let horizon = step.and_then(|step| ends.get(step)).copied().unwrap_or(usize::MAX);
        add(format!("rules.{}.when", rule.id), Some(&rule.when), horizon);
    }
    at_the_end(service, &mut add);
    uses
}

/// What is decided once everything is answered.
fn at_the_end<'a>(service: &'a Service, add: &mut impl FnMut(String, Option<&'a Condition>, usize)) {
    for item in &service.items {
        add(format!("items.{}.show_when", item.id), item.show_when.as_ref(), usize::MAX);
    }
    for track in &service.tracks {
        add(format!("tracks.{}.when", track.id), Some(&track.when), usize::MAX);
    }
    for material in &service.materials {
        add(format!("materials.{}.show_when", material.id), material.show_when.as_ref(), usize::MAX);
    }
    for item in &service.items {
        let electronic = item.issues.as_ref().and_then(|issue| issue.electronic.as_ref());
        add(format!("items.{}.issues.electronic", item.id), electronic, usize::MAX);
    }
    for delivery in &service.deliveries {
        add(format!("deliveries.{}.when", delivery.id), Some(&delivery.when), usize::MAX);
    }
    for notification in &service.notifications {
        add(format!("notifications.{}.when", notification.id), Some(&notification.when), usize::MAX);
    }
    for (at, fee) in service.fees.iter().enumerate() {
        add(format!("fees.{at}.show_when"), fee.show_when.as_ref(), usize::MAX);
    }
    if let Some(siblings) = &service.siblings {
        add("siblings.show_when".to_owned(), Some(&siblings.show_when), usize::MAX);
    }
    for step in &service.next {
        add(format!("next.{}.when", step.id), step.when.as_ref(), usize::MAX);
    }
    for (name, condition) in &service.conditions {
        add(format!("conditions.{name}"), Some(condition), usize::MAX);
    }
}

/// The position of each step's first field, and the one behind its last.
fn step_bounds<'a>(placed: &[Placed<'a>]) -> (BTreeMap<&'a str, usize>, BTreeMap<&'a str, usize>) {
    let (mut begins, mut ends) = (BTreeMap::new(), BTreeMap::new());
    for each in placed {
        begins.entry(&*each.step.id).or_insert(each.position);
        ends.insert(&*each.step.id, each.position + 1);
    }
    (begins, ends)
}

impl Condition {
    /// Itself and every condition inside it, names not followed.
    pub(super) fn parts(&self) -> Vec<&Condition> {
        let inner: Vec<&Condition> = match &self.test {
            Test::All(parts) | Test::Any(parts) => parts.iter().collect(),
            Test::Not(inner) | Test::Rows { holds: inner, .. } => vec![&**inner],
            Test::Named(_) | Test::Compare { .. } => Vec::new(),
        };
        [self].into_iter().chain(inner.into_iter().flat_map(Condition::parts)).collect()
    }
}
