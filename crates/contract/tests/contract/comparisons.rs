//! Numbers, ages, months and patterns in conditions, and what is said of all rows of a group.

use serde_json::json;

use crate::conditions::holds;

#[test]
fn at_least_at_most_and_equals_take_the_number_itself_too() {
    let heights = |least: bool, same: bool, most: bool| {
        [
            (r#"{ field = "height", at_least = 2 }"#, least),
            (r#"{ field = "height", at_least = "high-m" }"#, least),
            (r#"{ field = "height", equals = "high-m" }"#, same),
            (r#"{ field = "height", equals = { field = "width" } }"#, same),
            (r#"{ field = "height", at_most = "high-m" }"#, most),
        ]
    };
    for (height, expected) in [
        ("1.99", heights(false, false, true)),
        ("2", heights(true, true, true)),
        ("2.00", heights(true, true, true)),
        ("2.01", heights(true, false, false)),
        ("high", heights(false, false, false)),
    ] {
        for (condition, expected) in expected {
            holds(condition, &[(json!({ "height": height, "width": "2.0" }), expected)]);
        }
    }
    holds(
        r#"{ field = "height", equals = { field = "width" } }"#,
        &[(json!({}), false), (json!({ "height": "0" }), false)],
    );
}

#[test]
fn after_is_a_later_day() {
    holds(
        r#"{ field = "day", after = "today" }"#,
        &[(json!({ "day": "2026-11-25" }), true), (json!({ "day": "2026-11-24" }), false), (json!({}), false)],
    );
    holds(
        r#"{ field = "day", after = { field = "other-day" } }"#,
        &[(json!({ "day": "2026-01-02", "other-day": "2026-01-01" }), true), (json!({ "day": "2026-01-02" }), false)],
    );
}

#[test]
fn age_is_full_years_of_a_day_or_of_a_resident_id() {
    holds(
        r#"{ field = "day", age = { at_least = 60 } }"#,
        &[
            (json!({ "day": "1966-11-24" }), true),
            (json!({ "day": "1966-11-25" }), false),
            (json!({ "day": "2026-11-25" }), false),
            (json!({}), false),
        ],
    );
    // Under three: the years are full on the birthday.
    holds(
        r#"{ field = "day", age = { below = 3 } }"#,
        &[
            (json!({ "day": "2023-11-25" }), true),
            (json!({ "day": "2023-11-24" }), false),
            // Who is not born yet has no age.
            (json!({ "day": "2026-11-25" }), false),
        ],
    );
    holds(
        r#"{ field = "person", age = { equals = 36 } }"#,
        &[
            (json!({ "person": "43070319900307002X" }), true),
            (json!({ "person": "430703199003070021" }), false),
            (json!({ "person": "1990-03-07" }), true),
            (json!({ "person": "19900307" }), false),
        ],
    );
    holds(
        r#"{ field = "day", age = { at_most = "high-m" } }"#,
        &[(json!({ "day": "2023-11-25" }), true), (json!({ "day": "2023-11-24" }), false)],
    );
}

#[test]
fn months_between_two_days_are_full_ones() {
    let between = r#"{ field = "day", months_between = { until = { field = "other-day" }, at_least = 6 } }"#;
    holds(
        between,
        &[
            (json!({ "day": "2026-01-15", "other-day": "2026-07-15" }), true),
            (json!({ "day": "2026-01-15", "other-day": "2026-07-14" }), false),
            (json!({ "day": "2026-08-31", "other-day": "2027-02-28" }), true),
            (json!({ "day": "2027-01-15", "other-day": "2026-01-15" }), false),
            (json!({ "day": "2026-01-15" }), false),
        ],
    );
    holds(
        r#"{ field = "day", months_between = { until = "today", at_most = "high-m" } }"#,
        &[
            (json!({ "day": "2026-08-25" }), true),
            (json!({ "day": "2026-08-24" }), false),
            (json!({ "day": "2026-11-25" }), false),
        ],
    );
}

#[test]
fn every_and_none_speak_of_all_rows() {
    let lit = |all: &[Option<bool>]| {
        let row = |(at, lit): (usize, &Option<bool>)| json!({ "row": at.to_string(), "height": "1", "lit": lit });
        json!({ "sign": all.iter().enumerate().map(row).collect::<Vec<_>>() })
    };
    holds(
        r#"{ rows = "sign", every = { field = "sign.lit", is = true } }"#,
        &[
            (lit(&[Some(true), Some(true)]), true),
            (lit(&[Some(true), Some(false)]), false),
            (lit(&[Some(true), None]), false),
            // Of no rows nothing is said.
            (lit(&[]), false),
            (json!({}), false),
            (json!({ "sign": "none" }), false),
        ],
    );
    holds(
        r#"{ rows = "sign", none = { all = ["is-led", { field = "sign.lit", is = true }] } }"#,
        &[
            (json!({ "light": "led", "sign": [{ "row": "a", "lit": false }] }), true),
            (json!({ "light": "led", "sign": [{ "row": "a", "lit": false }, { "row": "b", "lit": true }] }), false),
            (json!({ "light": "neon", "sign": [{ "row": "b", "lit": true }] }), true),
            (json!({ "light": "neon", "sign": [] }), false),
        ],
    );
}

#[test]
fn a_pattern_says_how_a_text_is_written() {
    holds(
        r#"{ field = "name", pattern = "湘J[A-Z0-9]{5,6}" }"#,
        &[
            (json!({ "name": "湘J12345" }), true),
            (json!({ "name": "湘JD12345" }), true),
            (json!({ "name": "湘A12345" }), false),
            (json!({ "name": ["湘J12345"] }), false),
            (json!({}), false),
        ],
    );
}
