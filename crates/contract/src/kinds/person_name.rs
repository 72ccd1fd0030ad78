//! A person's name in Chinese characters. Rare characters of GB 18030-2022 (Extensions A to H) count as one each.

use serde::Serialize;
use serde_json::Value;

use super::on_text;
use super::text::private_use;
use crate::field::Kind;
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};

const MAX_CHARS: usize = 50;

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PersonName {}

readable! {
    PersonName {}
}

impl Kind for PersonName {
    /// Blanks go, and the dots that keyboards offer become the one of the household register, U+00B7.
    fn read(&self, typed: &str) -> String {
        let dot = |c: char| if matches!(c, '•' | '‧' | '．' | '・' | '●' | '.') { '·' } else { c };
        typed.chars().filter(|c| !c.is_whitespace()).map(dot).collect()
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        on_text(value, problem)
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        Probe::of_texts(Face::Text, ["王芳", "阿卜杜·热合曼"])
    }
}

pub(super) fn problem(name: &str) -> Option<Problem> {
    let count = name.chars().count();
    if let Some(private) = private_use(name) {
        return Some(private);
    }
    if count > MAX_CHARS {
        return Some(Problem::TooLong { max: MAX_CHARS });
    }
    // Of some peoples, and of some who came from abroad, one character is the whole name.
    let parts_are_han = name.split('·').all(|part| !part.is_empty() && part.chars().all(is_han));
    (!parts_are_han).then_some(Problem::NotHan)
}

/// Unified and compatibility ideographs, and 〇.
pub(crate) fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}
