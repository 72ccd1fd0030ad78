//! A read-only answer made from others: a product, a sum over rows, a count, or a copy.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::answers::Answers;
use crate::condition::number;
use crate::decimal::print_hundredths;
use crate::field::Kind;
use crate::json::{Faults, Fields, FromJson, readable};
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::{Lang, Text};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Computed {
    pub from: Formula,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
}

readable! {
    Computed { from, unit }
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
}

impl FromJson for Formula {
    fn read(value: Value, faults: &mut Faults) -> Self {
        let mut fields = Fields::of(value, faults);
        let (product, sum, count) = (fields.take("product"), fields.take("sum"), fields.take("count"));
        fields.finish();
        match (product, sum, count) {
            (Some(factors), None, None) => Self::Product(factors),
            (None, Some(path), None) => Self::Sum(path),
            (None, None, Some(group)) => Self::Count(group),
            _ => faults.instead("a formula is one of product, sum, count"),
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
        };
        amount.map_or(Value::Null, |amount| Value::from(print_hundredths(amount)))
    }
}

impl Kind for Computed {
    fn check(&self, _: &Value) -> Vec<Problem> {
        Vec::new()
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        let amount = value.as_str().unwrap_or_default();
        match &self.unit {
            Some(unit) if !amount.is_empty() => format!("{amount} {}", unit.get(lang)),
            _ => amount.to_owned(),
        }
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        Probe::new(Face::Number, [])
    }
}
