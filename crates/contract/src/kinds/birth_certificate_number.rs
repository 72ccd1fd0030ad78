//! The number of a birth certificate (出生医学证明): one capital letter and nine digits.

use serde::Serialize;
use serde_json::Value;

use super::{code, on_text};
use crate::field::Kind;
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BirthCertificateNumber {}

readable! {
    BirthCertificateNumber {}
}

impl Kind for BirthCertificateNumber {
    fn read(&self, typed: &str) -> String {
        code(typed)
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        on_text(value, |text| {
            let wrong = |(at, c): (usize, char)| if at == 0 { !c.is_ascii_uppercase() } else { !c.is_ascii_digit() };
            if let Some((_, character)) = text.chars().enumerate().find(|each| wrong(*each)) {
                return Some(Problem::WrongCharacter { character });
            }
            (text.len() != 10).then_some(Problem::WrongLength { wanted: 10, got: text.len() })
        })
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        Probe::of_texts(Face::Text, ["U430012345"])
    }
}
