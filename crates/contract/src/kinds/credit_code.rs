//! The unified social credit code, GB 32100-2015: eighteen characters without I, O, S, V and Z; mod 31.

use serde::Serialize;
use serde_json::Value;

use super::{code, on_text};
use crate::field::Kind;
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CreditCode {}

readable! {
    CreditCode {}
}

impl Kind for CreditCode {
    fn read(&self, typed: &str) -> String {
        code(typed)
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        on_text(value, problem)
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        Probe::of_texts(Face::Text, ["92430703MA0000023M", "91430702MA0000015F"])
    }
}

fn problem(text: &str) -> Option<Problem> {
    if let Some(character) = text.chars().find(|c| place(*c).is_none()) {
        return Some(Problem::WrongCharacter { character });
    }
    let got = text.len();
    if got != 18 {
        return Some(Problem::WrongLength { wanted: 18, got });
    }
    (text.chars().last() != check_character(text)).then_some(Problem::BadCheckDigit)
}

fn place(character: char) -> Option<usize> {
    ALPHABET.chars().position(|known| known == character)
}

/// Weights are 3^i mod 31; the check makes the sum a multiple of 31.
pub(crate) fn check_character(text: &str) -> Option<char> {
    let (mut sum, mut weight) = (0, 1);
    for character in text.chars().take(17) {
        sum += place(character)? * weight;
        weight = weight * 3 % 31;
    }
    ALPHABET.chars().nth((31 - sum % 31) % 31)
}
