//! Yes or no, as two cards rather than a switch: an unanswered question stays unanswered.

use serde::Serialize;
use serde_json::Value;

use crate::field::{Kind, Verb};
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::Lang;

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct YesNo {}

readable! {
    YesNo {}
}

impl Kind for YesNo {
    fn check(&self, value: &Value) -> Vec<Problem> {
        if value.is_boolean() { Vec::new() } else { vec![Problem::WrongType] }
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        let words = match (value.as_bool(), lang) {
            (None, _) => "",
            (Some(true), Lang::Zh) => "是",
            (Some(false), Lang::Zh) => "否",
            (Some(true), Lang::En) => "Yes",
            (Some(false), Lang::En) => "No",
        };
        words.to_owned()
    }

    fn verb(&self) -> Verb {
        Verb::Choose
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        Probe::new(Face::Flag, [true, false].map(Value::from))
    }
}
