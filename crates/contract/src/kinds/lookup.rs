//! A register asked by a number the resident gave (免提交). The server writes the answer; a client cannot.

use litemap::LiteMap;
use std::ops::Deref;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::field::{Kind, Verb};
use crate::id::FieldId;
use crate::json::{Faults, FromJson, readable};
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::{Lang, Text};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lookup {
    /// The register of the outside world, for example `business-register`.
    pub register: String,
    /// The document that the resident knows it by: "营业执照".
    pub source: Text,
    /// The fields whose answers the register is asked with; those that are not shown do not count.
    pub by: Keys,
    /// Fields that are filled and vouched for, each with the register's name for it. Another answer is a doubt.
    #[serde(skip_serializing_if = "LiteMap::is_empty")]
    pub fills: LiteMap<FieldId, String>,
    /// Fields that are given a first answer: where the family lives is where its papers are sent, until it says
    /// otherwise.
    #[serde(skip_serializing_if = "LiteMap::is_empty")]
    pub offers: LiteMap<FieldId, String>,
    /// What is told when it is found; `{name}` is what the register has under that name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<Text>,
}

/// One field or several; their answers are joined by `/`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Keys(Vec<FieldId>);

impl Deref for Keys {
    type Target = [FieldId];

    fn deref(&self) -> &[FieldId] {
        &self.0
    }
}

impl FromJson for Keys {
    fn read(value: Value, faults: &mut Faults) -> Self {
        match value {
            Value::String(one) => Self(vec![FieldId(one)]),
            several => Self(FromJson::read(several, faults)),
        }
    }
}

/// How a lookup ended. `status` of the answer, and what conditions compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LookupStatus {
    Matched,
    NotFound,
    /// The register did not answer: try again, or give the paper.
    Unavailable,
    /// The resident says that the register is wrong.
    Doubted,
}

readable! {
    Lookup { register, source, by, fills, offers, says }
}

impl Kind for Lookup {
    fn check(&self, value: &Value) -> Vec<Problem> {
        let known =
            value.get("status").is_some_and(|status| serde_json::from_value::<LookupStatus>(status.clone()).is_ok());
        if known { Vec::new() } else { vec![Problem::WrongType] }
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        let status = value.get("status").and_then(|status| serde_json::from_value::<LookupStatus>(status.clone()).ok());
        let words = match (status, lang) {
            (None, _) => "",
            (Some(LookupStatus::Matched), Lang::Zh) => "免提交 · 已核验",
            (Some(LookupStatus::NotFound), Lang::Zh) => "没有查到",
            (Some(LookupStatus::Unavailable), Lang::Zh) => "暂时查不了",
            (Some(LookupStatus::Doubted), Lang::Zh) => "已记下登记有误",
            (Some(LookupStatus::Matched), Lang::En) => "No paper needed · checked",
            (Some(LookupStatus::NotFound), Lang::En) => "Not found",
            (Some(LookupStatus::Unavailable), Lang::En) => "Cannot be checked now",
            (Some(LookupStatus::Doubted), Lang::En) => "Reported as wrong in the register",
        };
        words.to_owned()
    }

    fn verb(&self) -> Verb {
        Verb::Verify
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        let statuses = ["matched", "not-found", "unavailable", "doubted"];
        let ended = |status: &str| serde_json::json!({ "status": status, "at": "2026-11-24", "found": {} });
        Probe::new(Face::OneOf(statuses.map(String::from).to_vec()), statuses.map(ended))
    }
}

impl Lookup {
    /// Every field that is filled, with the register's name for it.
    pub fn filled(&self) -> impl Iterator<Item = (&FieldId, &String)> {
        self.fills.iter().chain(&self.offers)
    }

    /// Whether an entry of the register under this name is taken over.
    pub fn takes(&self, name: &str) -> bool {
        let told = self.says.as_ref().is_some_and(|says| says.zh.contains(&braced(name)));
        told || self.filled().any(|(_, wanted)| wanted == name)
    }

    /// What is told of an answer that matched.
    pub fn told(&self, answer: &Value, lang: Lang) -> Option<String> {
        let says = self.says.as_ref().filter(|_| Self::matched(answer))?.get(lang);
        let found = answer.get("found")?;
        let mut told = String::new();
        // What stands between the braces are names; what stands outside them is told as it is.
        for (at, part) in says.split(['{', '}']).enumerate() {
            let named = found.get(part).and_then(Value::as_str).unwrap_or_default();
            told += if at % 2 == 0 { part } else { named };
        }
        Some(told)
    }

    /// Whether the register confirmed it.
    pub fn matched(answer: &Value) -> bool {
        answer.get("status").and_then(Value::as_str) == Some("matched")
    }
}

fn braced(name: &str) -> String {
    format!("{{{name}}}")
}
