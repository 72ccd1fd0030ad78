//! On which side of another number a number lies.

use serde_json::{Map, Value};

use super::{Operand, Scope, number};
use crate::json::{Faults, Fields, FromJson};

/// `at_least = 60`, `below = "height-m"`, `equals = { field = "rooms" }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    pub than: Than,
    pub operand: Operand,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Than {
    Above,
    Below,
    AtLeast,
    AtMost,
    Equals,
}

/// Amounts have a few decimals: what differs by less than this was the same before it was calculated with.
const SAME: f64 = 1e-9;

impl Bound {
    pub(super) fn covers(&self, own: f64, scope: &Scope<'_>) -> bool {
        let Some(other) = number(&scope.operand(&self.operand)) else { return false };
        match self.than {
            Than::Above => own - other > SAME,
            Than::Below => other - own > SAME,
            Than::AtLeast => other - own <= SAME,
            Than::AtMost => own - other <= SAME,
            Than::Equals => (own - other).abs() <= SAME,
        }
    }

    /// The side and what stands behind it.
    pub(super) fn written(self) -> (&'static str, Value) {
        (self.than.word(), serde_json::to_value(self.operand).unwrap_or_default())
    }

    /// The bound as a table of its own.
    pub(super) fn table(self) -> Map<String, Value> {
        let (word, value) = self.written();
        Map::from_iter([(word.to_owned(), value)])
    }
}

impl Than {
    const ALL: [Self; 5] = [Self::Above, Self::Below, Self::AtLeast, Self::AtMost, Self::Equals];

    fn word(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::Below => "below",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::Equals => "equals",
        }
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|than| than.word() == word)
    }
}

impl Bound {
    /// The one bound of a table whose other names are taken already.
    pub(super) fn of_rest(fields: Fields<'_>) -> Self {
        let (mut rest, faults) = fields.rest_and_faults();
        match (rest.pop(), rest.pop()) {
            (Some((word, value)), None) if Than::of(&word).is_some() => {
                let than = Than::of(&word).unwrap_or(Than::Equals);
                Self { than, operand: FromJson::read(value, faults) }
            }
            _ => faults.instead("wants one of above, below, at_least, at_most, equals"),
        }
    }
}

impl FromJson for Bound {
    fn read(value: Value, faults: &mut Faults) -> Self {
        Self::of_rest(Fields::of(value, faults))
    }

    fn empty() -> Self {
        Self { than: Than::Equals, operand: Operand::empty() }
    }
}
