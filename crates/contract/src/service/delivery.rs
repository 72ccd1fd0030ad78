//! How results come, and what they cost.

use serde::Serialize;

use crate::condition::Condition;
use crate::id::{DeliveryId, ItemId, LimitId};
use crate::json::readable;
use crate::text::Text;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Delivery {
    pub id: DeliveryId,
    pub title: Text,
    pub when: Condition,
    /// Where and when, and what to bring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<Text>,
    /// Whether it is collected at the division's window.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub at_window: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fee {
    pub title: Text,
    /// The item that it is for: it is paid once that is accepted, and must be before it is approved.
    pub item: ItemId,
    /// The number in `limits` that is its amount in yuan: it changes with the year and has a source.
    pub limit: LimitId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_when: Option<Condition>,
}

readable! {
    Delivery { id, title, when, says, at_window }
    Fee { title, item, limit, show_when }
}
