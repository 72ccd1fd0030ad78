//! One authority's part of a service (联办事项): what it is before the law, how long it takes, what it ends with.

use serde::{Deserialize, Serialize};

#[cfg(feature = "load")]
use super::AfterCheck;
use super::Issue;
use crate::condition::Condition;
#[cfg(feature = "load")]
use crate::id::FieldId;
use crate::id::{AgencyId, ItemId};
use crate::json::{readable, words};
use crate::text::Text;

/// One authority's part of the service (联办事项).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    pub id: ItemId,
    pub agency: AgencyId,
    pub title: Text,
    /// What it is before the law. Definitions from before there were kinds leave it out: ask [`Item::kind`]. Phones do
    /// not ask.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub kind: Option<ItemKind>,
    /// What definitions from before there were kinds say of a licence. Only [`Item::kind`] reads it.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub licence: bool,
    pub promise: Promise,
    /// The term that the law sets (法定办结时限), in working days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statutory: Option<u16>,
    /// The provisions that it rests on, each with its articles. Phones do not ask.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub law: Vec<Text>,
    /// Where one complains of how it was handled (监督投诉). Phones learn it with their case.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub complaints: Option<Complaints>,
    /// What may stop its clock, and for how long; without it an officer says so in free words. Phones do not ask.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub special_procedure: Option<SpecialProcedure>,
    /// Items that must be done before this one begins.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<ItemId>,
    pub deliverable: Text,
    /// The question whose answer says in which division it is decided: an address, or a text that names the county.
    /// Without it, where the application is made. Phones do not ask.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub division_of: Option<FieldId>,
    /// The question whose answer says which office decides it: a hospital, a police station. Phones do not ask.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub office_of: Option<FieldId>,
    /// Sections, steps and fields that who decides it sees; documents follow from `Material::items`. Only the one item
    /// of a service may leave it out, and sees everything. Phones do not ask.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub sees: Vec<String>,
    /// Begins by asking the applicant for what comes later. Phones do not ask.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub after_check: Option<AfterCheck>,
    /// What its approval puts into the wallet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issues: Option<Issue>,
    /// Left out where it does not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_when: Option<Condition>,
}

/// What an item is before the law. The desk's words, the papers and what silence means follow from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ItemKind {
    /// 行政许可: the only kind that the law of licences (行政许可法) is about.
    Licence,
    /// 行政确认, for example the registration of a birth.
    Confirmation,
    /// 行政给付: money or aid that the law grants.
    Payment,
    /// 公共服务, and whatever is none of the others, for example a filing.
    #[default]
    Service,
}

/// How long the agency takes at most, in working days.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Promise {
    pub working_days: u32,
}

/// Where one complains of how an item was handled.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Complaints {
    pub phone: String,
    pub place: Option<Text>,
}

/// What may stop the clock of an item (特别程序), and for how many working days at most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpecialProcedure {
    pub working_days: u32,
    /// The kinds that the item's page names, for example 现场勘查. An officer chooses one.
    pub kinds: Vec<Text>,
}

readable! {
    Item { id, agency, title, promise, statutory, needs, deliverable, issues, show_when, #[cfg(feature = "load")] kind, #[cfg(feature = "load")] licence, #[cfg(feature = "load")] law, #[cfg(feature = "load")] complaints, #[cfg(feature = "load")] special_procedure, #[cfg(feature = "load")] division_of, #[cfg(feature = "load")] office_of, #[cfg(feature = "load")] sees, #[cfg(feature = "load")] after_check }
    Promise { working_days }
    Complaints { phone, place }
    SpecialProcedure { working_days, kinds }
}

words! {
    ItemKind { Service = "service", Licence = "licence", Confirmation = "confirmation", Payment = "payment" }
}

impl ItemKind {
    pub fn is_licence(self) -> bool {
        self == Self::Licence
    }
}

#[cfg(feature = "load")]
impl Item {
    /// What it is before the law.
    pub fn kind(&self) -> ItemKind {
        self.kind.unwrap_or(if self.licence { ItemKind::Licence } else { ItemKind::Service })
    }
}
