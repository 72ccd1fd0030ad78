//! Terms in working days, with the holidays of a year and the weekends that are worked for them.

use contract::calendar::Calendar;
use contract::date;

fn calendar() -> Calendar {
    let days = |all: &[&str]| all.iter().map(|day| (*day).to_owned()).collect();
    Calendar {
        source: "made up for the test".to_owned(),
        years: vec![2026],
        holidays: days(&["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"]),
        workdays: days(&["2026-10-10"]),
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
fn a_year_without_its_notice_is_provisional() {
    assert!(!calendar().is_provisional(date::parse("2026-12-31").unwrap()));
    assert!(calendar().is_provisional(date::parse("2027-01-04").unwrap()));
}
