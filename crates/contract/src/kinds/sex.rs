//! Sex as registers keep it (GB/T 2261.1): `male` or `female`.

use serde::Serialize;
use serde_json::Value;

use super::on_text;
use crate::field::{Kind, Verb};
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::Lang;

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Sex {}

readable! {
    Sex {}
}

impl Kind for Sex {
    fn check(&self, value: &Value) -> Vec<Problem> {
        on_text(value, |text| (!matches!(text, "male" | "female")).then_some(Problem::UnknownOption))
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        let words = match (value.as_str(), lang) {
            (Some("male"), Lang::Zh) => "男",
            (Some("female"), Lang::Zh) => "女",
            (Some("male"), Lang::En) => "Male",
            (Some("female"), Lang::En) => "Female",
            _ => "",
        };
        words.to_owned()
    }

    fn verb(&self) -> Verb {
        Verb::Choose
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        let sexes = ["male", "female"];
        Probe::of_texts(Face::OneOf(sexes.map(String::from).to_vec()), sexes)
    }
}
