//! One walk through the form: right answers chosen at random, step by step, until the end or an exit.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::chance::Chance;
use super::places::Placed;
use super::probe::Near;
use crate::answers::{Answers, ROW};
use crate::condition::{Bound, Comparison, Operand, Period, Test};
use crate::id::{LimitId, StepId};
use crate::journey::{Context, Journey, JourneyStep};
use crate::kinds::Group;
use crate::service::{Service, Step};
use crate::{Condition, date};

/// People who agree, to one who does not.
const AGREES_TO_A_REFUSAL: usize = 9;
/// How often a step is answered anew before it counts as one that nobody can pass.
const ATTEMPTS: usize = 120;
/// Of which one in so many begins from nothing.
const MENDS: usize = 8;

pub(super) struct Walker<'a> {
    service: &'a Service,
    context: &'a Context,
    /// Right answers by path; `null` where it may be left out.
    choices: BTreeMap<&'a str, Vec<Value>>,
    chance: Chance,
}

/// How a walk ended.
pub(super) enum End {
    Sent,
    Exit,
    /// Nothing leads on from this step; the codes of what blocks it.
    Stuck(StepId, Vec<String>),
}

enum Passage {
    Passed(Answers),
    Exit,
    Blocked(Vec<String>),
}

impl<'a> Walker<'a> {
    pub(super) fn new(service: &'a Service, context: &'a Context, placed: &'a [Placed<'a>]) -> Self {
        let near = near(service, context, placed);
        let mut choices = BTreeMap::new();
        for each in placed {
            let known = near.get(&*each.path).cloned().unwrap_or_else(|| Near::new(context.today));
            let mut samples = each.field.kind.kind().probe(&known).samples;
            if let Some(consent) = each.field.kind.consent().and_then(|given| service.consent(&given.consent)) {
                let answer = |accepted: bool| json!({ "accepted": accepted, "version": consent.version });
                samples = vec![answer(true); AGREES_TO_A_REFUSAL];
                samples.push(answer(false));
            }
            if each.field.optional || each.field.require_when.is_some() {
                samples.push(Value::Null);
            }
            choices.insert(&*each.path, samples);
        }
        Self { service, context, choices, chance: Chance::new(0x59_6a_73) }
    }

    /// Walks to an end. `visit` sees every journey on the way, with the step that was just answered.
    pub(super) fn walk(&mut self, visit: &mut dyn FnMut(&Journey<'a>, &JourneyStep<'a>)) -> (Answers, End) {
        let mut answers = Answers::default();
        for step in &self.service.steps {
            match self.pass(step, &answers, visit) {
                Passage::Passed(next) => answers = next,
                Passage::Exit => return (answers, End::Exit),
                Passage::Blocked(codes) => return (answers, End::Stuck(step.id.clone(), codes)),
            }
        }
        (answers, End::Sent)
    }

    fn pass(
        &mut self,
        step: &'a Step,
        before: &Answers,
        visit: &mut dyn FnMut(&Journey<'a>, &JourneyStep<'a>),
    ) -> Passage {
        let mut blocked = Vec::new();
        let mut answers = before.clone();
        let mut wrong: Vec<usize> = Vec::new();
        for attempt in 0..ATTEMPTS {
            // Six rows that must all be right are seldom right by chance: most attempts change only the wrong ones.
            if wrong.is_empty() || attempt % MENDS == 0 {
                answers = before.clone();
                self.answer_step(step, &mut answers);
            } else {
                self.mend_rows(step, &mut answers, &wrong);
            }
            let journey = self.service.journey(&answers, self.context);
            let Some(shown) = journey.step(&step.id) else { return Passage::Passed(before.clone()) };
            visit(&journey, shown);
            if journey.exit.is_some() {
                continue;
            }
            let errors = self.service.check_step(shown, &journey);
            let blocking = || errors.iter().filter(|error| error.blocks());
            wrong = blocking().filter_map(|error| error.row).collect();
            blocked = blocking().map(|error| error.code.clone()).collect();
            if blocked.is_empty() {
                return Passage::Passed(answers);
            }
        }
        // Nothing was blocked: every answer left through a gate.
        if blocked.is_empty() { Passage::Exit } else { Passage::Blocked(blocked) }
    }

    fn answer_step(&mut self, step: &Step, answers: &mut Answers) {
        for field in &step.fields {
            match field.kind.rows() {
                Some(group) => {
                    let name = group.answered_as(&field.id);
                    let rows = self.rows(group, name, answers);
                    answers.set(name, rows);
                }
                None => {
                    let answer = self.answer(&field.id);
                    answers.set(&field.id, answer);
                }
            }
        }
    }

    /// Answers these rows anew and leaves the others.
    fn mend_rows(&mut self, step: &Step, answers: &mut Answers, wrong: &[usize]) {
        for (field, group) in step.fields.iter().filter_map(|field| Some((field, field.kind.rows()?))) {
            let name = group.answered_as(&field.id);
            let mut rows: Vec<Map<String, Value>> = answers.rows(name).cloned().collect();
            for (_, row) in rows.iter_mut().enumerate().filter(|(at, _)| wrong.contains(at)) {
                self.answer_row(group, name, row);
            }
            answers.set(name, Value::Array(rows.into_iter().map(Value::Object).collect()));
        }
    }

    fn answer_row(&mut self, group: &Group, name: &str, row: &mut Map<String, Value>) {
        for field in &group.fields {
            let answer = self.answer(&format!("{name}.{}", field.id));
            if answer.is_null() {
                row.remove(&*field.id);
            } else {
                row.insert(field.id.0.clone(), answer);
            }
        }
    }

    /// New rows, or those of the group that it continues with more answers in them.
    fn rows(&mut self, group: &Group, name: &str, answers: &Answers) -> Value {
        let mut rows: Vec<Map<String, Value>> = match group.rows {
            None => answers.rows(name).cloned().collect(),
            Some(limits) => {
                let count = limits.min + self.chance.below(limits.max - limits.min.min(limits.max) + 1);
                (1..=count).map(|at| Map::from_iter([(ROW.to_owned(), Value::from(format!("row-{at}")))])).collect()
            }
        };
        for row in &mut rows {
            self.answer_row(group, name, row);
        }
        rows.into_iter().map(Value::Object).collect()
    }

    /// A right answer, or `null` where it may be left out.
    pub(super) fn answer(&mut self, path: &str) -> Value {
        let choices = self.choices.get(path).map(Vec::as_slice).unwrap_or_default();
        self.chance.one_of(choices).cloned().unwrap_or_default()
    }

    /// One of these, and the same one for the same walker.
    pub(super) fn one_of<'b, T>(&mut self, all: &'b [T]) -> Option<&'b T> {
        self.chance.one_of(all)
    }
}

