//! Every operator of a condition: when it holds, and that nothing it may meet makes it fail.

use serde_json::{Value, json};

use crate::form::Form;

/// A form whose last field is shown when the condition holds.
fn form(condition: &str) -> Form {
    Form::new(&format!(
        r#"
        conditions = {{ is-led = {{ field = "light", is = "led" }} }}
        limits = {{ high-m = {{ value = 2, basis = "assumption" }} }}
        steps = [{{ id = "step", section = "s", fields = [
            {{ id = "light", kind = "text", optional = true }},
            {{ id = "name", kind = "text", optional = true }},
            {{ id = "agreed", kind = "consent", consent = "c" }},
            {{ id = "yes", kind = "yes-no" }},
            {{ id = "height", kind = "number" }},
            {{ id = "width", kind = "number" }},
            {{ id = "day", kind = "date" }},
            {{ id = "other-day", kind = "date" }},
            {{ id = "person", kind = "resident-id" }},
            {{ id = "home", kind = "address" }},
            {{ id = "work", kind = "address" }},
            {{ id = "wants", kind = "multi-choice", options = [] }},
            {{ id = "check", kind = "lookup", register = "r", source = {{ zh = "照", en = "l" }}, by = "name" }},
            {{ id = "files", kind = "attachments", material = "m" }},
            {{ id = "sign", kind = "group", rows = {{ min = 0, max = 3 }}, fields = [
                {{ id = "height", kind = "number" }}, {{ id = "lit", kind = "yes-no" }},
            ] }},
            {{ id = "asked", kind = "text", show_when = {condition} }},
        ] }}]
        "#
    ))
}

pub(crate) fn holds(condition: &str, rows: &[(Value, bool)]) {
    let form = form(condition);
    for (answers, expected) in rows {
        let shown = form.shown(answers.clone()).contains(&"asked".to_owned());
        assert_eq!(shown, *expected, "{condition} of {answers}");
    }
}

