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

/// A signature has some hundred points; this is room for a thousand.
pub const LONGEST_STROKES: usize = 16 * 1024;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Signature {
    /// The field with the name of the one who signs.
    pub signer: FieldId,
}

readable! {
    Signature { signer }
}

impl Kind for Signature {
    fn is_empty(&self, value: &Value) -> bool {
        text(value, "strokes").is_none_or(str::is_empty) && text(value, "typed").is_none_or(str::is_empty)
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
