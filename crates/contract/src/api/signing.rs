//! Signatures, on this phone and on that of somebody else.

use serde::{Deserialize, Serialize};

#[cfg(feature = "openapi")]
use utoipa::ToSchema;

use crate::id::StepId;
use crate::text::Text;

/// Either `strokes`, a name written with the finger as lines of SVG (`M10 20L30 40`), or the name `typed`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewSignature {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strokes: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed: Option<String>,
}

/// Asks somebody to sign on their own phone: at `field`, or at `group.field` in the row of that lasting name. The form
/// says who it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewSignatureRequest {
    pub field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
}

/// Where a request to sign stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub enum SignatureRequestState {
    Sent,
    /// The signer has opened it.
    Seen,
    Signed,
    /// The signer does not sign, and says why.
    Objected,
    /// Nobody answered in time.
    Ended,
    /// The applicant took it back, changed who signs, or let them sign on this phone.
    Cancelled,
    /// It was signed, and what was signed has changed since.
    Voided,
}

impl SignatureRequestState {
    /// Whether it waits for the signer.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Sent | Self::Seen)
    }
}

/// A request to sign, for the applicant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct SignatureRequestView {
    pub id: String,
    pub field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    pub state: SignatureRequestState,
    pub role: Text,
    pub name: String,
    /// Masked.
    pub phone: String,
    pub asked_at: String,
    pub ends_at: String,
    /// Since when it is in this state.
    pub since: String,
    /// Of an objection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What to do when no signature comes.
    pub unsigned: Text,
}

/// Who else signs a draft, for the applicant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct SignersView {
    /// The service.
    pub title: Text,
    /// Those who can be asked to sign on their own phone, one for each place.
    pub signers: Vec<SignerView>,
}

/// Somebody who signs at a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct SignerView {
    pub step: StepId,
    pub field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    pub role: Text,
    /// Empty until the form has it, as the phone.
    pub name: String,
    /// Masked.
    pub phone: String,
    /// On whichever phone.
    pub is_signed: bool,
    /// What to do when no signature comes.
    pub unsigned: Text,
    /// The newest request at this place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<SignatureRequestView>,
}

/// What somebody is asked to sign, for the person whom the request names and nobody else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct ToSignView {
    pub state: SignatureRequestState,
    /// The service.
    pub title: Text,
    pub role: Text,
    /// Who asks. Masked.
    pub asked_by: String,
    pub ends_at: String,
    /// While it waits for the signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_sign: Option<ToSign>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct ToSign {
    /// The name to sign with.
    pub name: String,
    /// SHA-256, in hex, of what is signed: everything below, as it would be sent.
    pub content_hash: String,
    /// The papers under which the signature stands.
    pub papers: Vec<Text>,
    pub steps: Vec<ReviewedStep>,
}

/// The answers of a step as the review shows them: sensitive ones masked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct ReviewedStep {
    pub id: StepId,
    pub title: Text,
    pub lines: Vec<ReviewedLine>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct ReviewedLine {
    /// `field`, or `group.field`.
    pub field: String,
    pub label: Text,
    pub says: Text,
}

/// A signature under the content that was shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RemoteSignature {
    pub content_hash: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strokes: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed: Option<String>,
}

/// Why somebody does not sign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Objection {
    pub reason: String,
}
