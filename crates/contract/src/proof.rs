//! Proves definitions: what `cargo xtask services` checks of every service. Names and texts are checked as they are
//! written; reachability and dead ends by walking the form with right answers on every side of every condition.

pub mod probe;

mod assumptions;
mod branches;
mod chance;
pub mod chinese;
mod deliveries;
mod diagram;
mod examples;
mod fees;
mod figures;
mod fullest;
mod ids;
mod items;
mod later;
mod listed;
mod marks;
mod materials;
mod next;
mod notifications;
mod page;
mod places;
mod published;
mod references;
mod renewal;
mod signing;
mod texts;
mod typing;
mod walk;
mod walks;

use std::fmt::{Display, Formatter, Result as FmtResult};

pub use branches::{Branch, Branches};
pub use diagram::diagram;
pub use examples::{Example, Examples};
pub use figures::{Figures, figures};
pub use page::page;

use crate::id::DivisionCode;
use crate::load::Definition;
use crate::service::{CITY, Service};

/// What is wrong with a definition, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Kebab-case, stable.
    pub code: &'static str,
    /// The ids on the way to it, as in `rules.too-high.when`.
    pub place: String,
    /// One plain sentence for whoever maintains the data.
    pub says: String,
}

impl Display for Fault {
    fn fmt(&self, out: &mut Formatter<'_>) -> FmtResult {
        write!(out, "{}: {} ({})", self.place, self.says, self.code)
    }
}

fn fault(code: &'static str, place: &str, says: impl Into<String>) -> Fault {
    Fault { code, place: place.to_owned(), says: says.into() }
}

/// Everything that is wrong with a service in any division. `released` is what [`released_ids`] gave when it went out;
/// empty for a service that was never released.
pub fn prove(definition: &Definition, examples: &Examples, released: &str) -> Vec<Fault> {
    let mut faults = listed::check(definition);
    let city = DivisionCode::from(CITY);
    for division in [city.clone()].into_iter().chain(definition.divisions().filter(|one| *one != city)) {
        let found = match definition.service(&division) {
            Ok(service) => prove_service(&service, &division, examples, released),
            Err(error) => vec![fault("unreadable", "service.toml", error)],
        };
        for mut fault in found {
            // What is wrong everywhere is told once, without the division.
            if !faults.iter().any(|known: &Fault| known.code == fault.code && known.place == fault.place) {
                if division != city {
                    fault.says = format!("in {division}: {}", fault.says);
                }
                faults.push(fault);
            }
        }
    }
    if faults.is_empty() {
        faults.extend(examples.check(definition));
    }
    faults
}

/// The ids that drafts and cases hold; a released service keeps them.
pub fn released_ids(service: &Service) -> String {
    ids::list(service, &places::fields(service))
}

fn prove_service(service: &Service, division: &DivisionCode, examples: &Examples, released: &str) -> Vec<Fault> {
    let placed = places::fields(service);
    let uses = places::conditions(service, &placed);
    let mut faults = ids::check(service, &placed, released);
    faults.extend(items::check(service));
    faults.extend(deliveries::check(service, division));
    faults.extend(notifications::check(service));
    faults.extend(references::check(service, &placed, &uses));
    faults.extend(signing::check(service, &placed));
    faults.extend(later::check(service));
    faults.extend(next::check(service));
    faults.extend(renewal::check(service));
    faults.extend(fees::check(service));
    faults.extend(published::check(service));
    faults.extend(typing::check(service, &placed, &uses));
    faults.extend(materials::check(service, &placed));
    faults.extend(texts::check(service));
    faults.extend(marks::check(service, &uses));
    // Following names that go in a circle would never end.
    if !faults.iter().any(|fault| fault.code == "condition-circle") {
        faults.extend(assumptions::check(service, &placed));
    }
    // Walking a form whose names are wrong would only repeat the same faults in other words.
    if faults.is_empty() {
        faults.extend(walks::check(service, division, examples.minimal.today, &placed));
    }
    faults
}
