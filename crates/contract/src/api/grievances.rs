//! Shapes of 办不成事 and 好差评: what people say about how it went, and how it is answered.

use serde::{Deserialize, Serialize};

use crate::grievance::{Action, Actor, GrievanceKind, GrievanceStatus, Source, Weight};
use crate::id::{AgencyId, DivisionCode, ItemId, Reference, ServiceId, StepId};
use crate::text::Text;

#[cfg(feature = "openapi")]
use utoipa::ToSchema;

/// What could not be done (办不成事). Anybody may tell it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewGrievance {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference>,
    #[serde(deserialize_with = "crate::legible::read_lines")]
    pub happened: String,
    /// Where the person wants to be called. Empty: the phone of who is signed in.
    #[serde(default)]
    pub phone: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct GrievanceView {
    /// Told to the person, for example `BB2611-0001-3`.
    pub number: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference>,
    pub happened: String,
    pub created_at: String,
    pub status: GrievanceStatus,
    /// What happens next.
    pub says: Text,
    /// What was done so far, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<GrievanceEventView>,
    /// Whether the person is asked if it is solved.
    #[serde(default)]
    pub may_answer: bool,
}

/// Whether it is solved, from the person who told it: signed in, or with the `phone` that was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GrievanceAnswer {
    pub agrees: bool,
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "crate::legible::read_lines")]
    pub says: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct GrievanceEventView {
    pub at: String,
    pub action: Action,
    pub status: GrievanceStatus,
    pub by: Actor,
    /// The officer's name; the person knows their own.
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub says: String,
}

/// A line of the officers' list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct GrievanceEntry {
    pub number: String,
    pub status: GrievanceStatus,
    pub source: Source,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<GrievanceKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<Text>,
    pub received_at: String,
    /// The last day of what is to be done now; missing while the person has the word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    #[serde(default)]
    pub overdue: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct GrievanceDetail {
    pub number: String,
    /// Counts changes; the ETag is `"<version>"`.
    pub version: u64,
    pub status: GrievanceStatus,
    pub source: Source,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<GrievanceKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference>,
    /// Of a low rating: the item that was rated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Text>,
    pub happened: String,
    pub phone: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyName>,
    pub received_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    #[serde(default)]
    pub overdue: bool,
    /// What everybody may read once it is solved.
    #[serde(default)]
    pub published: String,
    /// What this officer may do now.
    pub actions: Vec<Action>,
    /// To whom it can be handed.
    pub agencies: Vec<AgencyName>,
    /// In which place; without one it goes to the division of the case, or to the city.
    #[serde(default)]
    pub divisions: Vec<DivisionName>,
    pub history: Vec<GrievanceEventView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct AgencyName {
    pub id: AgencyId,
    pub name: Text,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct DivisionName {
    pub code: DivisionCode,
    pub name: Text,
}

/// What is done. `says` is for the person; `published` is for everybody, and names nobody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GrievanceStep {
    pub action: Action,
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "crate::legible::read_lines")]
    pub says: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<GrievanceKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
    /// The division whose officers of that agency see it, beside the city's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub division: Option<DivisionCode>,
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "crate::legible::read_lines")]
    pub published: String,
}

/// How an office handled its item (好差评): 5 is very satisfied, 1 very dissatisfied; 2 and 1 open a call-back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewRating {
    /// What is rated. Without it, the case as a whole, as it was rated before items were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    pub level: u32,
    /// Of `efficiency`, `guide-accuracy`, `convenience`, `platform`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "crate::legible::read_lines")]
    pub says: String,
    /// 追评: once more, after the first one.
    #[serde(default)]
    pub follow_up: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct ItemRating {
    pub item: ItemId,
    /// It has ended, and the person has not said yet how it was.
    #[serde(default)]
    pub may_rate: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<RatingView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct RatingView {
    pub level: u32,
    pub at: String,
    /// The level of the follow-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followed_up: Option<u32>,
    #[serde(default)]
    pub may_follow_up: bool,
}
