//! Calendar days on the wire: `YYYY-MM-DD`, as in GB/T 7408. Written by hand because the parsing of `time` costs the
//! phone more than these lines.

use time::{Date, Month};

/// Reads `YYYY-MM-DD`; `None` unless it is a day that exists.
pub fn parse(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let year = text.get(0..4)?.parse().ok()?;
    let month = text.get(5..7)?.parse::<u8>().ok()?;
    let day = text.get(8..10)?.parse().ok()?;
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

/// Writes `YYYY-MM-DD`.
pub fn print(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

/// The same day `months` earlier; the last day of that month where it does not exist.
pub fn months_before(date: Date, months: u32) -> Date {
    moved(date, -i32::try_from(months).unwrap_or(i32::MAX / 2))
}

/// The same day `months` later; the last day of that month where it does not exist.
pub fn months_after(date: Date, months: u32) -> Date {
    moved(date, i32::try_from(months).unwrap_or(i32::MAX / 2))
}

fn moved(date: Date, months: i32) -> Date {
    let count = date.year() * 12 + i32::from(u8::from(date.month())) - 1 + months;
    let month = u8::try_from(count.rem_euclid(12) + 1).unwrap_or(1);
    let month = Month::try_from(month).unwrap_or(Month::January);
    let year = count.div_euclid(12);
    (1..=date.day()).rev().find_map(|day| Date::from_calendar_date(year, month, day).ok()).unwrap_or(Date::MIN)
}

/// Full months from one day until another, `None` where that one is earlier. A month is full on the day of the same
/// number, or on the last of its month where there is none (民法典 §202).
pub fn months_between(from: Date, until: Date) -> Option<u16> {
    let months = |date: Date| date.year() * 12 + i32::from(u8::from(date.month()));
    let is_last = until.next_day().is_none_or(|next| next.day() == 1);
    let is_full = until.day() >= from.day() || is_last;
    let count = months(until) - months(from) - i32::from(!is_full);
    if until < from { None } else { u16::try_from(count).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_read() {
        for (text, valid) in [
            ("2026-11-24", true),
            ("2024-02-29", true),
            ("2026-02-29", false),
            ("2026-13-01", false),
            ("2026-1-1", false),
            ("", false),
            ("２０２６-01-01", false),
        ] {
            assert_eq!(parse(text).is_some(), valid, "{text}");
        }
    }

    #[test]
    fn a_month_back_from_the_31st_is_the_last_day() {
        let back = |text, months| print(months_before(parse(text).unwrap(), months));
        assert_eq!(back("2026-03-31", 1), "2026-02-28");
        assert_eq!(back("2026-01-15", 1), "2025-12-15");
        assert_eq!(back("2026-11-24", 6), "2026-05-24");
    }

    #[test]
    fn a_term_ends_on_the_day_of_its_number() {
        let after = |text, months| print(months_after(parse(text).unwrap(), months));
        assert_eq!(after("2026-11-24", 24), "2028-11-24");
        assert_eq!(after("2026-08-31", 6), "2027-02-28");
        assert_eq!(after("2024-02-29", 12), "2025-02-28");
    }

    #[test]
    fn a_month_is_full_on_the_day_of_its_number() {
        for (from, until, months) in [
            ("2026-01-15", "2026-02-14", Some(0)),
            ("2026-01-15", "2026-02-15", Some(1)),
            ("2026-01-31", "2026-02-27", Some(0)),
            ("2026-01-31", "2026-02-28", Some(1)),
            ("1966-11-24", "2026-11-24", Some(720)),
            ("1966-11-25", "2026-11-24", Some(719)),
            ("2026-11-24", "2026-11-24", Some(0)),
            ("2026-11-25", "2026-11-24", None),
        ] {
            let (from, until) = (parse(from).unwrap(), parse(until).unwrap());
            assert_eq!(months_between(from, until), months, "{from} {until}");
        }
    }
}
