//! A place: division down to the street office, then road and door. Divisions are served by parent code, not shipped.

use serde::Serialize;
use serde_json::Value;

use super::text::unreadable;
use crate::address::Place;
use crate::field::Kind;
use crate::json::readable;
use crate::legible::Lines;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::Lang;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Address {
    /// The division below which one may choose, for example `4307` for the city.
    pub within: String,
    pub max_chars: usize,
    /// Whether the matter is decided in the division of this place: a draft begun for another may be moved there.
    pub decides: bool,
}

readable! {
    Address { within = "4307".to_owned(), max_chars = 80, decides = false }
}

impl Default for Address {
    fn default() -> Self {
        Self { within: "4307".to_owned(), max_chars: 80, decides: false }
    }
}

impl Kind for Address {
    fn is_empty(&self, value: &Value) -> bool {
        let nothing = |place: Place| place.division.is_empty() && place.street.is_empty() && place.door.is_empty();
        value.is_null() || serde_json::from_value::<Place>(value.clone()).is_ok_and(nothing)
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        let Ok(place) = serde_json::from_value::<Place>(value.clone()) else { return vec![Problem::WrongType] };
        let digits = |code: &str, wanted: usize| code.len() == wanted && code.bytes().all(|byte| byte.is_ascii_digit());
        let inside = place.division.starts_with(&self.within);
        if !(digits(&place.division, 6) && digits(&place.street, 9) && inside) {
            return vec![Problem::NotAPlace];
        }
        match unreadable(&place.door, Lines::One) {
            Some(Problem::Missing) => vec![Problem::NoDoor],
            Some(problem) => vec![problem],
            None if place.door.chars().count() > self.max_chars => vec![Problem::TooLong { max: self.max_chars }],
            None => Vec::new(),
        }
    }

    fn show(&self, value: &Value, _: Lang) -> String {
        let place = serde_json::from_value::<Place>(value.clone()).unwrap_or_default();
        place.place + &place.door
    }

    #[cfg(feature = "load")]
    fn probe(&self, near: &Near) -> Probe {
        let named = near.divisions.iter().map(String::as_str).chain(["430702", "430703", "430725"]);
        let place = |code: &str| Place {
            division: code.to_owned(),
            street: format!("{code}001"),
            door: "人民路 1 号".to_owned(),
            ..Place::default()
        };
        let inside = named.filter(|code| code.starts_with(&self.within));
        Probe::new(Face::Place, inside.map(|code| serde_json::json!(place(code))))
    }
}
