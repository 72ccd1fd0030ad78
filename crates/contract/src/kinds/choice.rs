//! One of several answers, each a card with one line of explanation.

use serde::Serialize;
use serde_json::Value;

use super::on_text;
use crate::field::{Kind, Verb};
use crate::id::OptionId;
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::{Lang, Text};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    pub options: Vec<Choosable>,
}

/// One answer that can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choosable {
    pub id: OptionId,
    pub label: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
}

readable! {
    Choice { options }
    Choosable { id, label, help }
}

impl Kind for Choice {
    fn check(&self, value: &Value) -> Vec<Problem> {
        on_text(value, |chosen| {
            (!self.options.iter().any(|option| option.id == *chosen)).then_some(Problem::UnknownOption)
        })
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        label_of(&self.options, value.as_str().unwrap_or_default(), lang)
    }

    fn verb(&self) -> Verb {
        Verb::Choose
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        let ids: Vec<String> = self.options.iter().map(|option| option.id.0.clone()).collect();
        Probe::new(Face::OneOf(ids.clone()), ids.into_iter().map(Value::from))
    }
}

pub(super) fn label_of(options: &[Choosable], id: &str, lang: Lang) -> String {
    options.iter().find(|option| option.id == *id).map_or(id, |option| option.label.get(lang)).to_owned()
}
