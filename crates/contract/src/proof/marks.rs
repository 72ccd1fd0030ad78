//! What a number rests on is written beside it: limits name their source, conditions name limits instead of numbers.

use serde_json::Value;

use super::places::Use;
use super::{Fault, fault};
use crate::condition::{Bound, Comparison, Operand, Period, Test};
use crate::id::DivisionCode;
use crate::service::{Basis, CITY, Service};

/// Numbers and windows whose basis nobody could check.
pub(super) fn check(service: &Service, uses: &[Use<'_>]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (name, limit) in &service.limits {
        if limit.source.as_deref().is_none_or(|source| source.trim().is_empty()) {
            faults.push(fault("source-missing", &format!("limits.{name}"), "say where the number was read"));
        }
    }
    // A rule carries its own basis; elsewhere a bare number has none.
    for each in uses.iter().filter(|each| !each.place.starts_with("rules.")) {
        for number in each.condition.parts().into_iter().filter_map(|part| bare_number(&part.test)) {
            faults.push(fault(
                "unmarked-number",
                &each.place,
                format!("{number} belongs into [limits] with its basis"),
            ));
        }
    }
    if has_assumptions(service) && service.notes.is_empty() {
        faults.push(fault("notes-missing", "notes", "say in words which numbers are assumptions"));
    }
    if !service.windows.contains_key(&DivisionCode::from(CITY)) {
        faults.push(fault(
            "no-window",
            "windows",
            format!("the city's own window {CITY} helps where a division has none"),
        ));
    }
    faults
}

fn has_assumptions(service: &Service) -> bool {
    let of_limits = service.limits.values().map(|limit| limit.basis);
    let of_rules = service.rules.iter().map(|rule| rule.basis);
    let of_windows = service.windows.values().map(|window| window.basis);
    of_limits.chain(of_rules).chain(of_windows).any(|basis| basis == Basis::Assumption)
}

fn bare_number(test: &Test) -> Option<&Value> {
    let Test::Compare { with, .. } = test else { return None };
    number_of(with).filter(|value| value.is_number())
}

/// The number that a comparison compares with, or the name of a limit.
pub(super) fn number_of(with: &Comparison) -> Option<&Value> {
    match with {
        Comparison::Number(bound) | Comparison::Age(bound) | Comparison::MonthsBetween { months: bound, .. } => {
            let Bound { operand: Operand::Value(value), .. } = bound else { return None };
            Some(value)
        }
        Comparison::Within(Period::Months(value) | Period::Days(value)) => Some(value),
        _ => None,
    }
}
