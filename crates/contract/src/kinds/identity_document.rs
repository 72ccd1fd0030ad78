//! A document of somebody who has no resident identity card: which one, and its number.

use serde::Serialize;
use serde_json::Value;

use super::{code, masked, resident_id};
use crate::field::Kind;
use crate::json::{FromJson, readable, words};
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::Lang;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IdentityDocument {
    /// Those that will do. One alone is not asked for.
    pub documents: Vec<Document>,
}

/// The documents, as the household and birth registers name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Document {
    Passport,
    /// 外国人永久居留身份证; 18 digits since 2023, before that three letters and twelve digits.
    ForeignPermanentResidence,
    /// 港澳居民来往内地通行证
    HkMoPermit,
    /// 台湾居民来往大陆通行证
    TwPermit,
    /// 港澳台居民居住证, a number as of GB 11643 that begins with 81, 82 or 83.
    ResidencePermit,
    /// A travel document of somebody without a nationality.
    TravelDocument,
}

readable! {
    IdentityDocument { documents }
}

words! {
    Document {
        Passport = "passport", ForeignPermanentResidence = "foreign-permanent-residence", HkMoPermit = "hk-mo-permit",
        TwPermit = "tw-permit", ResidencePermit = "residence-permit", TravelDocument = "travel-document",
    }
}

impl Kind for IdentityDocument {
    fn is_empty(&self, value: &Value) -> bool {
        number(value).is_none_or(str::is_empty) && value.get("document").is_none_or(Value::is_null)
    }

    fn read(&self, typed: &str) -> String {
        code(typed)
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        let (Some(document), Some(number)) = (value.get("document"), number(value)) else {
            return vec![Problem::WrongType];
        };
        match Document::from_json(document.clone()) {
            Ok(document) if self.documents.contains(&document) => document.problem(number).into_iter().collect(),
            _ => vec![Problem::UnknownOption],
        }
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        let document = value.get("document").and_then(|document| Document::from_json(document.clone()).ok());
        let name = document.map_or("", |document| document.name(lang));
        format!("{name} {}", masked(number(value).unwrap_or_default(), 2, 2)).trim().to_owned()
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        let sample = |document: &Document| serde_json::json!({ "document": document, "number": document.sample() });
        Probe::new(Face::Presence, self.documents.iter().map(sample))
    }
}

/// The number of an answer.
fn number(value: &Value) -> Option<&str> {
    value.get("number").and_then(Value::as_str)
}

impl Document {
    pub fn name(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Passport => ("护照", "Passport"),
            Self::ForeignPermanentResidence => ("外国人永久居留身份证", "Foreign permanent resident ID card"),
            Self::HkMoPermit => ("港澳居民来往内地通行证", "Mainland travel permit (Hong Kong, Macao)"),
            Self::TwPermit => ("台湾居民来往大陆通行证", "Mainland travel permit (Taiwan)"),
            Self::ResidencePermit => ("港澳台居民居住证", "Residence permit (Hong Kong, Macao, Taiwan)"),
            Self::TravelDocument => ("旅行证件", "Travel document"),
        };
        if lang == Lang::Zh { zh } else { en }
    }

    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passport => "passport",
            Self::ForeignPermanentResidence => "foreign-permanent-residence",
            Self::HkMoPermit => "hk-mo-permit",
            Self::TwPermit => "tw-permit",
            Self::ResidencePermit => "residence-permit",
            Self::TravelDocument => "travel-document",
        }
    }

    fn problem(self, number: &str) -> Option<Problem> {
        let bytes = number.as_bytes();
        let digits =
            |from: usize, count: usize| bytes.len() == from + count && bytes[from..].iter().all(u8::is_ascii_digit);
        let is_card = |starts: &[&str]| {
            starts.iter().any(|start| number.starts_with(start)) && resident_id::problem(number).is_none()
        };
        let right = match self {
            Self::Passport | Self::TravelDocument => {
                (5..=20).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_alphanumeric)
            }
            Self::HkMoPermit => matches!(bytes.first(), Some(b'H' | b'M')) && (digits(1, 8) || digits(1, 10)),
            Self::TwPermit => digits(0, 8),
            Self::ResidencePermit => is_card(&["81", "82", "83"]),
            Self::ForeignPermanentResidence => {
                is_card(&["9"]) || digits(3, 12) && bytes[..3].iter().all(u8::is_ascii_uppercase)
            }
        };
        (!right).then_some(Problem::BadDocumentNumber)
    }

    #[cfg(feature = "load")]
    fn sample(self) -> &'static str {
        match self {
            Self::Passport => "E12345678",
            Self::ForeignPermanentResidence => "CHN110123456789",
            Self::HkMoPermit => "H12345678",
            Self::TwPermit => "12345678",
            Self::ResidencePermit => "810000199408230021",
            Self::TravelDocument => "T1234567",
        }
    }
}
