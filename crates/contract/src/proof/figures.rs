//! How much work an application is: what is typed, tapped and uploaded, and how long that takes a practised hand
//! (keystroke-level model: Card, Moran and Newell 1980, with times for phones).

use std::collections::BTreeSet;

use serde_json::Value;

use super::examples::Example;
use crate::field::{Field, Verb};
use crate::journey::{Journey, ShownField};
use crate::kinds::{Lookup, is_han};
use crate::service::Service;

/// Seconds for a key on the phone's keyboard, a tap elsewhere, and a look at what is asked.
pub(super) const KEY: f64 = 0.28;
pub(super) const TAP: f64 = 1.1;
pub(super) const LOOK: f64 = 1.35;
/// Keys for a Chinese character: two or three letters of pinyin and its share of the choice.
const KEYS_A_CHARACTER: usize = 3;
/// Taps for a file: the slot, the picture, "use it"; opening and choosing division and street; opening and choosing a
/// certificate; opening and accepting a text;
/// looking at the papers, writing the name, "done".
const TAPS_A_FILE: usize = 3;
const TAPS_AN_ADDRESS: usize = 4;
const TAPS_A_CERTIFICATE: usize = 2;
const TAPS_A_CONSENT: usize = 2;
const TAPS_A_SIGNATURE: usize = 3;

/// The work of one example.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub steps: usize,
    /// Answered fields, those of every row counted.
    pub fields: usize,
    /// Of these, consents and signatures: no register can give them.
    pub acts: usize,
    /// Of these, the ones to type.
    pub typed: usize,
    /// Of these, the ones that the account or a register knew.
    pub prefilled: usize,
    pub keys: usize,
    pub taps: usize,
    pub files: usize,
}

impl Figures {
    /// The share of the facts that registers and the account knew.
    pub fn known_percent(&self) -> u32 {
        u32::try_from(self.prefilled * 100 / (self.fields - self.acts).max(1)).unwrap_or(u32::MAX)
    }

    /// Without the time that uploads and people's own thoughts take.
    pub fn seconds(&self) -> f64 {
        self.keys as f64 * KEY + self.taps as f64 * TAP + (self.fields + self.steps) as f64 * LOOK
    }
}

/// Counts the work of the answers of an example, from the first step to the button that sends them.
pub fn figures(service: &Service, example: &Example) -> Figures {
    let context = example.context();
    let journey = service.journey(&example.answers, &context);
    // One tap goes on from each step, one more sends.
    let mut figures = Figures { steps: journey.steps.len(), taps: journey.steps.len() + 1, ..Figures::default() };
    let filled = filled(&journey);
    for shown in journey.steps.iter().flat_map(|step| &step.fields) {
        let answer = journey.answers.get(shown.answered_as());
        let known = filled.contains(&*shown.field.id) || shown.field.offers_known(&journey.scope(service));
        if shown.field.kind.rows().is_some() {
            figures.add_rows(shown, answer);
        } else {
            figures.add(shown.field, answer, known);
        }
    }
    figures
}

/// Fields that a register filled in.
fn filled<'a>(journey: &Journey<'a>) -> BTreeSet<&'a str> {
    let fields = journey.steps.iter().flat_map(|step| &step.fields).map(|shown| shown.field);
    let matched = fields.filter(|field| Lookup::matched(journey.answers.get(&field.id)));
    matched.filter_map(|field| field.kind.lookup()).flat_map(|lookup| lookup.filled()).map(|(id, _)| &**id).collect()
}

impl Figures {
    fn add_rows(&mut self, group: &ShownField<'_>, answer: &Value) {
        let begins = group.field.kind.rows().is_some_and(|group| group.continues.is_none());
        let rows = answer.as_array().map(Vec::as_slice).unwrap_or_default();
        self.taps += if begins { rows.len().saturating_sub(1) } else { 0 };
        for (fields, row) in group.rows.iter().zip(rows) {
            for inner in fields {
                self.add(inner.field, row.get(&*inner.field.id).unwrap_or(&Value::Null), false);
            }
        }
    }

    fn add(&mut self, field: &Field, answer: &Value, known: bool) {
        let kind = field.kind.kind();
        // Nobody answers what is computed, and a register is asked by itself.
        if kind.is_empty(answer) || field.kind.computed().is_some() || field.kind.lookup().is_some() {
            return;
        }
        self.fields += 1;
        if known {
            self.prefilled += 1;
            return;
        }
        self.acts += usize::from(matches!(kind.verb(), Verb::Agree | Verb::Sign));
        let several = answer.as_array().map_or(1, Vec::len);
        match kind.verb() {
            Verb::Fill => self.type_in(answer),
            Verb::Choose if field.kind.certificate().is_some() => self.taps += TAPS_A_CERTIFICATE,
            Verb::Choose => self.taps += several,
            Verb::Agree => self.taps += TAPS_A_CONSENT,
            Verb::Sign => self.taps += TAPS_A_SIGNATURE,
            Verb::Verify => {}
            Verb::Add => {
                self.files += several;
                self.taps += several * TAPS_A_FILE;
            }
        }
    }

    fn type_in(&mut self, answer: &Value) {
        self.typed += 1;
        let door = answer.get("door").and_then(Value::as_str);
        if door.is_some() {
            self.taps += TAPS_AN_ADDRESS;
        }
        self.keys += keys(door.or(answer.as_str()).unwrap_or_default());
    }
}

/// Dashes of a date are not typed; spaces come with the pinyin.
fn keys(text: &str) -> usize {
    let of = |character: char| match character {
        '-' | ' ' => 0,
        character if is_han(character) => KEYS_A_CHARACTER,
        _ => 1,
    };
    text.chars().map(of).sum()
}
