//! A mobile number of mainland China, or a landline with its area code.

use serde::Serialize;
use serde_json::Value;

use super::{half_width, masked, on_text};
use crate::field::Kind;
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::Lang;

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Phone {
    /// Whether a landline will do. A text message never reaches one.
    pub landline: bool,
}

readable! {
    Phone { landline }
}

impl Kind for Phone {
    /// Blanks, dashes and the country code go: `+86 138-0000-1234` is `13800001234`.
    fn read(&self, typed: &str) -> String {
        let digits: String = half_width(typed).chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')')).collect();
        let national = digits.strip_prefix("+86").or_else(|| digits.strip_prefix("0086")).unwrap_or(&digits);
        national.to_owned()
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        on_text(value, |text| (!(is_mobile(text) || self.landline && is_landline(text))).then_some(Problem::NotAPhone))
    }

    fn show(&self, value: &Value, _: Lang) -> String {
        masked(value.as_str().unwrap_or_default(), 3, 4)
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        let landline = self.landline.then_some("07367257982");
        Probe::of_texts(Face::Text, ["13807360001"].into_iter().chain(landline))
    }
}

/// `1[3-9]` and nine digits.
pub(crate) fn is_mobile(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1]) && bytes.iter().all(u8::is_ascii_digit)
}

/// Area code of three or four digits, then seven or eight: `07367257982`.
fn is_landline(text: &str) -> bool {
    text.starts_with('0') && (10..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
