//! The definition of a service: who decides what, which way the questions go, what is asked for and what it is worth.
//! It is data; nothing in here knows a service by name.

#[cfg(feature = "load")]
mod after_check;
#[cfg(feature = "load")]
mod collecting;
mod consent;
mod delivery;
mod fee;
mod gate;
mod issue;
mod item;
#[cfg(feature = "load")]
mod next;
#[cfg(feature = "load")]
mod notification;
#[cfg(feature = "load")]
mod renewal;
#[cfg(feature = "load")]
mod route;
mod schedule;
mod siblings;
#[cfg(feature = "load")]
mod validity;
mod window;

use litemap::LiteMap;
use serde::Serialize;

use crate::condition::Condition;
use crate::field::Field;
use crate::id::{
    AgencyId, ConditionId, DivisionCode, FieldId, ItemId, LimitId, MaterialId, RuleId, SectionId, ServiceId, StepId,
    TrackId,
};
use crate::json::{deserialized, readable, words};
use crate::material::Mode;
use crate::text::Text;

#[cfg(feature = "load")]
pub use after_check::AfterCheck;
pub use consent::Consent;
pub use delivery::Delivery;
pub use fee::{Amount, AmountTable, Fee, FeeDue, FeeSort, yuan};
pub use gate::{Exit, Gate};
pub use issue::{Issue, NumberRule};
pub use item::{Complaints, Item, ItemKind, Promise, SpecialProcedure};
#[cfg(feature = "load")]
pub use next::NextStep;
#[cfg(feature = "load")]
pub use notification::Notification;
#[cfg(feature = "load")]
pub use renewal::{Again, Change, Renewal};
#[cfg(feature = "load")]
pub use route::Route;
#[cfg(feature = "load")]
pub(crate) use route::{names_a_place, names_an_office};
pub use schedule::{PublishedFigures, Stage};
pub use siblings::Siblings;
#[cfg(feature = "load")]
pub use validity::Validity;
pub use window::{CITY, Window};

/// A service as it holds in one division. Immutable once published: a draft finishes on its version.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Service {
    pub id: ServiceId,
    pub version: u32,
    /// The official code of the item (事项编码).
    pub code: String,
    pub title: Text,
    pub summary: Text,
    /// One character that stands for the service on its card.
    pub mark: String,
    /// Who may apply.
    pub who: Text,
    pub minutes: u32,
    pub visits: Visits,
    /// What was published of before and now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<PublishedFigures>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<PublishedFigures>,
    /// Of a plain case's answers, registers and account fill in at least this share.
    pub known_percent: u32,
    /// Served by its address but not listed: for tests.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// Common words that people search by, Chinese and English.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// What the numbers and texts rest on, and which of them are assumptions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Text>,
    pub agencies: Vec<Agency>,
    pub items: Vec<Item>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tracks: Vec<Track>,
    #[serde(skip_serializing_if = "LiteMap::is_empty")]
    pub limits: LiteMap<LimitId, Limit>,
    #[serde(skip_serializing_if = "LiteMap::is_empty")]
    pub conditions: LiteMap<ConditionId, Condition>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<Gate>,
    pub sections: Vec<Section>,
    pub steps: Vec<Step>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub materials: Vec<Material>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<Consent>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deliveries: Vec<Delivery>,
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub notifications: Vec<Notification>,
    /// Another application of the same family (twins), begun from one that was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub siblings: Option<Siblings>,
    /// What people usually do next. Phones learn it with their case.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub next: Vec<NextStep>,
    /// How its certificate is applied for again. Phones learn it with the certificate.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub renews: Option<Renewal>,
    /// Empty means free of charge.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<Fee>,
    /// Windows by division; `430701` is the city's own and serves every division without one.
    #[serde(skip_serializing_if = "LiteMap::is_empty")]
    pub windows: LiteMap<DivisionCode, Window>,
}

/// Visits to an office that one application takes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Visits {
    pub before: u32,
    pub now: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agency {
    pub id: AgencyId,
    pub name: Text,
    pub phone: String,
}

/// One of several ways through a service (一般办理, 告知承诺), each with its own clock and after-check.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Track {
    pub id: TrackId,
    pub title: Text,
    pub says: Text,
    pub when: Condition,
    /// Promises that differ from the items' own.
    #[serde(skip_serializing_if = "LiteMap::is_empty")]
    pub promises: LiteMap<ItemId, Promise>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_check: Option<Text>,
}

/// A number that a division may set.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Limit {
    pub value: f64,
    pub basis: Basis,
    /// Where the number was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// What a number rests on. An assumption is shown as such to those who maintain the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Basis {
    Law,
    Published,
    Assumption,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    pub id: SectionId,
    pub title: Text,
}

/// One screen: one topic, at most six inputs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    pub id: StepId,
    pub section: SectionId,
    pub title: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_when: Option<Condition>,
    pub fields: Vec<Field>,
}

/// A check across fields. Its sentence says why, and what to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rule {
    pub id: RuleId,
    pub when: Condition,
    /// Where the sentence stands: the field that can mend it.
    pub field: String,
    pub severity: Severity,
    pub says: Text,
    pub basis: Basis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Severity {
    /// Must be mended before sending.
    Block,
    /// May be sent; the officer sees it too.
    Warn,
}

/// A document asked for (材料).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Material {
    pub id: MaterialId,
    pub title: Text,
    pub mode: Mode,
    /// The register or kind of certificate that stands in for paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The lookup, certificate picker or consent that answers for it. Uploads name their material themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldId>,
    /// Of a generated document: the answers that stand on it, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub form: Vec<FieldId>,
    /// Of a generated document: the signatures under it. Those that are not shown are not wanted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub signed_by: Vec<FieldId>,
    pub items: Vec<ItemId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_when: Option<Condition>,
}

readable! {
    Service { id, version, code, title, summary, mark, who, minutes, visits, before, after, known_percent = 0, hidden, keywords, notes, agencies, items, tracks, limits, conditions, gates, sections, steps, rules, materials, consents, deliveries, #[cfg(feature = "load")] notifications, siblings, fees, windows, #[cfg(feature = "load")] next, #[cfg(feature = "load")] renews }
    Visits { before, now }
    Agency { id, name, phone }
    Track { id, title, says, when, promises, after_check }
    Limit { value, basis, source }
    Section { id, title }
    Step { id, section, title, help, show_when, fields }
    Rule { id, when, field, severity, says, basis }
    Material { id, title, mode, source, field, form, signed_by, items, show_when }
}

deserialized! { Service }

words! {
    Basis { Law = "law", Published = "published", Assumption = "assumption" }
    Severity { Block = "block", Warn = "warn" }
}

impl Service {
    pub fn agency(&self, id: &AgencyId) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.id == *id)
    }

    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == *id)
    }

    pub fn section(&self, id: &SectionId) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == *id)
    }

    /// Every field of the definition with its step, rows' fields left out.
    pub fn fields(&self) -> impl Iterator<Item = (&Step, &Field)> {
        self.steps.iter().flat_map(|step| step.fields.iter().map(move |field| (step, field)))
    }

    /// A field by its path, `field` or `group.field`.
    pub fn field(&self, path: &str) -> Option<&Field> {
        let mut fields = self.fields().map(|(_, field)| field);
        let Some((group, inner)) = path.split_once('.') else {
            return fields.find(|field| field.id == *path);
        };
        fields
            .filter_map(|field| field.kind.rows().filter(|rows| *rows.answered_as(&field.id) == *group))
            .find_map(|rows| rows.fields.iter().find(|field| field.id == *inner))
    }
}
