//! A file at the office (办件) and its tasks: where each stands, and the one table of how it moves.

mod reference;
mod transition;

use serde::{Deserialize, Serialize};

pub use transition::{Action, Actor, TRANSITIONS, Transition, after, after_correction, allowed};

/// Where a task stands, by national usage (行政许可法 §§32, 38, 42).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CaseStatus {
    /// Received online, not yet looked at.
    Submitted,
    /// Waits for another item of the same case.
    Waiting,
    /// The papers are in order, and the clock runs (受理).
    Accepted,
    /// Not for this office, or not needed (不予受理).
    NotAccepted,
    /// An officer has it in hand.
    InReview,
    /// Something must be mended by the applicant (补正).
    Returned,
    /// What comes later is asked of the applicant: pictures for the after-check (事后核查).
    AwaitingMaterials,
    /// An inspection or a hearing stops the clock (特别程序).
    Special,
    Approved,
    Refused,
    /// The applicant has what was applied for.
    Delivered,
    /// Taken back by the applicant.
    Withdrawn,
    /// What it waited for did not come about.
    Void,
}

impl CaseStatus {
    /// Nothing moves on from here.
    pub fn is_end(self) -> bool {
        matches!(self, Self::NotAccepted | Self::Refused | Self::Delivered | Self::Withdrawn | Self::Void)
    }

    /// Whether items that need this one may begin.
    pub fn is_granted(self) -> bool {
        matches!(self, Self::Approved | Self::Delivered)
    }

    /// Whether the clock of the promise runs.
    pub fn is_ticking(self) -> bool {
        matches!(self, Self::Submitted | Self::Accepted | Self::InReview)
    }
}
