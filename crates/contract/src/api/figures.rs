//! Figures: what was done, how fast, and what people say of it.

use serde::{Deserialize, Serialize};

use crate::text::Text;

#[cfg(feature = "openapi")]
use utoipa::ToSchema;

/// A number; `null` where it, or its difference to what it is a part of, would be of one to four.
pub type Count = Option<u32>;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct FiguresView {
    pub cases: Count,
    /// Of those, with a channel that was written down when they began.
    pub channels_known: Count,
    /// Of those, begun by the people themselves on their own phones, without an officer beside them.
    pub online: Count,
    /// Tasks that were granted, refused or not accepted.
    pub decided: Count,
    /// Of those, decided on the last day of the promise or before.
    pub on_time: Count,
    /// Of those, sent back for correction at least once.
    pub returned: Count,
    pub ratings: Count,
    /// Of those, at least basically satisfied.
    pub satisfied: Count,
    pub grievances_open: Count,
    pub grievances_solved: Count,
    pub by_service: Vec<FigureRow>,
    /// By the divisions that decide: a case counts once in each division that decides something of it.
    pub by_division: Vec<FigureRow>,
}

/// Groups of fewer than five cases are put together, so that nobody is recognised.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct FigureRow {
    pub title: Text,
    /// Missing where there are fewer than five.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cases: Option<u32>,
    /// Median time from sending to decision, in hours; missing where fewer than five were decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median_hours: Option<u32>,
}

/// SMS that have not gone out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct OutboxView {
    pub waiting: u32,
    /// Those that were tried in vain; they are tried again.
    pub failing: u32,
    pub most_failures: u32,
    /// Since when the oldest waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest_at: Option<String>,
}
