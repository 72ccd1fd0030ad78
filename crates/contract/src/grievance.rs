//! What could not be done (办不成事): how a report goes round from being told to being checked with the person who told it.

mod transition;

use serde::{Deserialize, Serialize};

pub use transition::{Action, Actor, TRANSITIONS, Transition, after, allowed};

/// The office that every report comes to (“办不成事”窗口). It sees all of them; an agency, those that it was handed.
pub const GRIEVANCE_DESK: &str = "grievance-desk";

/// 受理 → 分类 → 转办 → 办结 → 反馈 → 核查.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum GrievanceStatus {
    /// Told, and nobody has called yet.
    Received,
    /// Somebody called the person, and it is for this desk.
    Accepted,
    /// Its kind and weight are known, and with them the clock.
    Classified,
    /// An agency has to solve it.
    HandedOver,
    /// The agency says what was done.
    Solved,
    /// The person was told, and asked whether it is so.
    ReportedBack,
    /// The person agrees.
    Checked,
    /// Not for this desk: the person was told where to turn.
    Declined,
}

/// The five kinds of problems that the desk takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum GrievanceKind {
    /// Should have been accepted.
    NotAccepted,
    /// Should have been granted.
    NotGranted,
    /// Took longer than promised.
    Late,
    /// Sent to and fro.
    Trips,
    /// How one was treated.
    Attitude,
}

/// How much there is to it, which sets the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Weight {
    Simple,
    Complex,
    Special,
}

/// Where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Source {
    /// Told by a person.
    Report,
    /// One of the two lowest ratings (差评): somebody calls back.
    Rating,
}

impl GrievanceStatus {
    /// Nothing moves on from here.
    pub fn is_end(self) -> bool {
        matches!(self, Self::Checked | Self::Declined)
    }

    /// Whether the office has to do something, and its clock runs.
    pub fn is_ticking(self) -> bool {
        !self.is_end() && self != Self::ReportedBack
    }
}

impl GrievanceKind {
    pub const ALL: [Self; 5] = [Self::NotAccepted, Self::NotGranted, Self::Late, Self::Trips, Self::Attitude];
}

impl Weight {
    pub const ALL: [Self; 3] = [Self::Simple, Self::Complex, Self::Special];

    /// Within how many working days the person has an answer.
    pub fn working_days(self) -> u32 {
        match self {
            Self::Simple | Self::Complex => 5,
            Self::Special => 10,
        }
    }
}

impl Source {
    /// Within how many working days somebody calls; 0 is the same day, while the desk works (`Calendar::call_back`).
    pub fn contact_working_days(self) -> u32 {
        match self {
            Self::Report => 0,
            Self::Rating => 1,
        }
    }
}
