//! What people usually do after a service (下一步): another service of ours, or a place elsewhere.

use time::{Date, Month};

use super::Service;
use crate::condition::{Condition, Scope};
use crate::id::{NextId, ServiceId};
use crate::json::readable;
use crate::text::Text;

/// Offered on the receipt, and once the case has ended well. Phones do not ask: they learn it with their case.
#[derive(Clone, Debug, PartialEq)]
pub struct NextStep {
    pub id: NextId,
    pub title: Text,
    /// What it is worth, and where to go.
    pub says: Text,
    /// One of ours.
    pub service: Option<ServiceId>,
    /// Of a place elsewhere: its page, its phone, or both.
    pub url: Option<String>,
    pub phone: Option<String>,
    /// For whom; for everybody where it is left out.
    pub when: Option<Condition>,
    /// The last day of each year, as `12-31`.
    pub until: Option<String>,
}

readable! {
    NextStep { id, title, says, service, url, phone, when, until }
}

impl NextStep {
    /// The next last day, today's included; `None` where there is none.
    pub fn last_day(&self, today: Date) -> Option<Date> {
        let this_year = self.last_day_in(today.year())?;
        if today <= this_year { Some(this_year) } else { self.last_day_in(today.year() + 1) }
    }

    /// `None` too where the words name no day of that year.
    pub(crate) fn last_day_in(&self, year: i32) -> Option<Date> {
        let (month, day) = self.until.as_deref()?.split_once('-')?;
        let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
        Date::from_calendar_date(year, month, day.parse().ok()?).ok()
    }
}

impl Service {
    /// What comes next for whoever gave these answers, in the order of the definition.
    pub fn next_steps<'a>(&'a self, scope: &Scope<'_>) -> Vec<&'a NextStep> {
        self.next.iter().filter(|step| step.when.as_ref().is_none_or(|when| when.holds(scope))).collect()
    }
}
