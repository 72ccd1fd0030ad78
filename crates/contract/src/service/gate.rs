//! Who cannot go on here, and where they can.

use serde::Serialize;

use crate::condition::Condition;
use crate::id::{GateId, ItemId, StepId};
use crate::json::readable;
use crate::text::Text;

/// An eligibility rule. Where `stops_when` holds after its step, the journey ends at the exit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gate {
    pub id: GateId,
    pub step: StepId,
    pub stops_when: Condition,
    pub exit: Exit,
}

/// The offline route that a gate names: never a dead end. The window is the division's, unless another city decides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Exit {
    pub title: Text,
    pub says: Text,
    pub bring: Vec<Text>,
    /// What remains and is done one by one there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub separately: Vec<ItemId>,
    /// Our windows cannot help: the page names the hotline instead of one of them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub elsewhere: bool,
}

readable! {
    Gate { id, step, stops_when, exit }
    Exit { title, says, bring, separately, elsewhere }
}
