//! The look at what was done once it was granted (事后核查): the applicant sends pictures, an officer says whether all is
//! well.

use serde::Serialize;

use crate::id::{FieldId, LimitId};
use crate::json::readable;
use crate::text::Text;

/// Of an item that begins by asking the applicant for something, when everything that it needs is granted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AfterCheck {
    /// The fields that are asked for now. Each is marked `later`.
    pub asks: Vec<FieldId>,
    /// The day from which the time runs, where the applicant named a later one than the grant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<FieldId>,
    /// The number in `limits` that is the applicant's time, in days.
    pub within: LimitId,
    /// What to do, as the applicant reads it.
    pub says: Text,
}

readable! {
    AfterCheck { asks, from, within, says }
}
