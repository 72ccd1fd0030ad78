//! A read-only answer made from others: a product, a sum over rows, a count, or a copy.

use litemap::LiteMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::masked;
use crate::answers::Answers;
use crate::condition::number;
use crate::decimal::print_hundredths;
use crate::field::Kind;
use crate::id::FieldId;
use crate::json::{Faults, Fields, FromJson, readable};
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::{Lang, Text};

/// A copied number of this length is one of those that are masked.
const LONG_NUMBER: usize = 15;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Computed {
    pub from: Formula,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
}

readable! {
    Computed { from, unit }
    Pick { by, of }
}

/// How it is made. Inside a group, names are those of the own row.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Formula {
    /// The product of numbers, to two decimals.
    Product(Vec<String>),
    /// The sum of `group.field` over all rows, to two decimals.
    Sum(String),
    /// How many rows a group has.
    Count(String),
    /// A copy of the field that a choice names.
    Pick(Pick),
}

/// The choice, and the field that each of its options stands for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pick {
    pub by: FieldId,
    #[serde(skip_serializing_if = "LiteMap::is_empty")]
    pub of: LiteMap<String, FieldId>,
}

impl FromJson for Formula {
    fn read(value: Value, faults: &mut Faults) -> Self {
        let mut fields = Fields::of(value, faults);
        let (product, sum) = (fields.take("product"), fields.take("sum"));
        let (count, pick) = (fields.take("count"), fields.take("pick"));
        fields.finish();
        match (product, sum, count, pick) {
            (Some(factors), None, None, None) => Self::Product(factors),
            (None, Some(path), None, None) => Self::Sum(path),
            (None, None, Some(group), None) => Self::Count(group),
            (None, None, None, Some(pick)) => Self::Pick(pick),
            _ => faults.instead("a formula is one of product, sum, count, pick"),
        }
    }

    fn empty() -> Self {
        Self::Product(Vec::new())
    }
}

impl Computed {
    /// `null` as long as something it needs is missing.
    pub fn value(&self, answers: &Answers, row: Option<&Map<String, Value>>) -> Value {
        let own = |field: &String| match row {
            Some(row) => row.get(field).and_then(number),
            None => number(answers.get(field)),
        };
        let amount = match &self.from {
            Formula::Product(fields) => fields.iter().map(own).try_fold(1.0, |product, factor| Some(product * factor?)),
            Formula::Sum(path) => path.split_once('.').and_then(|(group, field)| {
                let parts: Vec<f64> = answers.rows(group).filter_map(|row| row.get(field).and_then(number)).collect();
                (!parts.is_empty()).then(|| parts.iter().sum())
            }),
            Formula::Count(group) => Some(answers.rows(group).count() as f64),
            Formula::Pick(pick) => return pick.value(answers),
        };
        amount.map_or(Value::Null, |amount| Value::from(print_hundredths(amount)))
    }
}

impl Pick {
    fn value(&self, answers: &Answers) -> Value {
        let chosen = answers.get(&self.by).as_str().and_then(|option| self.of.get(option));
        chosen.map_or(Value::Null, |field| answers.get(field).clone())
    }
}

impl Kind for Computed {
    fn check(&self, _: &Value) -> Vec<Problem> {
        Vec::new()
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        let amount = value.as_str().unwrap_or_default();
        if matches!(self.from, Formula::Pick(_)) && amount.len() >= LONG_NUMBER && amount.is_ascii() {
            return masked(amount, 4, 4);
        }
        match &self.unit {
            Some(unit) if !amount.is_empty() => format!("{amount} {}", unit.get(lang)),
            _ => amount.to_owned(),
        }
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        let face = if matches!(self.from, Formula::Pick(_)) { Face::Presence } else { Face::Number };
        Probe::new(face, [])
    }
}
