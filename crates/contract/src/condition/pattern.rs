//! How a text is written: letters one after another, some of them one of several, some of them several times. It is the
//! part of regular expressions that plates and project codes need, matched in one pass whatever the text:
//! `湘J[A-Z0-9]{5,6}`.

use std::iter::Peekable;
use std::str::Chars;

use serde_json::Value;

use crate::json::{Faults, FromJson};

/// A pattern as it is spelled. One that cannot be read is refused with the definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(pub String);

/// One of these letters, so many times.
struct Part {
    ranges: Vec<(char, char)>,
    min: usize,
    max: usize,
}

/// A text is not longer than its field allows; what repeats more often is no code.
const MOST: usize = 99;

impl Pattern {
    /// Whether the whole text is written so.
    pub fn matches(&self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().collect();
        // Where the letters that were matched so far may end.
        let mut ends = vec![false; letters.len() + 1];
        ends[0] = true;
        for part in parts(&self.0).unwrap_or_default() {
            let mut next = vec![false; ends.len()];
            for start in (0..ends.len()).filter(|start| ends[*start]) {
                let run = letters[start..].iter().take(part.max).take_while(|letter| part.has(**letter)).count();
                next[start..=start + run].iter_mut().skip(part.min).for_each(|end| *end = true);
            }
            ends = next;
        }
        // A pattern of nothing matches nothing.
        !letters.is_empty() && ends.last() == Some(&true)
    }

    /// For the checker: a text that is written so, as short as it may be.
    #[cfg(feature = "load")]
    pub(crate) fn sample(&self) -> String {
        let first = |part: &Part| part.ranges.first().map_or(' ', |range| range.0);
        parts(&self.0).unwrap_or_default().iter().flat_map(|part| vec![first(part); part.min]).collect()
    }
}

impl Part {
    fn has(&self, letter: char) -> bool {
        self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&letter))
    }
}

/// `None` where it cannot be read.
fn parts(pattern: &str) -> Option<Vec<Part>> {
    let mut rest = pattern.chars().peekable();
    let mut parts = Vec::new();
    while let Some(letter) = rest.next() {
        let ranges = match letter {
            '[' => class(&mut rest)?,
            '\\' => rest.next().map(|literal| vec![(literal, literal)])?,
            // Words that mean more than themselves elsewhere mean nothing here, and must not seem to.
            ']' | '{' | '}' | '(' | ')' | '*' | '+' | '?' | '.' | '|' | '^' | '$' => return None,
            literal => vec![(literal, literal)],
        };
        let (min, max) = if rest.next_if_eq(&'{').is_some() { counts(&mut rest)? } else { (1, 1) };
        parts.push(Part { ranges, min, max });
    }
    (!parts.is_empty()).then_some(parts)
}

/// `A-Z0-9]`, behind its bracket.
fn class(rest: &mut Peekable<Chars<'_>>) -> Option<Vec<(char, char)>> {
    let mut ranges = Vec::new();
    loop {
        let from = match rest.next()? {
            ']' => return (!ranges.is_empty()).then_some(ranges),
            '^' if ranges.is_empty() => return None,
            '\\' => rest.next()?,
            letter => letter,
        };
        let to = match rest.next_if_eq(&'-') {
            Some(_) => rest.next().filter(|to| *to != ']' && *to >= from)?,
            None => from,
        };
        ranges.push((from, to));
    }
}

/// `5}` or `5,6}`, behind its brace.
fn counts(rest: &mut Peekable<Chars<'_>>) -> Option<(usize, usize)> {
    let mut inside = String::new();
    loop {
        match rest.next()? {
            '}' => break,
            letter => inside.push(letter),
        }
    }
    let (min, max) = inside.split_once(',').unwrap_or((&inside, &inside));
    let (min, max) = (min.parse().ok()?, max.parse().ok()?);
    (min <= max && (1..=MOST).contains(&max)).then_some((min, max))
}

impl FromJson for Pattern {
    fn read(value: Value, faults: &mut Faults) -> Self {
        let pattern = Self(FromJson::read(value, faults));
        if parts(&pattern.0).is_none() {
            faults.note("a pattern is letters, [A-Z0-9] and {5} or {5,6} behind them; a sign stands behind \\");
        }
        pattern
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_the_whole_text() {
        for (pattern, text, matches) in [
            ("湘J[A-Z0-9]{5,6}", "湘J12345", true),
            ("湘J[A-Z0-9]{5,6}", "湘JD12345", true),
            ("湘J[A-Z0-9]{5,6}", "湘J1234", false),
            ("湘J[A-Z0-9]{5,6}", "湘JD123456", false),
            ("湘J[A-Z0-9]{5,6}", "湘j12345", false),
            ("湘J[A-Z0-9]{5,6}", "", false),
            // Parts that could take each other's letters.
            ("[a-z]{0,3}[a-c]{2}c", "abcc", true),
            ("[a-z]{0,3}[a-c]{2}c", "zzzabc", true),
            ("[a-z]{0,3}[a-c]{2}c", "zzzzabc", false),
            ("\\[[0-9]{2}\\]", "[12]", true),
            ("[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}", "2511-430702-04-01-123456", true),
            ("[a\\-z]{2}", "-z", true),
            ("[0-9]{0,2}", "", false),
        ] {
            assert_eq!(Pattern(pattern.to_owned()).matches(text), matches, "{pattern} of {text}");
        }
    }

    #[test]
    fn what_means_more_elsewhere_is_refused() {
        for wrong in [
            "", "a*", "a+", "a?", "a.c", "(ab)", "a|b", "^a", "a$", "[", "[]", "[^a]", "[z-a]", "[a-]", "a{", "a{2",
            "a{}", "a{3,2}", "a{0}", "a{100}", "a{2,}", "a]", "}", "\\",
        ] {
            assert!(parts(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_long_text_is_matched_in_time() {
        let pattern = Pattern("[a-z]{0,99}".repeat(30) + "!");
        assert!(!pattern.matches(&"a".repeat(2000)));
    }
}
