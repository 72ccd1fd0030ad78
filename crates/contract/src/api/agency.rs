//! Shapes of the officers' side.

use serde::{Deserialize, Serialize};

use super::{DeliveryView, NoticeView, TaskView};
use crate::answers::Answers;
use crate::case::{Action, Actor, CaseStatus};
use crate::id::{AgencyId, DivisionCode, ItemId, MaterialId, Reference, ServiceId};
use crate::material::Mode;
use crate::service::{ItemKind, SpecialProcedure};
use crate::text::Text;

#[cfg(feature = "openapi")]
use utoipa::ToSchema;

/// Password and second factor (TOTP, RFC 6238, six digits).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OfficerSignIn {
    pub name: String,
    pub password: String,
    pub code: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct OfficerView {
    pub name: String,
    pub agency: AgencyId,
    /// `430701` sees the whole city.
    pub division: DivisionCode,
    /// The office below the agency, where the officer belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<Text>,
    pub idle_seconds: u64,
}

/// A line of the queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct QueueEntry {
    pub reference: Reference,
    pub item: ItemId,
    /// To claim it by.
    #[serde(default)]
    pub version: u64,
    pub service: ServiceId,
    pub title: Text,
    pub item_title: Text,
    #[serde(default)]
    pub kind: ItemKind,
    /// Of the office that decides it.
    pub division: DivisionCode,
    /// The office below the agency, where one decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<Text>,
    pub status: CaseStatus,
    pub received_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// The last day has passed.
    #[serde(default)]
    pub overdue: bool,
    /// Who has it in hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<String>,
    #[serde(default)]
    pub mine: bool,
}

/// One task with everything that is needed to decide it, and nothing else: what the item does not need is left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct TaskDetail {
    pub reference: Reference,
    pub item: ItemId,
    /// Counts changes; the ETag is `"<version>"`.
    pub version: u64,
    pub status: CaseStatus,
    pub service: ServiceId,
    pub service_version: u32,
    /// Where the application was made.
    pub division: DivisionCode,
    pub title: Text,
    pub item_title: Text,
    /// Who decides it, as applicants read it.
    #[serde(default)]
    pub office: Text,
    /// What it is before the law: the words of its steps follow from it.
    #[serde(default)]
    pub kind: ItemKind,
    /// The provisions that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub law: Vec<Text>,
    /// How the applicant gets the result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<DeliveryView>,
    /// The last day of the certificate that it issued, or would issue today; missing where that holds for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    /// What is applied for again: renewal or change, and the certificate of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<Text>,
    /// The sentence of a refusal that names who reviews it.
    #[serde(default)]
    pub remedies: String,
    /// What may stop its clock, where the item says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special_procedure: Option<SpecialProcedure>,
    pub received_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    #[serde(default)]
    pub due_is_provisional: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<String>,
    #[serde(default)]
    pub mine: bool,
    /// What this officer may do now.
    pub actions: Vec<Action>,
    pub answers: Answers,
    /// The fields that were asked, in their order, without those that the item does not need.
    pub asked: Vec<AskedField>,
    /// What checks and rules say to them. They look at the whole application, so only the server can tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<Verdict>,
    /// The documents that this item asks for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<PaperView>,
    pub history: Vec<EventView>,
    /// What was served on paper about this task, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<NoticeView>,
    /// The other tasks of the case.
    pub others: Vec<TaskView>,
}

/// A case as a window or an office looks it up by its number: how far it is, and nothing of the answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct CaseLookup {
    pub reference: Reference,
    pub service: ServiceId,
    pub title: Text,
    pub division: DivisionCode,
    pub received_at: String,
    pub tasks: Vec<LookedUpTask>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct LookedUpTask {
    pub item: ItemId,
    pub title: Text,
    pub kind: ItemKind,
    pub agency: Text,
    pub agency_phone: String,
    pub status: CaseStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    #[serde(default)]
    pub due_is_provisional: bool,
    /// Whether the officer who asks may open it.
    #[serde(default)]
    pub may_open: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct AskedField {
    /// `field`, or `group.field`.
    pub field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
}

/// A check or rule that an answer did not pass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct Verdict {
    pub field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    pub says: Text,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct PaperView {
    pub material: MaterialId,
    /// Its mode here: a verification that did not match falls back to an upload.
    pub mode: Mode,
    /// The upload fields that answer for it, as paths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uploads: Vec<String>,
    /// Whether it is answered.
    #[serde(default)]
    pub given: bool,
}

/// What is done, with the words that the applicant reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Decision {
    pub action: Action,
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "crate::legible::read_lines")]
    pub says: String,
    /// The law that a refusal rests on; of a special procedure, its kind.
    #[serde(default, skip_serializing_if = "String::is_empty", deserialize_with = "crate::legible::read_lines")]
    pub basis: String,
    /// Not accepted, because nothing needs to be applied for (行政许可法 §32 第一款第（一）项).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_needed: bool,
    /// What must be mended: everything at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<NewReason>,
}

/// What is wrong with one answer or paper, as the officer who decides writes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewReason {
    /// `field`, or `group.field`.
    pub field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    #[serde(deserialize_with = "crate::legible::read_lines")]
    pub says: String,
}

/// What is wrong with one answer or paper, in the officer's words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct Reason {
    /// `field`, or `group.field`.
    pub field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    pub says: String,
}

/// A step that a task took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct EventView {
    pub at: String,
    pub item: ItemId,
    pub action: Action,
    pub status: CaseStatus,
    pub by: Actor,
    /// The officer's name; the applicant knows their own.
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub says: String,
    #[serde(default)]
    pub basis: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
}

impl From<NewReason> for Reason {
    fn from(NewReason { field, row, says }: NewReason) -> Self {
        Self { field, row, says }
    }
}
