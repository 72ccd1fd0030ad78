//! An amount in yuan with at most two decimals.

use serde::Serialize;
use serde_json::Value;

use super::number::{decimal, problem};
use super::on_text;
use crate::field::Kind;
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::Lang;

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Money {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
}

readable! {
    Money { max }
}

impl Kind for Money {
    fn read(&self, typed: &str) -> String {
        // Blanks and commas may stand before the sign, too.
        let text = decimal(typed);
        decimal(text.trim_start_matches(['¥', '￥']).trim_end_matches('元'))
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        on_text(value, |text| problem(text, Some(0.0), self.max, 2))
    }

    fn show(&self, value: &Value, _: Lang) -> String {
        value.as_str().filter(|text| !text.is_empty()).map(|text| format!("¥{text}")).unwrap_or_default()
    }

    #[cfg(feature = "load")]
    fn probe(&self, near: &Near) -> Probe {
        Probe::new(Face::Number, near.numbers(Some(0.0), self.max, 2))
    }
}
