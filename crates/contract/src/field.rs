//! One question: what every kind shares, and the one `match` over kinds.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::Date;

use crate::condition::Condition;
use crate::id::FieldId;
use crate::kinds::{
    Address, Attachments, BankCard, BirthCertificateNumber, Certificate, Choice, Computed, ConsentGiven, CreditCode,
    Day, Group, LongText, Lookup, Money, MultiChoice, Number, PersonName, Phone, PlainText, ResidentId, Sex, YesNo,
};
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Near, Probe};
use crate::text::{Lang, Text};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    pub id: FieldId,
    pub label: Text,
    /// One line under the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// A right answer, shown with the error: "例如 1.2".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_when: Option<Condition>,
    /// Makes an optional field required.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub require_when: Option<Condition>,
    /// What the account knows already and offers as the first answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefill: Option<Prefill>,
    #[serde(flatten)]
    pub kind: FieldKind,
}

/// What is known of the person who signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prefill {
    AccountName,
    AccountPhone,
    AccountResidentId,
}

/// The kinds of question, with their settings. Each kind's file answers the five questions of [`Kind`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FieldKind {
    Text(PlainText),
    LongText(LongText),
    PersonName(PersonName),
    Sex(Sex),
    Date(Day),
    Choice(Choice),
    MultiChoice(MultiChoice),
    YesNo(YesNo),
    Number(Number),
    Money(Money),
    Phone(Phone),
    ResidentId(ResidentId),
    CreditCode(CreditCode),
    BirthCertificateNumber(BirthCertificateNumber),
    BankCard(BankCard),
    Address(Address),
    Attachments(Attachments),
    Certificate(Certificate),
    Consent(ConsentGiven),
    Lookup(Lookup),
    Group(Group),
    Computed(Computed),
}

/// What a kind knows. Its settings are its struct.
pub trait Kind: Sync {
    /// Whether nothing was answered.
    fn is_empty(&self, value: &Value) -> bool {
        !crate::condition::is_present(value)
    }

    /// What was typed, in its standard spelling: full-width digits, blanks and lower-case x are mended, not refused.
    fn read(&self, typed: &str) -> String {
        typed.trim().to_owned()
    }

    /// What is wrong with an answer that is not empty.
    fn check(&self, value: &Value) -> Vec<Problem>;

    /// What is wrong with an answer only until a day has come: nobody is born tomorrow.
    fn check_day(&self, value: &Value, today: Date) -> Option<Problem> {
        let _ = (value, today);
        None
    }

    /// The answer for people, masked where it is sensitive.
    fn show(&self, value: &Value, lang: Lang) -> String {
        let _ = lang;
        value.as_str().unwrap_or_default().to_owned()
    }

    /// What one does to answer: fill in, choose, add, agree.
    fn verb(&self) -> Verb {
        Verb::Fill
    }

    /// For the checker: what conditions see of an answer, and answers that are right.
    #[cfg(feature = "load")]
    fn probe(&self, near: &Near) -> Probe;
}

/// How a missing answer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Fill,
    Choose,
    Add,
    Agree,
    Verify,
}

impl FieldKind {
    /// The only place in this crate that tells kinds apart.
    pub fn kind(&self) -> &dyn Kind {
        match self {
            Self::Text(kind) => kind,
            Self::LongText(kind) => kind,
            Self::PersonName(kind) => kind,
            Self::Sex(kind) => kind,
            Self::Date(kind) => kind,
            Self::Choice(kind) => kind,
            Self::MultiChoice(kind) => kind,
            Self::YesNo(kind) => kind,
            Self::Number(kind) => kind,
            Self::Money(kind) => kind,
            Self::Phone(kind) => kind,
            Self::ResidentId(kind) => kind,
            Self::CreditCode(kind) => kind,
            Self::BirthCertificateNumber(kind) => kind,
            Self::BankCard(kind) => kind,
            Self::Address(kind) => kind,
            Self::Attachments(kind) => kind,
            Self::Certificate(kind) => kind,
            Self::Consent(kind) => kind,
            Self::Lookup(kind) => kind,
            Self::Group(kind) => kind,
            Self::Computed(kind) => kind,
        }
    }

    /// The group's settings, if it is one.
    pub fn rows(&self) -> Option<&Group> {
        if let Self::Group(group) = self { Some(group) } else { None }
    }

    /// Whether it is a group that asks more about the rows of an earlier one.
    pub fn continues(&self) -> bool {
        self.rows().is_some_and(|group| group.continues.is_some())
    }

    /// The upload's settings, if it is one.
    pub fn attachments(&self) -> Option<&Attachments> {
        if let Self::Attachments(attachments) = self { Some(attachments) } else { None }
    }

    /// The lookup's settings, if it is one.
    pub fn lookup(&self) -> Option<&Lookup> {
        if let Self::Lookup(lookup) = self { Some(lookup) } else { None }
    }

    /// The address's settings, if it is one.
    pub fn address(&self) -> Option<&Address> {
        if let Self::Address(address) = self { Some(address) } else { None }
    }

    /// The certificate picker's settings, if it is one.
    pub fn certificate(&self) -> Option<&Certificate> {
        if let Self::Certificate(certificate) = self { Some(certificate) } else { None }
    }

    /// The consent's settings, if it is one.
    pub fn consent(&self) -> Option<&ConsentGiven> {
        if let Self::Consent(consent) = self { Some(consent) } else { None }
    }

    /// The formula's settings, if it is one.
    pub fn computed(&self) -> Option<&Computed> {
        if let Self::Computed(computed) = self { Some(computed) } else { None }
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}
