//! How a certificate is applied for again: its term is extended (延续), or what it says is changed (变更).

use litemap::LiteMap;
use time::{Date, Duration};

use super::Service;
use crate::field::Field;
use crate::id::{FieldId, ItemId, LimitId};
use crate::json::readable;
use crate::text::Text;

/// The same form, begun with the answers of last time. The new certificate takes the place of the old one. Phones do not
/// ask: they learn it with the certificate.
#[derive(Clone, Debug, PartialEq)]
pub struct Renewal {
    /// Whose certificate it is.
    pub item: ItemId,
    pub title: Text,
    pub says: Text,
    /// Sections, steps and fields whose answers come from last time. Files and certificates do where the field itself is
    /// named (`sign.photos`); consents, signatures and what registers said never do.
    pub keeps: Vec<String>,
    /// Days before the end, in `limits`: from when on it may be begun, and by when it should be sent (行政许可法 §50).
    pub from_days_before: LimitId,
    pub by_days_before: Option<LimitId>,
    /// Whether the new certificate bears the number of the old one.
    pub keeps_number: bool,
    /// Answers that the draft begins with, so that the form knows what it is about. While they stand, it is a renewal.
    pub sets: LiteMap<FieldId, String>,
    /// The question for the certificate of before: the draft answers it with this one.
    pub picks: Option<FieldId>,
    /// How a change is offered before that (行政许可法 §49): the term stays. Without it none is.
    pub change: Option<Change>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub title: Text,
    pub says: Text,
    pub sets: LiteMap<FieldId, String>,
}

readable! {
    Renewal { item, title, says, keeps, from_days_before, by_days_before, keeps_number, sets, picks, change }
    Change { title, says, sets }
}

/// What may be applied for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// The term goes on for another one.
    Renewal,
    /// The term stays.
    Change,
}

impl Renewal {
    /// What may be applied for on a day, of a certificate that holds until `last`, or for good.
    pub fn offered(&self, service: &Service, last: Option<Date>, today: Date) -> Option<Again> {
        let begins = last.map(|last| self.begins(service, last));
        match (last, begins) {
            (Some(last), _) if today > last => None,
            (_, Some(begins)) if today >= begins => Some(Again::Renewal),
            _ => self.change.as_ref().map(|_| Again::Change),
        }
    }

    /// The answers that make the form a renewal, or a change.
    pub fn sets(&self, again: Again) -> &LiteMap<FieldId, String> {
        match (again, &self.change) {
            (Again::Change, Some(change)) => &change.sets,
            _ => &self.sets,
        }
    }

    /// The first day on which a renewal may be begun.
    pub fn begins(&self, service: &Service, last: Date) -> Date {
        before(service, last, &self.from_days_before)
    }

    /// The day by which a renewal should be sent: the last one, where nothing says otherwise.
    pub fn send_by(&self, service: &Service, last: Date) -> Date {
        self.by_days_before.as_ref().map_or(last, |limit| before(service, last, limit))
    }
}

impl Field {
    /// Whether its answer of last time may be taken along: no act of the applicant, and nothing that is found out anew.
    pub fn lasts(&self) -> bool {
        let kind = &self.kind;
        let is_act = kind.consent().is_some() || kind.signature().is_some();
        let is_found_out = kind.lookup().is_some() || kind.computed().is_some();
        !is_act && !is_found_out && !self.later
    }
}

fn before(service: &Service, last: Date, limit: &LimitId) -> Date {
    let days = service.limits.get(limit).map_or(0.0, |limit| limit.value);
    last.checked_sub(Duration::days(days as i64)).unwrap_or(last)
}
