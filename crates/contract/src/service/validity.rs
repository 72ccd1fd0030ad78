//! How long a certificate holds (有效期).

use time::Date;

use super::{Issue, Service};
use crate::date;
use crate::id::LimitId;
use crate::json::readable;

/// One of both: the number in `limits`, so that it says what it rests on and a division may set its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Validity {
    pub years: Option<LimitId>,
    pub months: Option<LimitId>,
}

readable! {
    Validity { years, months }
}

const MONTHS_A_YEAR: u32 = 12;

impl Service {
    /// The last day of a certificate whose term begins on the day after `from` (民法典 §§201, 202: the day of the event
    /// does not count, and the term ends on the day of the same number); `None` where it holds for good.
    pub fn valid_until(&self, issue: &Issue, from: Date) -> Option<Date> {
        Some(date::months_after(from, self.months_of(issue.valid_for.as_ref()?)?))
    }

    /// The months of a term, if it names one whole number of `limits`.
    pub(crate) fn months_of(&self, validity: &Validity) -> Option<u32> {
        let (id, factor) = match (&validity.years, &validity.months) {
            (Some(years), None) => (years, MONTHS_A_YEAR),
            (None, Some(months)) => (months, 1),
            _ => return None,
        };
        let value = self.limits.get(id)?.value;
        let is_term = (1.0..=100.0).contains(&value) && value.fract() == 0.0;
        // The cast keeps what was just checked.
        is_term.then(|| value as u32 * factor)
    }
}
