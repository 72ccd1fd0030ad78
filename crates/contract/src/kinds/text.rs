//! Plain text, one line or several. Length counts code points, as people count characters.

use serde::Serialize;
use serde_json::Value;

use super::on_text;
use crate::field::Kind;
use crate::json::readable;
use crate::legible::{Lines, illegible, is_blank, legible};
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlainText {
    pub min_chars: usize,
    pub max_chars: usize,
}

impl Default for PlainText {
    fn default() -> Self {
        Self { min_chars: 1, max_chars: 50 }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LongText {
    pub max_chars: usize,
}

readable! {
    PlainText { min_chars = 1, max_chars = 50 }
    LongText { max_chars = 500 }
}

impl Default for LongText {
    fn default() -> Self {
        Self { max_chars: 500 }
    }
}

impl Kind for PlainText {
    fn read(&self, typed: &str) -> String {
        legible(typed, Lines::One).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        on_text(value, |text| unreadable(text, Lines::One).or_else(|| length(text, self.min_chars, self.max_chars)))
    }

    #[cfg(feature = "load")]
    fn probe(&self, near: &Near) -> Probe {
        Probe::new(Face::Text, near.words(self.min_chars.max(1), self.max_chars))
    }
}

impl Kind for LongText {
    fn read(&self, typed: &str) -> String {
        legible(typed, Lines::Many)
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        on_text(value, |text| unreadable(text, Lines::Many).or_else(|| length(text, 1, self.max_chars)))
    }

    #[cfg(feature = "load")]
    fn probe(&self, near: &Near) -> Probe {
        Probe::new(Face::Text, near.words(1, self.max_chars))
    }
}

fn length(text: &str, min: usize, max: usize) -> Option<Problem> {
    let count = text.chars().count();
    if count < min {
        Some(Problem::TooShort { min })
    } else if count > max {
        Some(Problem::TooLong { max })
    } else {
        private_use(text)
    }
}

/// Nothing to see, or a character that must not stand there.
pub(super) fn unreadable(text: &str, lines: Lines) -> Option<Problem> {
    if is_blank(text) {
        return Some(Problem::Missing);
    }
    illegible(text, lines).map(|character| Problem::IllegibleCharacter { character })
}

/// Characters that only one maker's fonts know cannot be kept: GB 18030-2022 gives most of them real code points.
pub(super) fn private_use(text: &str) -> Option<Problem> {
    let private = |c: &char| matches!(*c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
    text.chars().find(private).map(|character| Problem::PrivateUseCharacter { character })
}
