//! Conditions show, require, stop and warn. They look backwards only, and are total: an answer that is missing or of
//! the wrong type makes a comparison false, never an error.

mod bound;
mod pattern;
mod written;

use serde::Serialize;
use serde_json::{Map, Value};
use time::Date;
use written::Written;

pub use bound::{Bound, Than};
pub use pattern::Pattern;

use crate::answers::Answers;
use crate::date;
use crate::decimal;
use crate::id::{ConditionId, LimitId};
use crate::journey::Context;
use crate::kinds::born;
use crate::service::Service;
use crate::text::Text;

/// A test over answers, and why it matters to the resident ("因为您选择了…").
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(into = "Written")]
pub struct Condition {
    pub test: Test,
    pub why: Option<Text>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// One of the definition's `[conditions]`.
    Named(ConditionId),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// What holds of every row of a group, or of none of them. Of no rows at all neither is said.
    Rows {
        group: String,
        every: bool,
        holds: Box<Condition>,
    },
    /// `field` is `group.field` for a field of a group: the own row inside it, any row from outside.
    Compare {
        field: String,
        with: Comparison,
    },
}

/// How a field is compared. Numbers compare as numbers, days as days, everything else as JSON.
#[derive(Clone, Debug, PartialEq)]
pub enum Comparison {
    Is(Value),
    IsNot(Value),
    In(Vec<Value>),
    /// A number lies on this side of another.
    Number(Bound),
    Before(Operand),
    After(Operand),
    /// The day is at most this far in the past, and not in the future.
    Within(Period),
    /// Full years since the day, or since the birth that a resident ID number tells.
    Age(Bound),
    /// Full months from the day until another; of a day that comes after the other nothing is said.
    MonthsBetween {
        until: Operand,
        months: Bound,
    },
    SameAs(String),
    /// Lies in the division of another address, or with `true` in the division of the draft.
    SameDivision(Operand),
    /// A text has this part, a multi-choice this option. Blank space and case do not count.
    Contains(Operand),
    /// The whole text is written so.
    Pattern(Pattern),
    Present(bool),
    /// Both names begin with the same character. Of a surname of two, that is as far as one can tell.
    SameSurname(Operand),
}

/// What a field is compared with.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Operand {
    Field {
        field: String,
    },
    /// A number, a text, the name of a limit, `today`, or `new-year`: the first day of this year.
    Value(Value),
}

/// Months or days before today. A text names a limit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    Months(Value),
    Days(Value),
}

impl Condition {
    /// Whether it holds. `row` is the row of the group whose field is being asked about.
    pub fn holds(&self, scope: &Scope<'_>) -> bool {
        match &self.test {
            Test::Named(name) => scope.service.conditions.get(name).is_some_and(|named| named.holds(scope)),
            Test::All(all) => all.iter().all(|each| each.holds(scope)),
            Test::Any(any) => any.iter().any(|each| each.holds(scope)),
            Test::Not(inner) => !inner.holds(scope),
            Test::Rows { group, every, holds } => {
                let mut rows = scope.answers.rows(group).peekable();
                let is_so = |row| holds.holds(&Scope { row: Some((group, row)), ..*scope }) == *every;
                rows.peek().is_some() && rows.all(is_so)
            }
            Test::Compare { field, with } => scope.values(field).iter().any(|value| with.holds(value, scope)),
        }
    }

    /// The reason to show: its own words, or those of the first part that has some and holds.
    pub fn why<'a>(&'a self, scope: &Scope<'a>) -> Option<&'a Text> {
        self.why.as_ref().or_else(|| match &self.test {
            Test::Named(name) => scope.service.conditions.get(name)?.why(scope),
            Test::All(parts) | Test::Any(parts) => {
                parts.iter().filter(|part| part.holds(scope)).find_map(|part| part.why(scope))
            }
            Test::Not(_) | Test::Rows { .. } | Test::Compare { .. } => None,
        })
    }
}

/// Everything that a condition may look at.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub service: &'a Service,
    pub context: &'a Context,
    pub answers: &'a Answers,
    pub row: Option<(&'a str, &'a Map<String, Value>)>,
}

impl<'a> Scope<'a> {
    /// The values that a path names: one, or one a row of the group. A missing answer is `null`.
    fn values(&self, path: &str) -> Vec<&'a Value> {
        let Some((group, field)) = path.split_once('.') else {
            return vec![self.answers.get(path)];
        };
        match self.row {
            Some((own, row)) if own == group => vec![row.get(field).unwrap_or(&Value::Null)],
            _ => self.answers.rows(group).map(|row| row.get(field).unwrap_or(&Value::Null)).collect(),
        }
    }

    fn operand(&self, operand: &Operand) -> Value {
        match operand {
            Operand::Field { field } => self.values(field).first().map_or(Value::Null, |value| (*value).clone()),
            Operand::Value(value) => self.literal(value),
        }
    }

    /// A text may name a limit, today or the first day of its year.
    fn literal(&self, value: &Value) -> Value {
        match value.as_str() {
            Some("today") => Value::from(date::print(self.context.today)),
            Some("new-year") => Value::from(format!("{:04}-01-01", self.context.today.year())),
            Some(name) => match self.service.limits.get(&LimitId::from(name)) {
                Some(limit) => Value::from(limit.value),
                None => value.clone(),
            },
            None => value.clone(),
        }
    }
}

