//! A number with its unit, kept as a decimal string so that nothing is rounded on the way.

use serde::Serialize;
use serde_json::Value;

use super::{half_width, on_text};
use crate::decimal;
use crate::field::Kind;
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::{Lang, Text};

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Number {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// Digits after the point; 0 asks for a whole number.
    pub decimals: u32,
}

readable! {
    Number { unit, min, max, decimals = 0 }
}

impl Kind for Number {
    /// A unit typed behind a number goes: it stands in the control already.
    fn read(&self, typed: &str) -> String {
        let mut text = decimal(typed);
        if let Some(unit) = &self.unit {
            for name in [&unit.zh, &unit.en] {
                let number = text.strip_suffix(name.as_str()).map(str::trim_end);
                if let Some(number) = number.filter(|number| number.ends_with(|c: char| c.is_ascii_digit())) {
                    text = number.to_owned();
                }
            }
        }
        text
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        on_text(value, |text| problem(text, self.min, self.max, self.decimals))
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        let number = value.as_str().unwrap_or_default();
        match &self.unit {
            Some(unit) if !number.is_empty() => format!("{number} {}", unit.get(lang)),
            _ => number.to_owned(),
        }
    }

    #[cfg(feature = "load")]
    fn probe(&self, near: &Near) -> Probe {
        Probe::new(Face::Number, near.numbers(self.min, self.max, self.decimals))
    }
}

/// Half-width, no thousands separators, `。` and `、` as the point that the thumb meant, and no zeros in front.
pub(super) fn decimal(typed: &str) -> String {
    let text: String =
        half_width(typed).replace(['。', '、'], ".").chars().filter(|c| !matches!(c, ',' | '，')).collect();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let trimmed = digits.trim_start_matches('0');
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit());
    match (is_number, trimmed.starts_with(|c: char| c.is_ascii_digit())) {
        (true, true) => format!("{sign}{trimmed}"),
        (true, false) => format!("{sign}0{trimmed}"),
        (false, _) => text,
    }
}

pub(super) fn problem(text: &str, min: Option<f64>, max: Option<f64>, decimals: u32) -> Option<Problem> {
    let Some(number) = decimal::parse(text) else { return Some(Problem::NotANumber) };
    if let Some(min) = min.filter(|min| number < *min) {
        return Some(Problem::TooSmall { min });
    }
    if let Some(max) = max.filter(|max| number > *max) {
        return Some(Problem::TooLarge { max });
    }
    let digits = text.split_once('.').map_or(0, |(_, fraction)| fraction.trim_end_matches('0').len());
    (digits > decimals as usize).then_some(Problem::TooManyDecimals { max: decimals })
}
