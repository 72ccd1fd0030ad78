//! A day with its time, to the minute, kept as `YYYY-MM-DDTHH:MM` (GB/T 7408) in the time of the place.

use serde::Serialize;
use serde_json::Value;
use time::Date;

use super::{Day, half_width, on_text};
use crate::date::parse;
use crate::field::Kind;
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::Lang;

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DateTime {
    /// Something that has happened: a day to come is wrong.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub past: bool,
}

readable! {
    DateTime { past }
}

impl Kind for DateTime {
    /// `2026年1月5日 8时3分`, `2026/1/5 8:03` and `2026-01-05T08:03` all mean the same.
    fn read(&self, typed: &str) -> String {
        let text = half_width(typed);
        let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        match parts[..] {
            [year, month, day, hour, minute] if year.len() == 4 => {
                format!("{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute:0>2}")
            }
            _ => text,
        }
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        on_text(value, |text| split(text).is_none().then_some(Problem::NoSuchTime))
    }

    fn check_day(&self, value: &Value, today: Date) -> Option<Problem> {
        let (day, _) = split(value.as_str()?)?;
        (self.past && day > today).then_some(Problem::ToCome)
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        let text = value.as_str().unwrap_or_default();
        match (split(text), text.get(..10)) {
            (Some((_, time)), Some(day)) => format!("{} {time}", Day {}.show(&Value::from(day), lang)),
            _ => text.to_owned(),
        }
    }

    #[cfg(feature = "load")]
    fn probe(&self, near: &Near) -> Probe {
        let today = Value::from(crate::date::print(near.today));
        // Days in this spelling compare as they read.
        let fits = |day: &Value| !self.past || day.as_str() <= today.as_str();
        let at_eight = |day: Value| Value::from(day.as_str().unwrap_or_default().to_owned() + "T08:32");
        Probe::new(Face::Day, near.days().into_iter().filter(fits).map(at_eight))
    }
}

/// The day and the time of a right answer.
fn split(text: &str) -> Option<(Date, &str)> {
    let (day, time) = text.split_once('T')?;
    let (hour, minute) = time.split_once(':')?;
    let below = |part: &str, limit: u8| {
        part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()) && part.parse().is_ok_and(|n: u8| n < limit)
    };
    let day = parse(day)?;
    (below(hour, 24) && below(minute, 60)).then_some((day, time))
}
