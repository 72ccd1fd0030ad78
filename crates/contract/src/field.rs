//! One question: what every kind shares, and the one `match` over kinds.

use serde::Serialize;
use serde_json::Value;
use time::Date;

use crate::condition::{Condition, Scope};
use crate::id::FieldId;
use crate::json::{Faults, Fields, FromFields, FromJson, deserialized, whole, words};
use crate::kinds::{
    Address, Attachments, BankCard, BirthCertificateNumber, Certificate, Choice, Computed, ConsentGiven, CreditCode,
    DateTime, Day, Group, IdentityDocument, LongText, Lookup, Money, MultiChoice, NewbornName, Number, PersonName,
    Phone, PlainText, ResidentId, Sex, Signature, YesNo,
};
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Near, Probe};
use crate::text::{Lang, Text};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    pub id: FieldId,
    pub label: Text,
    /// One line under the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// A right answer, shown with the error: "例如 1.2".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub optional: bool,
    /// Asked for when an office wants it, not with the application: shown once its answer is there, empty or not.
    #[serde(skip_serializing_if = "is_false")]
    pub later: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_when: Option<Condition>,
    /// Makes an optional field required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require_when: Option<Condition>,
    /// What the account knows already and offers as the first answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefill: Option<Prefill>,
    /// Offers it only where this holds: the account is the mother's, or the father's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefill_when: Option<Condition>,
    #[serde(flatten)]
    pub kind: FieldKind,
}

impl FromFields for Field {
    fn from_fields(fields: &mut Fields<'_>) -> Self {
        Self {
            id: fields.take("id"),
            label: fields.take("label"),
            help: fields.take("help"),
            example: fields.take("example"),
            optional: fields.take("optional"),
            later: fields.take("later"),
            show_when: fields.take("show_when"),
            require_when: fields.take("require_when"),
            prefill: fields.take("prefill"),
            prefill_when: fields.take("prefill_when"),
            kind: FieldKind::from_fields(fields),
        }
    }
}

impl FromJson for Field {
    fn read(value: Value, faults: &mut Faults) -> Self {
        whole(value, faults)
    }
}

deserialized! { FieldKind }

/// What is known of the person who signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prefill {
    AccountName,
    AccountPhone,
    AccountResidentId,
}

words! {
    Prefill { AccountName = "account-name", AccountPhone = "account-phone", AccountResidentId = "account-resident-id" }
}

/// The registry of kinds: the enum, its names on the wire, and the only place in this crate that tells kinds apart.
macro_rules! kinds {
    ($($name:literal $variant:ident($settings:ident),)*) => {
        /// The kinds of question, with their settings. Each kind's file answers the five questions of [`Kind`].
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(tag = "kind", rename_all = "kebab-case")]
        pub enum FieldKind {
            $($variant($settings),)*
        }

        impl FromFields for FieldKind {
            fn from_fields(fields: &mut Fields<'_>) -> Self {
                let kind: String = fields.take("kind");
                match kind.as_str() {
                    $($name => Self::$variant(FromFields::from_fields(fields)),)*
                    _ => fields.instead("kind", &format!("there is no kind `{kind}`")),
                }
            }
        }

        impl FromJson for FieldKind {
            fn read(value: Value, faults: &mut Faults) -> Self {
                whole(value, faults)
            }

            fn empty() -> Self {
                Self::YesNo(YesNo {})
            }
        }

        impl FieldKind {
            /// The word for it in a definition, and `data-kind` on the page.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $name,)*
                }
            }

            pub fn kind(&self) -> &dyn Kind {
                match self {
                    $(Self::$variant(kind) => kind,)*
                }
            }
        }
    };
}

kinds! {
    "text" Text(PlainText),
    "long-text" LongText(LongText),
    "person-name" PersonName(PersonName),
    "newborn-name" NewbornName(NewbornName),
    "sex" Sex(Sex),
    "date" Date(Day),
    "date-time" DateTime(DateTime),
    "choice" Choice(Choice),
    "multi-choice" MultiChoice(MultiChoice),
    "yes-no" YesNo(YesNo),
    "number" Number(Number),
    "money" Money(Money),
    "phone" Phone(Phone),
    "resident-id" ResidentId(ResidentId),
    "identity-document" IdentityDocument(IdentityDocument),
    "credit-code" CreditCode(CreditCode),
    "birth-certificate-number" BirthCertificateNumber(BirthCertificateNumber),
    "bank-card" BankCard(BankCard),
    "address" Address(Address),
    "attachments" Attachments(Attachments),
    "certificate" Certificate(Certificate),
    "consent" Consent(ConsentGiven),
    "signature" Signature(Signature),
    "lookup" Lookup(Lookup),
    "group" Group(Group),
    "computed" Computed(Computed),
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

impl Field {
    /// Whether what the account knows is offered here.
    pub fn offers_known(&self, scope: &Scope<'_>) -> bool {
        self.prefill.is_some() && self.prefill_when.as_ref().is_none_or(|when| when.holds(scope))
    }
}

/// How a missing answer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Fill,
    Choose,
    Add,
    Agree,
    Verify,
    Sign,
}

impl FieldKind {
    /// The group's settings, if it is one.
    pub fn rows(&self) -> Option<&Group> {
        if let Self::Group(group) = self { Some(group) } else { None }
    }

    /// Whether it is a group that asks more about the rows of an earlier one.
    pub fn continues(&self) -> bool {
        self.rows().is_some_and(|group| group.continues.is_some())
    }

    /// The choice's settings, if it is one.
    pub fn choice(&self) -> Option<&Choice> {
        if let Self::Choice(choice) = self { Some(choice) } else { None }
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

    /// The signature's settings, if it is one.
    pub fn signature(&self) -> Option<&Signature> {
        if let Self::Signature(signature) = self { Some(signature) } else { None }
    }

    /// The formula's settings, if it is one.
    pub fn computed(&self) -> Option<&Computed> {
        if let Self::Computed(computed) = self { Some(computed) } else { None }
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}
