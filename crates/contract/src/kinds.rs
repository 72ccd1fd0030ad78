//! The field kinds, one file each. A kind's settings are its struct, its behaviour the five answers of
//! [`crate::field::Kind`].

mod address;
mod attachments;
mod bank_card;
mod birth_certificate_number;
mod certificate;
mod choice;
mod computed;
mod consent;
mod credit_code;
mod date;
mod date_time;
mod group;
mod identity_document;
mod lookup;
mod money;
mod multi_choice;
mod newborn_name;
mod number;
mod person_name;
mod phone;
mod resident_id;
mod sex;
mod signature;
mod text;
mod yes_no;

pub use address::Address;
pub use attachments::{Accept, Attachments, Sample};
pub use bank_card::BankCard;
pub use birth_certificate_number::BirthCertificateNumber;
pub use certificate::Certificate;
pub use choice::{Choice, Choosable};
pub use computed::{Computed, Formula, Pick};
pub use consent::ConsentGiven;
pub use credit_code::CreditCode;
pub use date::Day;
pub use date_time::DateTime;
pub use group::{Group, Rows};
pub use identity_document::{Document, IdentityDocument};
pub use lookup::{Keys, Lookup, LookupStatus};
pub use money::Money;
pub use multi_choice::MultiChoice;
pub use newborn_name::NewbornName;
pub use number::Number;
pub use person_name::PersonName;
#[cfg(feature = "load")]
pub(crate) use person_name::is_han;
pub use phone::Phone;
pub use resident_id::ResidentId;
pub(crate) use resident_id::born;
pub use sex::Sex;
pub use signature::{LONGEST_STROKES, Remote, Signature, are_strokes};
pub use text::{LongText, PlainText};
pub use yes_no::YesNo;

use serde_json::Value;

use crate::problem::Problem;

/// Full-width letters, digits and signs (U+FF01 to U+FF5E) as their ASCII twins, and blanks as one plain blank.
pub fn half_width(typed: &str) -> String {
    let narrow = |character: char| match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '\u{3000}' | '\u{a0}' => ' ',
        other => other,
    };
    typed.chars().map(narrow).collect::<String>().trim().to_owned()
}

/// A number that people copy from a document: half-width, upper-case, without blanks and dashes.
fn code(typed: &str) -> String {
    half_width(typed)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '—' | '‐'))
        .collect::<String>()
        .to_ascii_uppercase()
}

/// Runs a check on a text; another type of JSON is a problem of its own.
fn on_text(value: &Value, check: impl FnOnce(&str) -> Option<Problem>) -> Vec<Problem> {
    match value.as_str() {
        Some(text) => check(text).into_iter().collect(),
        None => vec![Problem::WrongType],
    }
}

/// Keeps the first `head` and last `tail` characters; stars between.
fn masked(text: &str, head: usize, tail: usize) -> String {
    let all: Vec<char> = text.chars().collect();
    if all.len() <= head + tail {
        return text.to_owned();
    }
    let stars = "*".repeat(all.len() - head - tail);
    let part = |range: &[char]| range.iter().collect::<String>();
    part(&all[..head]) + &stars + &part(&all[all.len() - tail..])
}
