//! A person's name: in Chinese characters, or in Latin letters as a foreign document has it. Rare characters of GB
//! 18030-2022 (Extensions A to H) count as one each.

use serde::Serialize;
use serde_json::Value;

use super::text::private_use;
use super::{half_width, on_text};
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
    /// In Chinese, blanks go, and the dots that keyboards offer become the one of the household register, U+00B7. Latin
    /// names keep one blank between their words.
    fn read(&self, typed: &str) -> String {
        if !typed.chars().any(is_han) {
            let words = half_width(typed).replace(['’', '‘', '`'], "'");
            return words.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        let dot = |c: char| if matches!(c, '•' | '‧' | '．' | '・' | '●' | '.') { '·' } else { c };
        typed.chars().filter(|c| !c.is_whitespace()).map(dot).collect()
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        on_text(value, |name| if is_latin(name) { too_long(name) } else { problem(name) })
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        Probe::of_texts(Face::Text, ["王芳", "阿卜杜·热合曼", "O'NEILL SMITH, María-José"])
    }
}

/// What is wrong with a name in Chinese characters.
pub(super) fn problem(name: &str) -> Option<Problem> {
    if let Some(wrong) = private_use(name).or_else(|| too_long(name)) {
        return Some(wrong);
    }
    // Of some peoples, and of some who came from abroad, one character is the whole name.
    let parts_are_han = name.split('·').all(|part| !part.is_empty() && part.chars().all(is_han));
    (!parts_are_han).then_some(Problem::NotHan)
}

fn too_long(name: &str) -> Option<Problem> {
    (name.chars().count() > MAX_CHARS).then_some(Problem::TooLong { max: MAX_CHARS })
}

/// Words of Latin letters, also with accents, with the signs that names have in documents (ICAO Doc 9303).
fn is_latin(name: &str) -> bool {
    let is_letter = |c: char| {
        c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') && c.is_alphabetic()
    };
    let is_word = |word: &str| {
        let bare = word.trim_end_matches([',', '.']);
        bare.starts_with(is_letter) && bare.chars().all(|c| is_letter(c) || matches!(c, '-' | '\'' | '.'))
    };
    name.split(' ').all(is_word)
}

/// Unified and compatibility ideographs, and 〇.
pub(crate) fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}
