//! Shapes of the HTTP API, for both sides. Requests refuse unknown fields; answers do not, because a server of a later
//! release may say more than an open page knows. Times are RFC 3339 in UTC, days `YYYY-MM-DD`.

mod agency;
mod case;
mod certificates;
mod figures;
mod grievances;
mod signing;

use serde::{Deserialize, Serialize};

use crate::answers::Answers;
use crate::id::{DivisionCode, ItemId, Reference, ServiceId, StepId};
use crate::text::Text;

#[cfg(feature = "openapi")]
use utoipa::ToSchema;

pub use agency::{
    AskedField, CaseLookup, Decision, EventView, LookedUpTask, NewReason, OfficerSignIn, OfficerView, PaperView,
    QueueEntry, Reason, TaskDetail, Verdict,
};
pub use case::{
    Another, CaseSummary, CaseView, DeliveryView, FeeView, NextView, NoticeView, PaymentView, Receipt, TaskView,
};
pub use certificates::{CertificateState, CertificateView, RenewalView};
pub use figures::{Count, FigureRow, FiguresView, OutboxView};
pub use grievances::{
    AgencyName, DivisionName, GrievanceAnswer, GrievanceDetail, GrievanceEntry, GrievanceEventView, GrievanceStep,
    GrievanceView, ItemRating, NewGrievance, NewRating, RatingView,
};
pub use signing::{
    NewSignature, NewSignatureRequest, Objection, RemoteSignature, ReviewedLine, ReviewedStep, SignatureRequestState,
    SignatureRequestView, SignerView, SignersView, ToSign, ToSignView,
};

/// A line of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct ServiceSummary {
    pub id: ServiceId,
    pub version: u32,
    pub title: Text,
    pub summary: Text,
    pub mark: String,
    pub items: usize,
    pub minutes: u32,
    pub visits: u32,
    /// What one may type to find it: names, common words, pinyin and initials, lower case, separated by blanks.
    pub keys: String,
}

/// Who is signed in. The phone is masked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct SessionView {
    pub name: String,
    pub phone: String,
    /// Seconds until the session ends if nothing is done.
    pub idle_seconds: u64,
    /// 256 bits in hex: encrypts what the phone keeps of unfinished forms, so that only its owner reads it (ASVS
    /// 14.3.3).
    pub journal_key: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CodeRequest {
    pub phone: String,
}

/// A code was sent: when another may be asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct CodeSent {
    pub retry_after_seconds: u64,
}

/// Either `phone` and `code`, or the `ticket` of the super-app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewDraft {
    pub service: ServiceId,
    pub division: DivisionCode,
    /// A case of the same family: what they share is copied (twins).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sibling_of: Option<Reference>,
    /// A case that the office returned: its answers, of which those named may be mended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Reference>,
    /// The code of one's certificate that is applied for again: the answers of last time, as far as they last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<String>,
}

/// An unfinished application, pinned to the version of its service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct Draft {
    pub id: String,
    pub service: ServiceId,
    pub service_version: u32,
    pub division: DivisionCode,
    pub answers: Answers,
    /// Where the resident was last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
    /// Counts changes; the ETag is `"<version>"`.
    pub version: u64,
    /// SHA-256, in hex, of what would be sent: service, version, division and the answers of visible fields.
    pub content_hash: String,
    pub saved_at: String,
    /// Where this corrects a case: what the office asked for. Nothing else may be changed, but for what that makes
    /// necessary.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub correction_requests: Vec<Reason>,
    /// The returns that asked for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returns: Vec<Return>,
    /// The answers that it began with. What they leave out may be answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun_with: Option<Answers>,
}

/// A return (补正) that waits for the applicant, or a request for what comes later (事后核查).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Return {
    pub item: ItemId,
    /// The number of its event. Another return of the same item has another.
    pub event: i64,
}

/// Answers by field id; `null` removes one. Fields that are not named stay.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DraftChange {
    #[serde(default)]
    pub answers: Answers,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
    /// Where the draft is to be decided from now on: its texts and limits become that division's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub division: Option<DivisionCode>,
}

/// Asks the register of a lookup field. With `doubt` the resident says that what it found is wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LookupRequest {
    #[serde(default)]
    pub doubt: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct DraftSummary {
    pub id: String,
    pub service: ServiceId,
    pub title: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
    /// Steps done and steps in all, on the journey as it stands.
    pub steps_done: usize,
    pub steps: usize,
    pub saved_at: String,
}

/// What the resident saw when pressing "send".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Submit {
    pub version: u64,
    pub content_hash: String,
    /// In a correction: the returns that the resident has seen, and which it answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returns: Vec<Return>,
}

/// A finished upload.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct AttachmentView {
    pub id: String,
    pub name: String,
    /// Of what is stored, after cleaning.
    pub bytes: u64,
    /// `image/jpeg`, `image/png`, `image/webp` or `application/pdf`.
    pub media_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

/// RFC 9457. `title` and `detail` are in the language asked for, and say what to do next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct ProblemDocument {
    pub r#type: String,
    pub title: String,
    pub status: u16,
    pub detail: String,
    /// Kebab-case, stable.
    pub code: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
    /// With 412: the draft as the server has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Box<Draft>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct ProblemField {
    pub field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    pub code: String,
    pub message: String,
}
