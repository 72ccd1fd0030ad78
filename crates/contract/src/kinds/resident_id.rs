//! The number of a resident identity card, GB 11643-1999: division at issue, birth date, order, check character.

use serde::Serialize;
use serde_json::Value;
use time::Date;

use super::{code, masked, on_text};
use crate::date::parse;
use crate::field::Kind;
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::Lang;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ResidentId {}

readable! {
    ResidentId {}
}

impl ResidentId {
    /// The number of somebody born on a day and registered in a division; `order` up to 999, odd for a male.
    pub fn of(division: &str, born: Date, order: u32) -> String {
        let (year, month, day) = (born.year(), u8::from(born.month()), born.day());
        let mut number = format!("{division}{year:04}{month:02}{day:02}{order:03}");
        number.push(char::from(check_character(&number)));
        number
    }
}

impl Kind for ResidentId {
    fn read(&self, typed: &str) -> String {
        code(typed)
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        on_text(value, problem)
    }

    fn check_day(&self, value: &Value, today: Date) -> Option<Problem> {
        let birth = birth_date(value.as_str()?)?;
        (birth > today).then_some(Problem::BadBirthDate)
    }

    fn show(&self, value: &Value, _: Lang) -> String {
        masked(value.as_str().unwrap_or_default(), 4, 4)
    }

    #[cfg(feature = "load")]
    fn probe(&self, near: &Near) -> Probe {
        let known = ["43070319900307002X", "430721199503080024", "430722199308250012"].map(Value::from);
        let born = near.births().map(|born| Value::from(Self::of("430703", born, 2)));
        Probe::new(Face::ResidentId, known.into_iter().chain(born))
    }
}

pub(super) fn problem(text: &str) -> Option<Problem> {
    let wrong = |(at, c): (usize, char)| !(c.is_ascii_digit() || at == 17 && c == 'X');
    if let Some((_, character)) = text.chars().enumerate().find(|each| wrong(*each)) {
        return Some(Problem::WrongCharacter { character });
    }
    let got = text.len();
    if got != 18 {
        return Some(Problem::WrongLength { wanted: 18, got });
    }
    if text.as_bytes().last().copied() != Some(check_character(text)) {
        return Some(Problem::BadCheckDigit);
    }
    (birth_date(text).is_none() || text.starts_with('0')).then_some(Problem::BadBirthDate)
}

/// The day that a right number tells.
pub(crate) fn born(text: &str) -> Option<Date> {
    if problem(text).is_none() { birth_date(text) } else { None }
}

fn birth_date(text: &str) -> Option<Date> {
    parse(&format!("{}-{}-{}", text.get(6..10)?, text.get(10..12)?, text.get(12..14)?))
}

/// ISO 7064 MOD 11-2 over the first seventeen digits.
pub(crate) fn check_character(text: &str) -> u8 {
    let sum: u32 = text.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight).sum();
    CHECKS[(sum % 11) as usize]
}