impl Comparison {
    fn holds(&self, value: &Value, scope: &Scope<'_>) -> bool {
        let face = face(value);
        match self {
            Self::Is(other) => face == other,
            Self::IsNot(other) => is_present(value) && face != other,
            Self::In(all) => all.contains(face),
            Self::Number(bound) => number(face).is_some_and(|own| bound.covers(own, scope)),
            Self::Before(operand) => days(face, operand, scope).is_some_and(|(own, other)| own < other),
            Self::After(operand) => days(face, operand, scope).is_some_and(|(own, other)| own > other),
            Self::Within(period) => day(face).is_some_and(|own| period.covers(own, scope)),
            Self::Age(bound) => day(face).or_else(|| born(face.as_str()?)).is_some_and(|born| {
                let months = date::months_between(born, scope.context.today);
                months.is_some_and(|months| bound.covers(f64::from(months / 12), scope))
            }),
            Self::MonthsBetween { until, months } => days(face, until, scope)
                .and_then(|(own, until)| date::months_between(own, until))
                .is_some_and(|count| months.covers(f64::from(count), scope)),
            Self::SameAs(other) => is_present(value) && scope.values(other).iter().any(|each| self::face(each) == face),
            Self::SameDivision(operand) => same_division(face, operand, scope),
            Self::Contains(operand) => contains(face, &scope.operand(operand)),
            Self::Pattern(pattern) => face.as_str().is_some_and(|text| pattern.matches(text)),
            Self::Present(wanted) => is_there(value) == *wanted,
            Self::SameSurname(operand) => same_surname(face, &scope.operand(operand)),
        }
    }
}

impl Period {
    fn covers(&self, own: Date, scope: &Scope<'_>) -> bool {
        let today = scope.context.today;
        let count = |value: &Value| number(&scope.literal(value)).map_or(0, |count| count as u32);
        let earliest = match self {
            Self::Months(value) => date::months_before(today, count(value)),
            Self::Days(value) => today.saturating_sub(time::Duration::days(i64::from(count(value)))),
        };
        earliest <= own && own <= today
    }
}

/// What of a compound answer is compared: the status of a lookup, the division of an address, whether a consent was
/// given.
fn face(value: &Value) -> &Value {
    let Some(object) = value.as_object() else { return value };
    ["status", "division", "accepted", "id"].iter().find_map(|key| object.get(*key)).unwrap_or(value)
}

/// Whether an answer agrees to this version of a text.
pub(crate) fn is_accepted(value: &Value, version: u32) -> bool {
    value.get("accepted") == Some(&Value::Bool(true)) && value.get("version") == Some(&Value::from(version))
}

/// An address is there once its place is chosen: a door alone is nowhere.
fn is_there(value: &Value) -> bool {
    is_present(value) && value.get("division").is_none_or(is_present)
}

pub(crate) fn is_present(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(all) => !all.is_empty(),
        Value::Object(object) => !object.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

/// A number, written as JSON or as a decimal string.
pub(crate) fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| decimal::parse(value.as_str()?))
}

/// Of a time, its day.
fn day(value: &Value) -> Option<Date> {
    let text = value.as_str()?;
    date::parse(text.split_once('T').map_or(text, |(day, _)| day))
}

/// Both days, where both are known.
fn days(own: &Value, operand: &Operand, scope: &Scope<'_>) -> Option<(Date, Date)> {
    Some((day(own)?, day(&scope.operand(operand))?))
}

fn same_division(own: &Value, operand: &Operand, scope: &Scope<'_>) -> bool {
    let other = match operand {
        Operand::Value(Value::Bool(_)) => Value::from(scope.context.division.0.as_str()),
        named => face(&scope.operand(named)).clone(),
    };
    is_present(own) && *own == other
}

fn same_surname(own: &Value, other: &Value) -> bool {
    let surname = |name: &Value| name.as_str().and_then(|name| name.chars().next());
    surname(own).is_some_and(|first| surname(other) == Some(first))
}

/// Loose on purpose: "刘记卤味" is part of "武陵区 刘记卤味 店".
fn contains(own: &Value, part: &Value) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<String>().to_ascii_lowercase();
    match (own, part) {
        (Value::Array(all), part) => all.contains(part),
        (Value::String(own), Value::String(part)) => !part.is_empty() && plain(own).contains(&plain(part)),
        _ => false,
    }
}
