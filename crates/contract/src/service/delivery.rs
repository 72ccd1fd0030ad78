//! How results come.

use serde::Serialize;

use crate::condition::Condition;
use crate::id::DeliveryId;
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

readable! {
    Delivery { id, title, when, says, at_window }
}
