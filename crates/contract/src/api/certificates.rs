//! Certificates (电子证照) as their holder sees them.

use serde::{Deserialize, Serialize};

use crate::id::{DivisionCode, ServiceId};
use crate::text::Text;

#[cfg(feature = "openapi")]
use utoipa::ToSchema;

/// A certificate in the resident's wallet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct CertificateView {
    pub id: String,
    /// For example `property-title`.
    pub r#type: String,
    pub title: Text,
    /// Masked.
    pub number: String,
    pub holder: String,
    pub valid_until: Option<String>,
    #[serde(default)]
    pub state: CertificateState,
    /// Until when it holds, or since when it does not; missing where it holds for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<Text>,
    /// Of one that was issued here: what a window scans to verify it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How to apply for it again now, where one may: a draft that `renews` its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal: Option<RenewalView>,
}

/// A renewal or a change that may be begun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct RenewalView {
    pub service: ServiceId,
    pub division: DivisionCode,
    pub title: Text,
    pub says: Text,
}

/// Whether a certificate holds today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub enum CertificateState {
    #[default]
    Valid,
    /// It holds, for 60 days at most.
    EndsSoon,
    Expired,
    /// Another one stands in its place.
    Replaced,
}

impl CertificateState {
    /// Whether it may be relied on.
    pub fn holds(self) -> bool {
        matches!(self, Self::Valid | Self::EndsSoon)
    }
}
