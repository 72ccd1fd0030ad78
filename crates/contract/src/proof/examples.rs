//! The two examples of a service: the way with the fewest answers, and the one that shows as much as possible.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;
use time::Date;

use super::branches::Branches;
use super::figures::figures;
use super::{Fault, fault, fullest};
use crate::answers::{Answers, ROW};
use crate::date;
use crate::id::DivisionCode;
use crate::journey::Context;
use crate::load::Definition;
use crate::problem::FieldError;
use crate::service::Service;

/// `examples/minimal.json` and `examples/maximal.json`.
#[derive(Clone, Debug)]
pub struct Examples {
    pub minimal: Example,
    pub maximal: Example,
    /// `examples/branches.toml`, where there is one.
    pub branches: Branches,
}

/// Answers with the day and the division that they were written for.
#[derive(Clone, Debug)]
pub struct Example {
    pub division: DivisionCode,
    pub today: Date,
    pub answers: Answers,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    division: DivisionCode,
    today: String,
    answers: Answers,
}

impl Example {
    pub fn parse(json: &str) -> Result<Self, String> {
        let written: Written = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let today = date::parse(&written.today).ok_or_else(|| format!("`{}` is no day", written.today))?;
        Ok(Self { division: written.division, today, answers: written.answers })
    }

    pub fn context(&self) -> Context {
        Context { today: self.today, division: self.division.clone() }
    }

    pub(super) fn check(&self, service: &Service, place: &str) -> Vec<Fault> {
        let context = self.context();
        let journey = service.journey(&self.answers, &context);
        let mut faults = Vec::new();
        if let Some(gate) = journey.exit {
            faults.push(fault("example-ends-at-gate", place, format!("it ends at `{}`", gate.id)));
        }
        for error in service.check(&journey).iter().filter(|error| error.blocks()) {
            let place = format!("{place}.{}", error.field);
            faults.push(fault("example-wrong", &place, format!("{} ({})", error.message.en, error.code)));
        }
        for path in paths(&self.answers).difference(&paths(&journey.answers)) {
            faults.push(fault("example-hidden-answer", &format!("{place}.{path}"), "these answers never ask for it"));
        }
        faults
    }

    /// What the service says of a plain case must be so: how long it takes, and how much is known already.
    fn claims(&self, service: &Service) -> Vec<Fault> {
        let figures = figures(service, self);
        let mut faults = Vec::new();
        if figures.seconds() > f64::from(service.minutes) * 60.0 {
            let says = format!("a plain case takes {} seconds by the keystroke-level model", figures.seconds().round());
            faults.push(fault("takes-longer", "minutes", says));
        }
        if figures.known_percent() < service.known_percent {
            let says = format!("of a plain case {} % is known already", figures.known_percent());
            faults.push(fault("knows-less", "known_percent", says));
        }
        faults
    }

    /// Answers that could be left out.
    fn spare(&self, service: &Service) -> Vec<Fault> {
        let context = self.context();
        let can_be_sent = |answers: &Answers| {
            let journey = service.journey(answers, &context);
            journey.exit.is_none() && !service.check(&journey).iter().any(FieldError::blocks)
        };
        let mut faults = Vec::new();
        for path in paths(&self.answers) {
            if can_be_sent(&without(&self.answers, &path)) {
                let place = format!("examples.minimal.{path}");
                faults.push(fault("example-spare-answer", &place, "it can be sent without this answer"));
            }
        }
        faults
    }
}

impl Examples {
    /// Reads the files. The error names the one that is wrong.
    pub fn read(minimal: &str, maximal: &str, branches: Option<&str>) -> Result<Self, String> {
        let example = |name: &str, json: &str| Example::parse(json).map_err(|error| format!("{name}.json: {error}"));
        let (minimal, maximal) = (example("minimal", minimal)?, example("maximal", maximal)?);
        let branches = branches.map(|toml| Branches::read(toml, &minimal, &maximal)).transpose();
        let branches = branches.map_err(|error| format!("branches.toml: {error}"))?.unwrap_or_default();
        Ok(Self { minimal, maximal, branches })
    }

    pub(super) fn check(&self, definition: &Definition) -> Vec<Fault> {
        let mut faults = Vec::new();
        if let Ok(service) = definition.service(&self.minimal.division) {
            faults.extend(self.minimal.check(&service, "examples.minimal"));
            if faults.is_empty() {
                faults.extend(self.minimal.spare(&service));
                faults.extend(self.minimal.claims(&service));
            }
        }
        if let Ok(service) = definition.service(&self.maximal.division) {
            let found = self.maximal.check(&service, "examples.maximal");
            if found.is_empty() {
                faults.extend(fullest::missed(&self.maximal, &service));
            }
            faults.extend(found);
        }
        faults.extend(self.branches.check(definition));
        faults
    }
}

/// Paths of everything answered: each field, and `group.field` once for all rows.
fn paths(answers: &Answers) -> BTreeSet<String> {
    let mut paths: BTreeSet<String> = answers.0.keys().cloned().collect();
    for (field, value) in &answers.0 {
        let rows = value.as_array().into_iter().flatten().filter_map(Value::as_object);
        for inner in rows.filter(|row| row.contains_key(ROW)).flat_map(|row| row.keys()).filter(|key| *key != ROW) {
            paths.insert(format!("{field}.{inner}"));
        }
    }
    paths
}

fn without(answers: &Answers, path: &str) -> Answers {
    let mut answers = answers.clone();
    match path.split_once('.') {
        None => answers.set(path, Value::Null),
        Some((group, field)) => {
            let rows = answers.0.get_mut(group).and_then(Value::as_array_mut).into_iter().flatten();
            rows.filter_map(Value::as_object_mut).for_each(|row| drop(row.remove(field)));
        }
    }
    answers
}
