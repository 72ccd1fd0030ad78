//! Terms in working days, with the holidays of a year and the weekends that are worked for them.

use contract::calendar::Calendar;
use contract::date;
use contract::office_hours::{ClockTime, OfficeHours};

fn calendar() -> Calendar {
    let days = |all: &[&str]| all.iter().map(|day| (*day).to_owned()).collect();
    Calendar {
        source: "made up for the test".to_owned(),
        years: vec![2026],
        holidays: days(&["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"]),
        workdays: days(&["2026-10-10"]),
        statutory: days(&["2026-10-08", "2027-01-01"]),
        desk: OfficeHours::default(),
    }
}

#[test]
fn a_term_begins_on_the_next_day_and_skips_days_off() {
    for (from, count, due) in [
        ("2026-11-24", 1, "2026-11-25"),
        ("2026-11-24", 7, "2026-12-03"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-28", 1, "2026-11-30"),
        ("2026-09-30", 1, "2026-10-08"),
        // The Saturday is worked.
        ("2026-10-09", 1, "2026-10-10"),
        ("2026-11-24", 0, "2026-11-24"),
    ] {
        let found = calendar().due(date::parse(from).unwrap(), count);
        assert_eq!(date::print(found), due, "{count} working days from {from}");
    }
}

#[test]
#[invariant::invariant("provisional-set-right")]
fn a_year_without_its_notice_is_provisional() {
    assert!(!calendar().is_provisional(date::parse("2026-12-31").unwrap()));
    assert!(calendar().is_provisional(date::parse("2027-01-04").unwrap()));
}

#[test]
#[invariant::invariant("provisional-set-right")]
fn without_the_notice_a_year_has_its_days_off_by_law_and_with_it_only_what_it_says() {
    let due = |from: &str| date::print(calendar().due(date::parse(from).unwrap(), 1));
    assert_eq!(due("2026-12-31"), "2027-01-04", "New Year's Day is a Friday");
    assert_eq!(due("2026-10-07"), "2026-10-08", "the notice is there, and does not name it");
}

#[test]
fn working_days_between_are_those_of_the_term_that_ends_there() {
    let day = |text: &str| date::parse(text).unwrap();
    for (from, to, count) in [
        ("2026-11-24", "2026-12-03", 7),
        ("2026-11-26", "2026-11-26", 0),
        ("2026-11-27", "2026-11-29", 0),
        ("2026-10-09", "2026-10-10", 1),
        ("2026-12-31", "2027-01-04", 1),
        ("2026-12-03", "2026-11-24", 0),
    ] {
        assert_eq!(calendar().working_days(day(from), day(to)), count, "after {from} up to {to}");
    }
}

#[test]
#[invariant::invariant("promised-in-hours")]
fn who_calls_back_does_so_while_the_desk_works() {
    for (told, hour, minute, day, by) in [
        // A Tuesday: before it opens, at the last minute, and when it has closed.
        ("2026-11-24", 7, 30, "2026-11-24", "17:00"),
        ("2026-11-24", 16, 59, "2026-11-24", "17:00"),
        ("2026-11-24", 17, 0, "2026-11-25", "12:00"),
        ("2026-11-24", 23, 50, "2026-11-25", "12:00"),
        // Friday evening, Saturday and Sunday: Monday morning.
        ("2026-11-27", 18, 0, "2026-11-30", "12:00"),
        ("2026-11-28", 10, 0, "2026-11-30", "12:00"),
        ("2026-11-29", 23, 50, "2026-11-30", "12:00"),
        // A holiday, and a Saturday that is worked.
        ("2026-10-01", 10, 0, "2026-10-08", "12:00"),
        ("2026-10-10", 10, 0, "2026-10-10", "17:00"),
    ] {
        let found = calendar().call_back(date::parse(told).unwrap(), ClockTime::new(hour, minute));
        assert_eq!(
            (date::print(found.day).as_str(), found.by.to_string().as_str()),
            (day, by),
            "{told} {hour}:{minute}"
        );
    }
    for wrong in ["9", "24:00", "09:60", "nine"] {
        assert!(ClockTime::try_from(wrong.to_owned()).is_err(), "{wrong}");
    }
}
