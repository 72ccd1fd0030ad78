//! Files given for a material: photographs, and PDF where the setting says so.

use serde::Serialize;
use serde_json::Value;

use crate::field::{Kind, Verb};
use crate::id::MaterialId;
use crate::json::{readable, words};
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::Lang;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attachments {
    pub material: MaterialId,
    pub min: usize,
    pub max: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accept: Vec<Accept>,
    /// What a good picture looks like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<Sample>,
}

/// The drawings beside an empty slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sample {
    /// An identity or bank card.
    Card,
    /// A page with a stamp.
    Page,
    /// An open book: household register, marriage certificate.
    Book,
    Receipt,
    Portrait,
    /// The front of a shop.
    Front,
}

/// What may be uploaded beside photographs (JPEG, PNG, WebP).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Accept {
    Pdf,
}

readable! {
    Attachments { material, min = 1, max = 1, accept, sample }
}

words! {
    Accept { Pdf = "pdf" }
    Sample {
        Card = "card", Page = "page", Book = "book", Receipt = "receipt", Portrait = "portrait", Front = "front",
    }
}

impl Attachments {
    pub fn accepts_pdf(&self) -> bool {
        self.accept.contains(&Accept::Pdf)
    }
}

impl Kind for Attachments {
    fn check(&self, value: &Value) -> Vec<Problem> {
        let Some(files) = value.as_array() else { return vec![Problem::WrongType] };
        let is_file =
            |file: &Value| file.get("id").is_some_and(Value::is_string) && file.get("bytes").is_some_and(Value::is_u64);
        if !files.iter().all(is_file) {
            return vec![Problem::WrongType];
        }
        if files.len() < self.min {
            return vec![Problem::TooFew { min: self.min }];
        }
        if files.len() > self.max { vec![Problem::TooMany { max: self.max }] } else { Vec::new() }
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        let count = value.as_array().map_or(0, Vec::len);
        match (lang, count) {
            (Lang::Zh, _) => format!("{count} 个文件"),
            (Lang::En, 1) => "1 file".to_owned(),
            (Lang::En, _) => format!("{count} files"),
        }
    }

    fn verb(&self) -> Verb {
        Verb::Add
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        let files = |count: usize| {
            let file = |at| serde_json::json!({ "id": format!("photo-{at}"), "name": "photo.jpg", "bytes": 120_000 });
            Value::from((0..count).map(file).collect::<Vec<_>>())
        };
        Probe::new(Face::Presence, [files(self.min.max(1)), files(self.max)])
    }
}
