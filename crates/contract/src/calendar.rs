//! Working days. The calendar is data: the State Council's holidays and shifted workdays of a year.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use time::{Date, Weekday};

use crate::date;
use crate::office_hours::OfficeHours;

/// Holidays and shifted workdays as days `YYYY-MM-DD`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Calendar {
    /// Where the days were read.
    pub source: String,
    /// Years whose notice is in the data; other years go by weekends and the days off by law, and are provisional.
    pub years: Vec<i32>,
    pub holidays: BTreeSet<String>,
    /// Saturdays and Sundays that are worked.
    pub workdays: BTreeSet<String>,
    /// Days off by law (全国年节及纪念日放假办法 §2), for years whose notice is not in the data.
    #[serde(default)]
    pub statutory: BTreeSet<String>,
    /// Of the “办不成事” desk.
    #[serde(default)]
    pub desk: OfficeHours,
}

impl Calendar {
    pub fn is_working_day(&self, day: Date) -> bool {
        let text = date::print(day);
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let off = self.holidays.contains(&text) || (self.is_provisional(day) && self.statutory.contains(&text));
        !off && (!weekend || self.workdays.contains(&text))
    }

    /// Working days after `from` up to `to`.
    pub fn working_days(&self, from: Date, to: Date) -> u32 {
        let days = std::iter::successors(from.next_day(), |day| day.next_day()).take_while(|day| *day <= to);
        days.map(|day| u32::from(self.is_working_day(day))).sum()
    }

    /// The last day of a term of `count` working days that begins on the day after `from` (民法典 §201: the day of the
    /// event does not count).
    pub fn due(&self, from: Date, count: u32) -> Date {
        let mut day = from;
        let mut left = count;
        while left > 0 {
            let Some(next) = day.next_day() else { return day };
            day = next;
            left -= u32::from(self.is_working_day(day));
        }
        day
    }

    /// Whether the term reaches into a year whose notice is not known yet.
    pub fn is_provisional(&self, day: Date) -> bool {
        !self.years.contains(&day.year())
    }
}
