//! A text read and agreed to. Never ticked beforehand; the version that was read is part of the answer.

use serde::Serialize;
use serde_json::Value;

use crate::field::{Kind, Verb};
use crate::id::ConsentId;
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::Lang;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConsentGiven {
    pub consent: ConsentId,
}

readable! {
    ConsentGiven { consent }
}

impl Kind for ConsentGiven {
    fn is_empty(&self, value: &Value) -> bool {
        value.is_null() || value.get("accepted").and_then(Value::as_bool) == Some(false)
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        let accepted = value.get("accepted").is_some_and(Value::is_boolean);
        let known = value.get("version").is_some_and(Value::is_u64);
        if accepted && known { Vec::new() } else { vec![Problem::WrongType] }
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        let words = match (self.is_empty(value) || !self.check(value).is_empty(), lang) {
            (true, _) => "",
            (false, Lang::Zh) => "已同意",
            (false, Lang::En) => "Agreed",
        };
        words.to_owned()
    }

    fn verb(&self) -> Verb {
        Verb::Agree
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        Probe::new(Face::Flag, [serde_json::json!({ "accepted": true, "version": 1 })])
    }
}
