//! A name written with the finger, or typed by those who cannot. It holds for the answers that stood there when it was
//! given; the server writes it, and takes it away when they change.

use serde::Serialize;
use serde_json::Value;

use crate::field::{Kind, Verb};
use crate::id::FieldId;
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::Lang;
#[cfg(feature = "load")]
use crate::text::Text;

/// A signature has some hundred points; this is room for a thousand.
pub const LONGEST_STROKES: usize = 16 * 1024;

/// Fields are named as the signature sees them: those of the same rows, else those of the form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Signature {
    /// The field with the name of the one who signs.
    pub signer: FieldId,
    /// As whom they sign: "爸爸". Phones do not ask.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub role: Option<Text>,
    /// Lets the signer sign on their own phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remote: Option<Remote>,
    /// What the applicant does when the signature does not come. Phones do not ask.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub unsigned: Option<Text>,
}

/// The fields that say who is asked to sign from afar. In rows they stand in the same row. Phones ask for the phone only.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Remote {
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub name: FieldId,
    /// A mobile number: where the link goes.
    pub phone: FieldId,
    /// The resident number for which the signer must sign in. Where the form asks for none, the phone decides.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub id: Option<FieldId>,
    /// After so many days the request ends.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub ends_after_days: u32,
}

readable! {
    Signature { signer, remote, #[cfg(feature = "load")] role, #[cfg(feature = "load")] unsigned }
    Remote { phone, #[cfg(feature = "load")] name = FieldId::default(), #[cfg(feature = "load")] id, #[cfg(feature = "load")] ends_after_days = 10 }
}

impl Signature {
    /// Whether nobody has signed: there is no answer, or what was left of one that was voided.
    pub fn is_nothing(value: &Value) -> bool {
        text(value, "strokes").is_none_or(str::is_empty) && text(value, "typed").is_none_or(str::is_empty)
    }
}

impl Kind for Signature {
    fn is_empty(&self, value: &Value) -> bool {
        Self::is_nothing(value)
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        let signed = value.get("signed").is_some_and(Value::is_string) && value.get("at").is_some_and(Value::is_string);
        let written = text(value, "typed").is_some() || text(value, "strokes").is_some_and(are_strokes);
        if signed && written { Vec::new() } else { vec![Problem::WrongType] }
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        let words = match (self.is_empty(value), lang) {
            (true, _) => "",
            (false, Lang::Zh) => "已签名",
            (false, Lang::En) => "Signed",
        };
        words.to_owned()
    }

    fn verb(&self) -> Verb {
        Verb::Sign
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        let sample = serde_json::json!({ "strokes": "M10 20L60 40", "signed": "0", "at": "2026-11-24T02:00:00Z" });
        Probe::new(Face::Presence, [sample])
    }
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

/// Whether it is lines, as SVG writes them, and nothing else: `M10 20L30 40`.
pub fn are_strokes(path: &str) -> bool {
    path.len() <= LONGEST_STROKES
        && path.starts_with('M')
        && path.contains('L')
        && path.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'M' | b'L' | b' '))
}
