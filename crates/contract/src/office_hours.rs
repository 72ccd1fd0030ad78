//! The hours of the office that calls people back, and by when a report of now is called back.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::calendar::Calendar;

/// A time of the day in Changde, `HH:MM`, in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClockTime(u16);

/// When the “办不成事” desk works, on working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeHours {
    pub opens: ClockTime,
    /// The end of the morning: what came after hours is called back until then.
    pub noon: ClockTime,
    pub closes: ClockTime,
}

/// By when the desk calls somebody back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallBack {
    pub day: Date,
    pub by: ClockTime,
}

impl ClockTime {
    pub const fn new(hour: u8, minute: u8) -> Self {
        Self(hour as u16 * 60 + minute as u16)
    }
}

impl TryFrom<String> for ClockTime {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.split_once(':').and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
        match parts {
            Some((hour @ 0..=23u8, minute @ 0..=59u8)) => Ok(Self::new(hour, minute)),
            _ => Err(format!("`{text}` is no time of the day, such as 09:00")),
        }
    }
}

impl From<ClockTime> for String {
    fn from(time: ClockTime) -> Self {
        time.to_string()
    }
}

impl std::fmt::Display for ClockTime {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Default for OfficeHours {
    fn default() -> Self {
        Self { opens: ClockTime::new(9, 0), noon: ClockTime::new(12, 0), closes: ClockTime::new(17, 0) }
    }
}

impl Calendar {
    /// By when the desk calls back what it was told at this time: the same day while it works or before it opens, else
    /// on the morning of the next working day.
    pub fn call_back(&self, day: Date, at: ClockTime) -> CallBack {
        match self.is_working_day(day) && at < self.desk.closes {
            true => CallBack { day, by: self.desk.closes },
            false => CallBack { day: self.due(day, 1), by: self.desk.noon },
        }
    }
}
