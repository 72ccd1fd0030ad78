//! A bank card number: 16 to 19 digits with the check digit of ISO/IEC 7812-1 (Luhn).

use serde::Serialize;
use serde_json::Value;

use super::{code, masked, on_text};
use crate::field::Kind;
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::Lang;

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BankCard {}

readable! {
    BankCard {}
}

impl Kind for BankCard {
    fn read(&self, typed: &str) -> String {
        code(typed)
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        on_text(value, |text| {
            if let Some(character) = text.chars().find(|c| !c.is_ascii_digit()) {
                return Some(Problem::WrongCharacter { character });
            }
            if !(16..=19).contains(&text.len()) {
                return Some(Problem::WrongLength { wanted: 19, got: text.len() });
            }
            (!luhn(text)).then_some(Problem::BadCheckDigit)
        })
    }

    fn show(&self, value: &Value, _: Lang) -> String {
        masked(value.as_str().unwrap_or_default(), 0, 4)
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        Probe::of_texts(Face::Text, ["6222021234567890128"])
    }
}

fn luhn(digits: &str) -> bool {
    let doubled = |(at, byte): (usize, u8)| {
        let digit = u32::from(byte - b'0') * if at % 2 == 1 { 2 } else { 1 };
        if digit > 9 { digit - 9 } else { digit }
    };
    digits.bytes().rev().enumerate().map(doubled).sum::<u32>() % 10 == 0
}
