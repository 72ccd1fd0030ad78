//! A register asked by a number the resident gave (免提交). The server writes the answer; a client cannot.

use serde::Serialize;
use serde_json::Value;

use crate::field::{Kind, Verb};
use crate::id::FieldId;
use crate::json::{FromJson, readable, words};
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::table::Table;
use crate::text::{Lang, Text};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lookup {
    /// The register of the outside world, for example `business-register`.
    pub register: String,
    /// The document that the resident knows it by: "营业执照".
    pub source: Text,
    /// The field whose answer the register is asked with.
    pub by: FieldId,
    /// Fields that are filled, each with the register's name for it.
    pub fills: Table<FieldId, String>,
}

/// How a lookup ended. `status` of the answer, and what conditions compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
    Lookup { register, source, by, fills }
}

words! {
    LookupStatus { Matched = "matched", NotFound = "not-found", Unavailable = "unavailable", Doubted = "doubted" }
}

impl Kind for Lookup {
    fn check(&self, value: &Value) -> Vec<Problem> {
        let known = value.get("status").is_some_and(|status| LookupStatus::from_json(status.clone()).is_ok());
        if known { Vec::new() } else { vec![Problem::WrongType] }
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        let status = value.get("status").and_then(|status| LookupStatus::from_json(status.clone()).ok());
        let words = match (status, lang) {
            (None, _) => "",
            (Some(LookupStatus::Matched), Lang::Zh) => "免提交 · 已核验",
            (Some(LookupStatus::NotFound), Lang::Zh) => "没有查到",
            (Some(LookupStatus::Unavailable), Lang::Zh) => "暂时查不了",
            (Some(LookupStatus::Doubted), Lang::Zh) => "您说登记有误",
            (Some(LookupStatus::Matched), Lang::En) => "No paper needed · checked",
            (Some(LookupStatus::NotFound), Lang::En) => "Not found",
            (Some(LookupStatus::Unavailable), Lang::En) => "Cannot be checked now",
            (Some(LookupStatus::Doubted), Lang::En) => "You say the register is wrong",
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
    /// Whether the register confirmed it.
    pub fn matched(answer: &Value) -> bool {
        answer.get("status").and_then(Value::as_str) == Some("matched")
    }
}
