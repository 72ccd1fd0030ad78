//! The clock. Terms and days are Changde's, UTC+8 all year.

use contract::office_hours::ClockTime;
use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime, UtcOffset};

/// Tells the time; tests bring their own.
pub trait Clock: Send + Sync {
    fn now(&self) -> OffsetDateTime;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}

impl dyn Clock {
    /// Seconds since 1970.
    pub(crate) fn seconds(&self) -> i64 {
        self.now().unix_timestamp()
    }

    pub(crate) fn today(&self) -> Date {
        in_changde(self.seconds()).date()
    }
}

pub(crate) fn in_changde(seconds: i64) -> OffsetDateTime {
    let offset = UtcOffset::from_hms(8, 0, 0).unwrap_or(UtcOffset::UTC);
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH).to_offset(offset)
}

/// The time of the day in Changde.
pub(crate) fn clock_time(seconds: i64) -> ClockTime {
    let here = in_changde(seconds);
    ClockTime::new(here.hour(), here.minute())
}

/// A time on the wire, in UTC.
pub(crate) fn rfc3339(seconds: i64) -> String {
    let time = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    time.format(&Rfc3339).unwrap_or_default()
}

/// A time of the wire as people in Changde read it, `2026-11-24 10:05`.
pub(crate) fn readable(time: &str) -> String {
    let seconds = OffsetDateTime::parse(time, &Rfc3339).map_or(0, OffsetDateTime::unix_timestamp);
    let here = in_changde(seconds);
    format!("{} {:02}:{:02}", contract::date::print(here.date()), here.hour(), here.minute())
}
