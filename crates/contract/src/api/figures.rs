//! Figures: what was done, how fast, and what people say of it.

use serde::{Deserialize, Serialize};

use crate::text::Text;

#[cfg(feature = "openapi")]
use utoipa::ToSchema;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(ToSchema))]
pub struct FiguresView {
    pub cases: u32,
    /// Sent by the people themselves.
    pub online: u32,
    /// Tasks that were granted, refused or not accepted.
    pub decided: u32,
    /// Of those, decided on the last day of the promise or before.
    pub on_time: u32,
    /// Of those, sent back for correction at least once.
    pub returned: u32,
    pub ratings: u32,
    /// Of those, at least basically satisfied.
    pub satisfied: u32,
    pub grievances_open: u32,
    pub grievances_solved: u32,
    pub by_service: Vec<FigureRow>,
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