#[test]
fn is_and_is_not_compare_what_is_answered() {
    holds(
        r#"{ field = "light", is = "led" }"#,
        &[
            (json!({ "light": "led" }), true),
            (json!({ "light": "neon" }), false),
            (json!({}), false),
            (json!({ "light": ["led"] }), false),
        ],
    );
    holds(
        r#"{ field = "light", is_not = "led" }"#,
        &[
            (json!({ "light": "neon" }), true),
            (json!({ "light": "led" }), false),
            // What is not answered is not known to differ.
            (json!({}), false),
            (json!({ "light": "" }), false),
        ],
    );
    holds(r#"{ field = "yes", is = false }"#, &[(json!({ "yes": false }), true), (json!({}), false)]);
    holds(
        r#"{ field = "agreed", is = true }"#,
        &[
            (json!({ "agreed": { "accepted": true, "version": 1 } }), true),
            (json!({ "agreed": { "accepted": false } }), false),
        ],
    );
    holds(
        r#"{ field = "check", is = "matched" }"#,
        &[
            (json!({ "check": { "status": "matched" } }), true),
            (json!({ "check": "matched" }), true),
            (json!({ "check": { "status": "doubted" } }), false),
        ],
    );
}

#[test]
fn in_is_one_of_several() {
    holds(
        r#"{ field = "light", in = ["led", "neon"] }"#,
        &[(json!({ "light": "neon" }), true), (json!({ "light": "none" }), false), (json!({}), false)],
    );
}

#[test]
fn above_and_below_compare_numbers_limits_and_fields() {
    holds(
        r#"{ field = "height", above = 1.5 }"#,
        &[
            (json!({ "height": "1.6" }), true),
            (json!({ "height": "10" }), true),
            (json!({ "height": "1.50" }), false),
            (json!({ "height": "high" }), false),
            (json!({ "height": null }), false),
            (json!({}), false),
        ],
    );
    holds(
        r#"{ field = "height", above = "high-m" }"#,
        &[(json!({ "height": "2.1" }), true), (json!({ "height": "2" }), false)],
    );
    holds(
        r#"{ field = "height", below = { field = "width" } }"#,
        &[
            (json!({ "height": "9", "width": "10" }), true),
            (json!({ "height": "10", "width": "9" }), false),
            (json!({ "height": "10" }), false),
        ],
    );
}

#[test]
fn before_and_within_compare_days() {
    holds(
        r#"{ field = "day", before = "today" }"#,
        &[
            (json!({ "day": "2026-11-23" }), true),
            (json!({ "day": "2026-11-24" }), false),
            (json!({ "day": "2026-02-30" }), false),
        ],
    );
    holds(r#"{ field = "day", before = "2020-01-01" }"#, &[(json!({ "day": "2019-12-31" }), true)]);
    holds(
        r#"{ field = "day", before = { field = "other-day" } }"#,
        &[(json!({ "day": "2026-01-01", "other-day": "2026-01-02" }), true), (json!({ "day": "2026-01-01" }), false)],
    );
    holds(
        r#"{ field = "day", within = { months = 1 } }"#,
        &[
            (json!({ "day": "2026-10-24" }), true),
            (json!({ "day": "2026-10-23" }), false),
            (json!({ "day": "2026-11-24" }), true),
            (json!({ "day": "2026-11-25" }), false),
        ],
    );
    holds(
        r#"{ field = "day", within = { days = "high-m" } }"#,
        &[(json!({ "day": "2026-11-22" }), true), (json!({ "day": "2026-11-21" }), false)],
    );
}

#[test]
fn same_as_and_same_division_compare_two_answers() {
    holds(
        r#"{ field = "light", same_as = "name" }"#,
        &[
            (json!({ "light": "led", "name": "led" }), true),
            (json!({ "light": "led", "name": "LED" }), false),
            (json!({}), false),
        ],
    );
    let at = |division: &str| json!({ "division": division, "street": "", "door": "" });
    holds(
        r#"{ field = "home", same_division = true }"#,
        &[(json!({ "home": at("430702") }), true), (json!({ "home": at("430703") }), false), (json!({}), false)],
    );
    holds(
        r#"{ field = "home", same_division = { field = "work" } }"#,
        &[
            (json!({ "home": at("430703"), "work": at("430703") }), true),
            (json!({ "home": at("430703"), "work": at("430702") }), false),
            (json!({ "home": at(""), "work": at("") }), false),
            (json!({}), false),
        ],
    );
}

#[test]
fn contains_looks_into_texts_and_lists() {
    holds(
        r#"{ field = "name", contains = "LED 屏" }"#,
        &[(json!({ "name": "门口的 led屏 幕" }), true), (json!({ "name": "灯" }), false)],
    );
    holds(
        r#"{ field = "name", contains = { field = "light" } }"#,
        &[
            (json!({ "name": "鼎城区刘记卤味店", "light": "刘记 卤味" }), true),
            (json!({ "name": "鼎城区刘记卤味店", "light": "" }), false),
            (json!({ "name": "鼎城区刘记卤味店" }), false),
        ],
    );
    holds(
        r#"{ field = "wants", contains = "second" }"#,
        &[
            (json!({ "wants": ["first", "second"] }), true),
            (json!({ "wants": ["first"] }), false),
            (json!({ "wants": "second" }), true),
        ],
    );
}

#[test]
fn present_is_an_answer_of_any_kind() {
    holds(
        r#"{ field = "files", present = true }"#,
        &[(json!({ "files": [{ "id": "a" }] }), true), (json!({ "files": [] }), false), (json!({}), false)],
    );
    holds(
        r#"{ field = "home", present = true }"#,
        &[
            (json!({ "home": { "division": "", "street": "", "door": "1", "place": "" } }), false),
            (json!({ "home": { "division": "430702", "street": "", "door": "", "place": "" } }), true),
        ],
    );
    holds(r#"{ field = "yes", present = false }"#, &[(json!({}), true), (json!({ "yes": false }), false)]);
}

#[test]
fn all_any_not_and_names_combine() {
    let led_and_high = r#"{ all = ["is-led", { field = "height", above = 1 }] }"#;
    holds(led_and_high, &[(json!({ "light": "led", "height": "2" }), true), (json!({ "light": "led" }), false)]);
    holds(
        r#"{ any = ["is-led", { field = "yes", is = true }] }"#,
        &[(json!({ "yes": true }), true), (json!({}), false)],
    );
    holds(r#"{ not = "is-led" }"#, &[(json!({}), true), (json!({ "light": "led" }), false)]);
    holds(
        r#"{ named = "is-led", why = { zh = "因为发光", en = "Because it glows" } }"#,
        &[(json!({ "light": "led" }), true)],
    );
    holds(r#""is-led""#, &[(json!({ "light": "led" }), true)]);
    // An empty list of conditions asks for nothing, an empty choice of conditions offers nothing.
    holds("{ all = [] }", &[(json!({}), true)]);
    holds("{ any = [] }", &[(json!({}), false)]);
}

#[test]
fn outside_a_group_any_row_will_do() {
    holds(
        r#"{ field = "sign.height", above = 1 }"#,
        &[
            (json!({ "sign": [{ "row": "a", "height": "0" }, { "row": "b", "height": "2" }] }), true),
            (json!({ "sign": [{ "row": "a", "height": "1" }] }), false),
            (json!({ "sign": [] }), false),
            (json!({ "sign": "none" }), false),
        ],
    );
}

#[test]
fn a_condition_with_two_tests_or_none_is_refused() {
    for wrong in [
        json!({ "field": "a" }),
        json!({ "is": 1 }),
        json!({ "field": "a", "is": 1, "above": 1 }),
        json!({ "field": "a", "is": 1, "all": [] }),
        json!({ "field": "a", "equal": 1 }),
        json!({ "field": "a", "age": 60 }),
        json!({ "field": "a", "age": { "at_least": 60, "at_most": 70 } }),
        json!({ "field": "a", "months_between": { "at_least": 6 } }),
        json!({ "field": "a", "pattern": "a*" }),
        json!({ "rows": "sign" }),
        json!({ "every": { "field": "sign.height", "above": 1 } }),
        json!({ "rows": "sign", "every": "a", "none": "b" }),
        json!({ "rows": "sign", "field": "sign.height", "above": 1 }),
        json!({ "field": "a", "within": { "weeks": 1 } }),
        json!({ "why": { "zh": "因为", "en": "Because" } }),
        json!(1),
    ] {
        assert!(serde_json::from_value::<contract::Condition>(wrong.clone()).is_err(), "{wrong}");
    }
}
