//! A place in the city's divisions.

use serde::{Deserialize, Serialize};

/// The answer to a question for an address.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Place {
    /// Six digits: county or zone.
    pub division: String,
    /// Nine digits: town or street office.
    pub street: String,
    /// Road, house number, floor.
    pub door: String,
    /// The names of the division and the street. The server writes them from its own list.
    pub place: String,
}

/// One division of the list that `GET /api/divisions?parent=` gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Division {
    pub code: String,
    pub name: String,
    /// What one may type to find it: full pinyin and initials, separated by a blank.
    pub keys: String,
}
