//! An assumption may warn, and never block or switch: nobody is turned away, asked for a paper or kept from a way through
//! because of a number that no authority has published.

use serde_json::Value;

use super::marks::number_of;
use super::places::{self, Placed, Use};
use super::{Fault, fault};
use crate::condition::{Condition, Test};
use crate::field::Field;
use crate::id::LimitId;
use crate::service::{Basis, Service, Severity, Step};

/// Gates, blocking rules, tracks, items and whatever is asked for that rest on an assumption, names followed.
pub(super) fn check(service: &Service, placed: &[Placed<'_>]) -> Vec<Fault> {
    let switches = places::conditions(service, placed).into_iter().filter(|each| switches(service, placed, each));
    let found = switches.filter_map(|each| assumption(service, each.condition).map(|limit| (each.place, limit)));
    let says = |limit| format!("`{limit}` is an assumption, which may warn and never block or switch");
    found.map(|(place, limit)| fault("rests-on-assumption", &place, says(limit))).collect()
}

/// Whether more than a hint depends on the condition. Named conditions count where they are used.
fn switches(service: &Service, placed: &[Placed<'_>], each: &Use<'_>) -> bool {
    let parts: Vec<&str> = each.place.split('.').collect();
    match parts[..] {
        ["gates" | "tracks" | "materials" | "deliveries", ..] => true,
        ["items", _, "show_when"] => true,
        ["rules", id, ..] => service.rules.iter().any(|rule| *rule.id.0 == *id && rule.severity == Severity::Block),
        ["steps", id, "show_when"] => service.steps.iter().any(|step| *step.id.0 == *id && asks(step)),
        ["steps", .., "show_when"] => {
            placed.iter().any(|one| each.place.strip_suffix(".show_when") == Some(&one.place) && is_asked(one.field))
        }
        ["steps", .., "require_when"] => true,
        _ => false,
    }
}

fn asks(step: &Step) -> bool {
    let inner = step.fields.iter().filter_map(|field| field.kind.rows()).flat_map(|group| &group.fields);
    step.fields.iter().chain(inner).any(is_asked)
}

/// What must be answered, or given, before one can send.
fn is_asked(field: &Field) -> bool {
    field.kind.computed().is_none() && (!field.optional || field.require_when.is_some())
}

/// The first assumption that a condition compares with.
fn assumption<'a>(service: &'a Service, condition: &'a Condition) -> Option<&'a str> {
    condition.parts().into_iter().find_map(|part| match &part.test {
        Test::Named(name) => service.conditions.get(name).and_then(|named| assumption(service, named)),
        Test::Compare { with, .. } => number_of(with).and_then(Value::as_str).filter(|name| {
            service.limits.get(&LimitId::from(*name)).is_some_and(|limit| limit.basis == Basis::Assumption)
        }),
        Test::All(_) | Test::Any(_) | Test::Not(_) | Test::Rows { .. } => None,
    })
}