/// What each field is compared with, by path.
fn near<'a>(service: &'a Service, context: &Context, placed: &[Placed<'a>]) -> BTreeMap<&'a str, Near> {
    let mut near: BTreeMap<&str, Near> = BTreeMap::new();
    let uses = super::places::conditions(service, placed);
    for part in uses.iter().flat_map(|each| Condition::parts(each.condition)) {
        if let Test::Compare { field, with } = &part.test {
            let known = near.entry(field).or_insert_with(|| Near::new(context.today));
            with.approach(service, context, known);
        }
    }
    near
}

impl Comparison {
    /// Adds what it compares with, so that samples lie on both sides of it.
    fn approach(&self, service: &Service, context: &Context, near: &mut Near) {
        let number = |value: &Value| {
            let limit = || service.limits.get(&LimitId::from(value.as_str()?)).map(|limit| limit.value);
            value.as_f64().or_else(limit)
        };
        let ago = |months: f64| date::months_before(context.today, months as u32);
        let texts = |value: &Value| value.as_str().map(str::to_owned);
        match self {
            Self::Number(Bound { operand: Operand::Value(value), .. }) => near.numbers.extend(number(value)),
            Self::Before(Operand::Value(value)) | Self::After(Operand::Value(value)) => {
                near.days.extend(value.as_str().and_then(date::parse));
            }
            Self::Within(Period::Months(value)) => near.days.extend(number(value).map(ago)),
            // Years are full a year less a day before the next one, so both ends of the year lie near.
            Self::Age(Bound { operand: Operand::Value(value), .. }) => {
                near.days.extend(
                    number(value).into_iter().flat_map(|years| [years, years + 1.0]).map(|years| ago(years * 12.0)),
                );
            }
            Self::MonthsBetween { months: Bound { operand: Operand::Value(value), .. }, .. } => {
                near.days.extend(number(value).into_iter().flat_map(|months| [months, months + 1.0]).map(ago));
            }
            Self::Pattern(pattern) => near.words.push(pattern.sample()),
            Self::Within(Period::Days(value)) => {
                near.days.extend(
                    number(value).map(|count| context.today.saturating_sub(time::Duration::days(count as i64))),
                );
            }
            Self::Is(value) | Self::IsNot(value) | Self::Contains(Operand::Value(value)) => {
                near.words.extend(texts(value));
                near.divisions.extend(texts(value));
            }
            Self::In(all) => {
                near.words.extend(all.iter().filter_map(texts));
                near.divisions.extend(all.iter().filter_map(texts));
            }
            Self::SameDivision(_) => near.divisions.push(context.division.0.clone()),
            Self::Number(_) | Self::Age(_) | Self::MonthsBetween { .. } => {}
            Self::Before(_) | Self::After(_) | Self::Contains(Operand::Field { .. }) | Self::SameSurname(_) => {}
            Self::SameAs(_) | Self::Present(_) => {}
        }
    }
}
