//! How results come.

use serde::Serialize;

use crate::condition::Condition;
use crate::id::DeliveryId;
#[cfg(feature = "load")]
use crate::id::ItemId;
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
    /// Whether it is collected at the office that the item's `office_of` names. Phones do not ask.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub at_office: bool,
    /// The items whose results come so; all, where none is named. Phones do not ask.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub items: Vec<ItemId>,
    /// When it can be collected; at a window the window's hours hold. Phones read them beside the option that chooses it.
    #[cfg(feature = "load")]
    #[serde(skip_serializing)]
    pub hours: Option<Text>,
}

readable! {
    Delivery { id, title, when, says, at_window, #[cfg(feature = "load")] at_office, #[cfg(feature = "load")] items, #[cfg(feature = "load")] hours }
}
