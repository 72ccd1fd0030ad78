//! A certificate chosen from the resident's wallet (电子证照) instead of an upload.

use serde::Serialize;
use serde_json::Value;

use crate::field::{Kind, Verb};
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::Lang;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Certificate {
    /// Kinds of certificate that will do, for example `property-title`.
    pub types: Vec<String>,
}

readable! {
    Certificate { types }
}

impl Kind for Certificate {
    fn check(&self, value: &Value) -> Vec<Problem> {
        let is_text = |key: &str| value.get(key).is_some_and(Value::is_string);
        if is_text("id") && is_text("title") && is_text("number") { Vec::new() } else { vec![Problem::WrongType] }
    }

    fn show(&self, value: &Value, _: Lang) -> String {
        let part = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
        format!("{} {}", part("title"), part("number")).trim().to_owned()
    }

    fn verb(&self) -> Verb {
        Verb::Choose
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        let sample = serde_json::json!({ "id": "certificate-1", "title": "不动产权证书", "number": "0012345" });
        Probe::new(Face::Presence, [sample])
    }
}
