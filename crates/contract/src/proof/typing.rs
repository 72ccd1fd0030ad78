//! Every comparison must fit what it compares: operators fit kinds, options and limits exist.

use serde_json::Value;

use super::places::{Placed, Use};
use super::probe::{Face, Near};
use super::{Fault, fault};
use crate::condition::{Bound, Comparison, Operand, Period, Test};
use crate::date;
use crate::id::LimitId;
use crate::service::Service;

/// Comparisons that could never mean anything. Named conditions are looked at once, where they are named.
pub(super) fn check(service: &Service, placed: &[Placed<'_>], uses: &[Use<'_>]) -> Vec<Fault> {
    let near = Near::new(time::Date::MIN);
    let typing = Typing { service, faces: placed.iter().map(|each| (&*each.path, face(each, &near))).collect() };
    let mut faults = Vec::new();
    for each in uses {
        for part in each.condition.parts() {
            faults.extend(typing.rows(&part.test).map(|(code, says)| fault(code, &each.place, says)));
            let Test::Compare { field, with } = &part.test else { continue };
            let Some(face) = typing.face(field) else { continue };
            faults.extend(typing.problem(field, face, with).map(|(code, says)| fault(code, &each.place, says)));
        }
    }
    faults
}

fn face(each: &Placed<'_>, near: &Near) -> Face {
    each.field.kind.kind().probe(near).face
}

struct Typing<'a> {
    service: &'a Service,
    faces: Vec<(&'a str, Face)>,
}

type Problem = (&'static str, String);

impl Typing<'_> {
    fn face(&self, path: &str) -> Option<&Face> {
        self.faces.iter().find(|(known, _)| *known == path).map(|(_, face)| face)
    }

    /// Rows are those of a group, and what is said of them is said of fields in them.
    fn rows(&self, test: &Test) -> Option<Problem> {
        let Test::Rows { group, holds, .. } = test else { return None };
        let is_group = self.service.field(group).is_some_and(|field| field.kind.rows().is_some());
        let mut paths = Vec::new();
        holds.fields(self.service, &mut paths);
        let is_of_rows = paths.iter().any(|path| path.split_once('.').is_some_and(|(name, _)| name == group));
        let misfit = || ("operator-does-not-fit", format!("`{group}` is no group, or nothing is said of its fields"));
        (!is_group || !is_of_rows).then(misfit)
    }

    fn problem(&self, field: &str, face: &Face, with: &Comparison) -> Option<Problem> {
        let misfit = || ("operator-does-not-fit", format!("`{}` does not fit `{field}`", with.clone().written().0));
        match (with, face) {
            (Comparison::Present(_), _) => None,
            (Comparison::Is(value) | Comparison::IsNot(value), _) => is_one_of(face, value, misfit),
            (Comparison::In(all), _) => all.iter().find_map(|value| is_one_of(face, value, misfit)),
            (Comparison::Number(bound), Face::Number) => self.number(&bound.operand),
            (Comparison::Before(operand) | Comparison::After(operand), Face::Day) => self.day(operand),
            (Comparison::Age(bound), Face::Day | Face::ResidentId) => self.number(&bound.operand),
            (Comparison::MonthsBetween { until, months }, Face::Day) => {
                self.day(until).or_else(|| self.plain_number(months))
            }
            (Comparison::Within(Period::Months(count) | Period::Days(count)), Face::Day) => self.count(count),
            (Comparison::SameAs(other), _) => self.same_face(face, other),
            (Comparison::SameDivision(operand), Face::Place) => self.place(operand),
            (Comparison::Contains(operand) | Comparison::SameSurname(operand), Face::Text) => self.text(operand),
            (Comparison::Pattern(_), Face::Text | Face::ResidentId) => None,
            (Comparison::Contains(Operand::Value(option)), Face::SomeOf(options)) => unknown_option(options, option),
            _ => Some(misfit()),
        }
    }

    fn number(&self, operand: &Operand) -> Option<Problem> {
        match operand {
            Operand::Field { field } => self.same_face(&Face::Number, field),
            Operand::Value(value) => self.count(value),
        }
    }

    fn plain_number(&self, bound: &Bound) -> Option<Problem> {
        match &bound.operand {
            Operand::Field { field } => Some(("operator-does-not-fit", format!("`{field}` is no number of months"))),
            Operand::Value(value) => self.count(value),
        }
    }

    /// A number or the name of a limit.
    fn count(&self, value: &Value) -> Option<Problem> {
        let known = value.is_number()
            || value.as_str().is_some_and(|name| self.service.limits.contains_key(&LimitId::from(name)));
        (!known).then(|| ("unknown-limit", format!("{value} is neither a number nor one of [limits]")))
    }

    fn day(&self, operand: &Operand) -> Option<Problem> {
        match operand {
            Operand::Field { field } => self.same_face(&Face::Day, field),
            Operand::Value(value) => {
                let known = value
                    .as_str()
                    .is_some_and(|text| ["today", "new-year"].contains(&text) || date::parse(text).is_some());
                (!known).then(|| ("operator-does-not-fit", format!("{value} is no day: write \"today\" or a date")))
            }
        }
    }

    fn place(&self, operand: &Operand) -> Option<Problem> {
        match operand {
            Operand::Field { field } => self.same_face(&Face::Place, field),
            Operand::Value(Value::Bool(true)) => None,
            Operand::Value(value) => {
                Some(("operator-does-not-fit", format!("{value} is neither true nor another address")))
            }
        }
    }

    fn text(&self, operand: &Operand) -> Option<Problem> {
        match operand {
            Operand::Field { field } => self.same_face(&Face::Text, field),
            Operand::Value(Value::String(_)) => None,
            Operand::Value(value) => Some(("operator-does-not-fit", format!("{value} is no text"))),
        }
    }

    fn same_face(&self, face: &Face, other: &str) -> Option<Problem> {
        let found = self.face(other)?;
        (found != face).then(|| ("operator-does-not-fit", format!("`{other}` is of another kind")))
    }
}

fn is_one_of(face: &Face, value: &Value, misfit: impl Fn() -> Problem) -> Option<Problem> {
    match (face, value) {
        (Face::OneOf(options), value) => unknown_option(options, value),
        (Face::Flag, Value::Bool(_)) | (Face::Text | Face::ResidentId | Face::Place, Value::String(_)) => None,
        _ => Some(misfit()),
    }
}

fn unknown_option(options: &[String], value: &Value) -> Option<Problem> {
    let known = value.as_str().is_some_and(|id| options.iter().any(|option| option == id));
    (!known).then(|| ("unknown-option", format!("{value} is none of {}", options.join(", "))))
}
