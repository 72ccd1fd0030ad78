//! One of several answers: each a card with one line of explanation, or one of a code list that is searched.

use std::sync::OnceLock;

use serde::Serialize;
use serde_json::Value;

use super::{PlainText, on_text};
use crate::field::{Kind, Verb};
use crate::id::{ListId, OptionId};
use crate::json::{Fields, FromFields, deserialized, readable};
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::service::Service;
use crate::text::{Lang, Text};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) options: Vec<Choosable>,
    /// The code list that holds the options instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options_from: Option<ListId>,
    /// Whether what stands in no list is right too, as a plain text: what the question was before, or a list that is
    /// not complete.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub others: bool,
    #[serde(skip)]
    listed: Listed,
}

/// What may stand there beside the codes.
const OTHER: PlainText = PlainText { min_chars: 1, max_chars: 80 };

/// One answer that can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choosable {
    pub id: OptionId,
    pub label: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// Of an entry of a code list: other words by which it is found, separated by blanks.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub keys: String,
    /// No longer offered. Old answers that hold it stay right and keep its name.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

/// The entries of the code list: there from the beginning where definitions are read, on a phone once they were
/// fetched. They are no part of the definition.
#[derive(Clone, Debug, Default)]
struct Listed(OnceLock<Vec<Choosable>>);

impl PartialEq for Listed {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

readable! {
    Choosable { id, label, help, keys = String::new(), retired = false }
}

deserialized! { Choosable }

impl FromFields for Choice {
    fn from_fields(fields: &mut Fields<'_>) -> Self {
        let (options, options_from): (Vec<_>, Option<_>) = (fields.take("options"), fields.take("options_from"));
        if options.is_empty() == options_from.is_none() {
            fields.faults.note("wants one of `options` and `options_from`");
        }
        let others = fields.take("others");
        if others && options_from.is_none() {
            fields.faults.note("`others` goes with `options_from`");
        }
        Self { options, options_from, others, listed: Listed::default() }
    }
}

impl Choice {
    /// What can be chosen; nothing while the code list is not there.
    pub fn options(&self) -> &[Choosable] {
        self.listed.0.get().unwrap_or(&self.options)
    }

    /// Gives it the entries of its code list. Only the first time counts.
    pub fn bring(&self, entries: Vec<Choosable>) {
        let _ = self.listed.0.set(entries);
    }

    /// The code list that it still waits for.
    pub fn missing_list(&self) -> Option<&ListId> {
        self.options_from.as_ref().filter(|_| self.listed.0.get().is_none())
    }
}

impl Choosable {
    /// Whether an answer holds it, alone or among others.
    pub fn is_in(&self, answer: &Value) -> bool {
        let is_it = |value: &Value| value.as_str() == Some(&*self.id.0);
        is_it(answer) || answer.as_array().is_some_and(|all| all.iter().any(is_it))
    }

    /// A retired one is offered only where it was chosen before.
    pub fn is_offered(&self, answer: &Value) -> bool {
        !self.retired || self.is_in(answer)
    }
}

impl Service {
    /// Choices whose options stand in a code list, those of rows included.
    pub fn listed_choices(&self) -> impl Iterator<Item = &Choice> {
        let all = self.fields().flat_map(|(_, field)| {
            [field].into_iter().chain(field.kind.rows().into_iter().flat_map(|group| &group.fields))
        });
        all.filter_map(|field| field.kind.choice()).filter(|choice| choice.options_from.is_some())
    }
}

impl Kind for Choice {
    /// A name that a register gives, or that somebody typed before there was a list, means its code.
    fn read(&self, typed: &str) -> String {
        let plain = if self.others { OTHER.read(typed) } else { typed.trim().to_owned() };
        let typed = &*plain;
        let is_named = |option: &&Choosable| {
            option.label.zh == typed || option.label.en == typed || option.keys.split(' ').any(|key| key == typed)
        };
        let named = self.options_from.as_ref().and_then(|_| self.options().iter().find(is_named));
        let is_code = self.options().iter().any(|option| option.id == *typed);
        named.filter(|_| !is_code).map_or(typed, |option| &option.id.0).to_owned()
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        if self.others {
            return OTHER.check(value);
        }
        on_text(value, |chosen| {
            // A phone that has not fetched the list leaves it to the server.
            let is_known = self.missing_list().is_some() || self.options().iter().any(|option| option.id == *chosen);
            (!is_known).then_some(Problem::UnknownOption)
        })
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        label_of(self.options(), value.as_str().unwrap_or_default(), lang)
    }

    fn verb(&self) -> Verb {
        Verb::Choose
    }

    #[cfg(feature = "load")]
    fn probe(&self, near: &Near) -> Probe {
        let ids: Vec<String> = self.options().iter().map(|option| option.id.0.clone()).collect();
        // Of a long list those that conditions name, and a few others.
        let offered = self.options().iter().filter(|option| !option.retired).map(|option| &option.id.0);
        let few = offered.enumerate().filter(|(at, id)| *at < FEW || near.words.contains(id));
        let mut samples: Vec<Value> = few.map(|(_, id)| Value::from(id.as_str())).collect();
        samples.extend(near.words(OTHER.min_chars, OTHER.max_chars).into_iter().take(usize::from(self.others)));
        Probe::new(Face::OneOf(ids), samples)
    }
}

#[cfg(feature = "load")]
const FEW: usize = 12;

pub(super) fn label_of(options: &[Choosable], id: &str, lang: Lang) -> String {
    options.iter().find(|option| option.id == *id).map_or(id, |option| option.label.get(lang)).to_owned()
}
