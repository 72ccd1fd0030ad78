//! Checks: of each answer by its kind, and across answers by the definition's rules. A wrong answer is data, not a
//! failure, so everything here returns a list.

use serde_json::Value;
use time::Date;

use crate::condition::{Condition, Scope, Test, is_accepted};
use crate::field::Field;
use crate::id::StepId;
use crate::journey::{Journey, JourneyStep, ShownField};
use crate::problem::{FieldError, Problem};
use crate::service::{Rule, Service, Severity};

impl Service {
    /// Everything that is wrong on this journey, in the order of the screens: first the answers, then the rules.
    pub fn check(&self, journey: &Journey<'_>) -> Vec<FieldError> {
        journey.steps.iter().flat_map(|step| self.check_step(step, journey)).collect()
    }

    /// What is wrong on one screen.
    pub fn check_step(&self, step: &JourneyStep<'_>, journey: &Journey<'_>) -> Vec<FieldError> {
        let mut errors = Vec::new();
        for shown in &step.fields {
            self.check_field(&step.step.id, shown, journey, &mut errors);
        }
        for rule in &self.rules {
            if step.shows(&rule.field) {
                self.check_rule(step, rule, journey, &mut errors);
            }
        }
        errors
    }

    fn check_rule(&self, step: &JourneyStep<'_>, rule: &Rule, journey: &Journey<'_>, errors: &mut Vec<FieldError>) {
        let scope = journey.scope(self);
        let Some((group, field)) = rule.field.split_once('.') else {
            if rule.when.holds(&scope) {
                errors.push(broken(&step.step.id, rule, None));
            }
            return;
        };
        for (at, row) in journey.answers.rows(group).enumerate() {
            if step.shows_in_row(group, field, at) && rule.when.holds(&Scope { row: Some((group, row)), ..scope }) {
                errors.push(broken(&step.step.id, rule, Some(at)));
            }
        }
    }

    fn check_field(&self, step: &StepId, shown: &ShownField<'_>, journey: &Journey<'_>, errors: &mut Vec<FieldError>) {
        let (value, today) = (journey.answers.get(shown.answered_as()), journey.context.today);
        // The rows as such were checked where they were added.
        if !shown.field.kind.continues() {
            let problems = self.problems(shown, value, today);
            errors.extend(problems.iter().map(|problem| located(step, problem, shown, None, None)));
        }
        let rows = value.as_array().into_iter().flatten().filter_map(Value::as_object);
        for (at, (fields, row)) in shown.rows.iter().zip(rows).enumerate() {
            let name = &*shown.answered_as().0;
            for inner in fields {
                let problems = self.problems(inner, row.get(&*inner.field.id).unwrap_or(&Value::Null), today);
                errors.extend(problems.iter().map(|problem| located(step, problem, inner, Some(name), Some(at))));
            }
        }
    }

    fn problems(&self, shown: &ShownField<'_>, value: &Value, today: Date) -> Vec<Problem> {
        let kind = shown.field.kind.kind();
        let empty = kind.is_empty(value) || self.agreed_to_another_version(shown.field, value);
        match (empty, shown.required) {
            (false, _) => {
                let mut problems = kind.check(value);
                if problems.is_empty() {
                    problems.extend(kind.check_day(value, today));
                }
                problems
            }
            (true, true) => vec![Problem::Missing],
            (true, false) => Vec::new(),
        }
    }

    /// Who agreed to another version of a text has not agreed to this one.
    fn agreed_to_another_version(&self, field: &Field, value: &Value) -> bool {
        let consent = field.kind.consent().and_then(|given| self.consent(&given.consent));
        consent.is_some_and(|consent| value.get("version").is_some() && !is_accepted(value, consent.version))
    }

    /// Whether everything before and on this screen is right.
    pub fn is_passable(&self, step: &JourneyStep<'_>, journey: &Journey<'_>) -> bool {
        !self.check_step(step, journey).iter().any(FieldError::blocks)
    }

    /// The first step that still needs something; `None` when the form can be sent or has ended at a gate.
    pub fn first_open_step<'a, 'b>(&self, journey: &'b Journey<'a>) -> Option<&'b JourneyStep<'a>> {
        journey.steps.iter().find(|step| !self.is_passable(step, journey))
    }

    /// The step to open: the one that the resident visited last, as long as nothing before it is open, else the first
    /// open one, else the first.
    pub fn entry_step<'a, 'b>(
        &self,
        journey: &'b Journey<'a>,
        last_visited: Option<&str>,
    ) -> Option<&'b JourneyStep<'a>> {
        let first_open = self.first_open_step(journey);
        let position = |id: &str| journey.steps.iter().position(|step| step.step.id == *id);
        let open_at = first_open.and_then(|step| position(&step.step.id)).unwrap_or(usize::MAX);
        let visited_at = last_visited.and_then(position).filter(|at| *at <= open_at);
        visited_at.and_then(|at| journey.steps.get(at)).or(first_open).or(journey.steps.first())
    }
}

pub(crate) fn located(
    step: &StepId,
    problem: &Problem,
    shown: &ShownField<'_>,
    group: Option<&str>,
    row: Option<usize>,
) -> FieldError {
    let id = &shown.field.id;
    FieldError {
        step: step.clone(),
        field: group.map_or_else(|| id.0.clone(), |group| format!("{group}.{id}")),
        row,
        severity: Severity::Block,
        code: problem.code().to_owned(),
        message: problem.says(shown.field),
    }
}

fn broken(step: &StepId, rule: &Rule, row: Option<usize>) -> FieldError {
    FieldError {
        step: step.clone(),
        field: rule.field.clone(),
        row,
        severity: rule.severity,
        code: rule.id.0.clone(),
        message: rule.says.clone(),
    }
}

impl Condition {
    /// The paths of all fields that it looks at, names of other conditions followed.
    pub fn fields<'a>(&'a self, service: &'a Service, paths: &mut Vec<&'a str>) {
        match &self.test {
            Test::Named(name) => {
                if let Some(named) = service.conditions.get(name) {
                    named.fields(service, paths);
                }
            }
            Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| part.fields(service, paths)),
            Test::Not(inner) => inner.fields(service, paths),
            Test::Rows { group, holds, .. } => {
                paths.push(group);
                holds.fields(service, paths);
            }
            Test::Compare { field, .. } => paths.push(field),
        }
    }
}
