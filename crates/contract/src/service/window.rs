//! Where people are helped in person: the exits of gates and the guide name it.

use serde::Serialize;

use super::{Basis, Service};
use crate::id::DivisionCode;
use crate::json::readable;
use crate::text::Text;

/// A place where people are helped in person.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Window {
    pub name: Text,
    pub address: Text,
    pub hours: Text,
    pub phone: String,
    /// Whether the address and hours were published, or are assumed until the division confirms them.
    pub basis: Basis,
}

readable! {
    Window { name, address, hours, phone, basis }
}

/// The city's own windows, used where a division has none.
pub const CITY: &str = "430701";

impl Service {
    /// The window nearest to the division.
    pub fn window(&self, division: &DivisionCode) -> Option<&Window> {
        self.windows.get(division).or_else(|| self.windows.get(CITY)).or_else(|| self.windows.values().next())
    }
}
