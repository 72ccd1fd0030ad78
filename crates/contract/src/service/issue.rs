//! The electronic certificate that the approval of an item issues (电子证照).

use serde::Serialize;

#[cfg(feature = "load")]
use super::Validity;
use crate::condition::Condition;
use crate::id::{FieldId, ItemId};
use crate::json::{readable, words};
use crate::text::Text;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Issue {
    /// As pickers ask for it, for example `birth-certificate`.
    pub r#type: String,
    pub title: Text,
    pub number: NumberRule,
    /// Of a serial number: how it is written, with `{year}`, `{serial}` and `{division}`, the mark of the division that
    /// issues it. Each pattern counts by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// The needed item whose number this one bears too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_as: Option<ItemId>,
    /// The answer that names the holder; without it, the applicant is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<FieldId>,
    /// Of a resident ID: day of birth and sex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub born: Option<FieldId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<FieldId>,
    /// Where this holds, the electronic one is all there is: nothing is posted or collected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub electronic: Option<Condition>,
    /// How long it holds; without it, for good. Phones do not ask.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub valid_for: Option<Validity>,
}

/// How a number is formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum NumberRule {
    /// A counted number in the words of `pattern`.
    Serial,
    /// A letter and nine digits (出生医学证明编号).
    BirthCertificate,
    /// GB 11643.
    ResidentId,
    /// That of another item.
    Same,
}

readable! {
    Issue { r#type, title, number, pattern, same_as, holder, born, sex, electronic, #[cfg(feature = "load")] valid_for }
}

words! {
    NumberRule { Serial = "serial", BirthCertificate = "birth-certificate", ResidentId = "resident-id", Same = "same" }
}
