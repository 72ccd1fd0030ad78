//! Shapes of cases as their owner sees them.

use serde::{Deserialize, Serialize};

use super::{CertificateView, EventView, ItemRating, RatingView, Reason};
use crate::answers::Answers;
use crate::case::CaseStatus;
use crate::id::{DivisionCode, ItemId, NextId, Reference, ServiceId, TrackId};
use crate::service::{FeeSort, ItemKind};
use crate::text::Text;

#[cfg(feature = "openapi")]
use utoipa::ToSchema;

/// The case is on disk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct Receipt {
    pub reference: Reference,
    pub service: ServiceId,
    pub title: Text,
    pub received_at: String,
    pub tasks: Vec<TaskView>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_pay: Vec<FeeView>,
    /// Other applications of the same family.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub siblings: Vec<Reference>,
    /// How to go on with the next one, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub another: Option<Another>,
    /// What people usually do next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<NextView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct FeeView {
    pub title: Text,
    /// A charge for the handling, or a contribution that is collected with it.
    #[serde(default)]
    pub sort: FeeSort,
    /// Yuan with two decimals.
    pub amount: String,
    /// The office has accepted what it is for.
    #[serde(default)]
    pub may_be_paid: bool,
}

/// What was paid, and the payment service's number for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct PaymentView {
    /// Yuan with two decimals.
    pub amount: String,
    pub number: String,
    pub paid_at: String,
    /// When it was given back, because what it was for was not granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refunded_at: Option<String>,
}

/// How a result comes, in lines: how, where, when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct DeliveryView {
    pub title: Text,
    pub lines: Vec<Text>,
}

/// A notice (文书) that can be had as PDF, at `notices/{id}` below its case or task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct NoticeView {
    pub id: String,
    pub title: Text,
    pub at: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct Another {
    pub title: Text,
    pub says: Text,
}

/// What people usually do next (下一步): a service of ours, or a place elsewhere with a page, a phone or both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct NextView {
    pub id: NextId,
    pub title: Text,
    pub says: Text,
    /// By when it must be done, where there is a last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// One item of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct TaskView {
    pub item: ItemId,
    pub title: Text,
    pub agency: Text,
    pub agency_phone: String,
    /// Where one complains of how it is handled.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub complaints_phone: String,
    #[serde(default)]
    pub kind: ItemKind,
    pub status: CaseStatus,
    pub deliverable: Text,
    /// The last working day of the promise; missing while the item waits for another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// The day is reckoned from weekends only, because that year's holidays are not published yet.
    #[serde(default)]
    pub due_is_provisional: bool,
    /// What the applicant is asked for now, until `due`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asks: Option<Text>,
    /// How its result comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<DeliveryView>,
    /// What was issued. Its number is whole: only the owner sees this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<CertificateView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct CaseSummary {
    pub reference: Reference,
    pub service: ServiceId,
    pub title: Text,
    pub received_at: String,
    pub tasks: Vec<TaskView>,
    /// Nothing more happens: every item has ended.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub finished: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct CaseView {
    pub reference: Reference,
    pub service: ServiceId,
    pub service_version: u32,
    pub title: Text,
    pub division: DivisionCode,
    pub received_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<TrackId>,
    pub answers: Answers,
    pub tasks: Vec<TaskView>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_pay: Vec<FeeView>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub siblings: Vec<Reference>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub another: Option<Another>,
    /// What people usually do next, once everything has ended and something was granted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<NextView>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid: Option<PaymentView>,
    /// Counts what happened: followers say what they have seen.
    #[serde(default)]
    pub seen: u64,
    /// What happened so far, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<EventView>,
    /// What the office asks to be mended now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub correction_requests: Vec<Reason>,
    /// Whether it can still be taken back.
    #[serde(default)]
    pub may_withdraw: bool,
    /// Everything is ended, and nothing of it was rated: for pages that rate the case as a whole.
    #[serde(default)]
    pub may_rate: bool,
    /// Of the case as a whole, from before items were rated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<RatingView>,
    /// The items that were rated or may be, in the order of the tasks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ratings: Vec<ItemRating>,
}
