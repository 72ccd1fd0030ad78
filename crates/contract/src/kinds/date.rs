//! A day, typed or picked, kept as `YYYY-MM-DD` (GB/T 7408).

use serde::Serialize;
use serde_json::Value;

use super::{half_width, on_text};
use crate::date::parse;
use crate::field::Kind;
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::Lang;

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Day {}

readable! {
    Day {}
}

impl Kind for Day {
    /// `2026年1月5日`, `2026/1/5`, `2026.1.5` and `20260105` all mean 2026-01-05.
    fn read(&self, typed: &str) -> String {
        let text = half_width(typed);
        let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        match parts[..] {
            [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
                format!("{year}-{month:0>2}-{day:0>2}")
            }
            [whole] if whole.len() == 8 => {
                let mut text = whole.to_owned();
                text.insert(6, '-');
                text.insert(4, '-');
                text
            }
            _ => text,
        }
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        on_text(value, |text| parse(text).is_none().then_some(Problem::NoSuchDay))
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        let text = value.as_str().unwrap_or_default();
        match (parse(text), lang) {
            (Some(day), Lang::Zh) => format!("{} 年 {} 月 {} 日", day.year(), u8::from(day.month()), day.day()),
            _ => text.to_owned(),
        }
    }

    #[cfg(feature = "load")]
    fn probe(&self, near: &Near) -> Probe {
        Probe::new(Face::Day, near.days())
    }
}
