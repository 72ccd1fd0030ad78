//! Several answers of a list.

use serde::Serialize;
use serde_json::Value;

use super::choice::{Choosable, label_of};
use crate::field::{Kind, Verb};
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::Lang;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MultiChoice {
    pub options: Vec<Choosable>,
    pub min: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<usize>,
}

readable! {
    MultiChoice { options, min = 0, max }
}

impl Kind for MultiChoice {
    fn check(&self, value: &Value) -> Vec<Problem> {
        let Some(chosen) = value.as_array() else { return vec![Problem::WrongType] };
        let known = |id: &Value| id.as_str().is_some_and(|id| self.options.iter().any(|option| option.id == *id));
        let twice = chosen.iter().enumerate().any(|(at, id)| chosen[..at].contains(id));
        if twice || !chosen.iter().all(known) {
            return vec![Problem::UnknownOption];
        }
        if chosen.len() < self.min {
            return vec![Problem::TooFew { min: self.min }];
        }
        self.max.filter(|max| chosen.len() > *max).map(|max| Problem::TooMany { max }).into_iter().collect()
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        let chosen = value.as_array().into_iter().flatten().filter_map(Value::as_str);
        let labels: Vec<_> = chosen.map(|id| label_of(&self.options, id, lang)).collect();
        labels.join(if lang == Lang::Zh { "、" } else { ", " })
    }

    fn verb(&self) -> Verb {
        Verb::Choose
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        let all = self.options.iter().map(|option| option.id.0.clone()).collect();
        let offered = self.options.iter().filter(|option| !option.retired);
        let ids: Vec<String> = offered.map(|option| option.id.0.clone()).collect();
        let (few, many) = (self.min.max(1), self.max.unwrap_or(ids.len()).min(ids.len()));
        let some = |(start, count): (usize, usize)| {
            let chosen = ids.iter().cycle().skip(start).take(count).cloned();
            Value::from(chosen.collect::<Vec<_>>())
        };
        let sizes = (0..ids.len()).map(|start| (start, few)).chain([(0, many)]);
        Probe::new(Face::SomeOf(all), sizes.map(some))
    }
}
