//! The way through the steps: what is shown, required, kept, computed, and where it ends.

use serde_json::json;

use crate::form::Form;

#[test]
#[invariant::invariant("hidden-is-nothing")]
fn a_hidden_field_has_no_value_and_is_not_required() {
    let form = Form::with_fields(
        r#"{ id = "lit", kind = "yes-no" }, { id = "colour", kind = "text", show_when = { field = "lit", is = true } }"#,
    );
    assert_eq!(form.errors(json!({ "lit": false })), [""; 0]);
    assert_eq!(form.errors(json!({ "lit": true })), ["colour missing"]);
    assert_eq!(form.sent(json!({ "lit": false, "colour": "红" })), json!({ "lit": false }));
    assert_eq!(form.sent(json!({ "lit": true, "colour": "红" })), json!({ "lit": true, "colour": "红" }));
}

#[test]
fn what_a_hidden_field_showed_is_hidden_too() {
    let form = Form::with_fields(
        r#"{ id = "a", kind = "yes-no" },
           { id = "b", kind = "yes-no", show_when = { field = "a", is = true } },
           { id = "c", kind = "text", show_when = { field = "b", is = true } }"#,
    );
    assert_eq!(form.shown(json!({ "a": true, "b": true })), ["a", "b", "c"]);
    assert_eq!(form.shown(json!({ "a": false, "b": true })), ["a"]);
}

#[test]
fn unknown_answers_are_never_sent() {
    let form = Form::with_fields(r#"{ id = "a", kind = "text" }"#);
    assert_eq!(form.sent(json!({ "a": "甲", "admin": true })), json!({ "a": "甲" }));
}

#[test]
fn an_optional_field_is_required_when_its_condition_says_so() {
    let form = Form::with_fields(
        r#"{ id = "large", kind = "yes-no" },
           { id = "report", kind = "text", optional = true, require_when = { field = "large", is = true } }"#,
    );
    assert_eq!(form.errors(json!({ "large": false })), [""; 0]);
    assert_eq!(form.errors(json!({ "large": true })), ["report missing"]);
}

#[test]
fn a_step_is_left_out_when_its_condition_fails() {
    let form = Form::new(
        r#"
        [[steps]]
        id = "first"
        section = "s"
        fields = [{ id = "agent", kind = "yes-no" }]
        [[steps]]
        id = "agent"
        section = "s"
        show_when = { field = "agent", is = true }
        fields = [{ id = "agent-name", kind = "text" }]
        [[steps]]
        id = "last"
        section = "s"
        fields = [{ id = "note", kind = "text", optional = true }]
        "#,
    );
    let steps = |agent: bool| -> Vec<String> {
        form.journey(json!({ "agent": agent })).steps.iter().map(|step| step.step.id.0.clone()).collect()
    };
    assert_eq!(steps(false), ["first", "last"]);
    assert_eq!(steps(true), ["first", "agent", "last"]);
}

#[test]
fn a_gate_stops_the_journey_after_its_step() {
    let form = Form::new(
        r#"
        gates = [{ id = "abroad", step = "first", stops_when = { field = "here", is = false }, exit = { title = { zh = "请到窗口", en = "Go to the window" }, says = { zh = "会帮您", en = "It helps" }, bring = [] } }]
        [[steps]]
        id = "first"
        section = "s"
        fields = [{ id = "here", kind = "yes-no" }, { id = "also", kind = "text", optional = true }]
        [[steps]]
        id = "last"
        section = "s"
        fields = [{ id = "note", kind = "text" }]
        "#,
    );
    let stopped = form.journey(json!({ "here": false, "note": "甲" }));
    assert_eq!(stopped.exit.map(|gate| &*gate.id.0), Some("abroad"));
    assert_eq!(form.shown(json!({ "here": false, "note": "甲" })), ["here", "also"]);
    assert!(form.journey(json!({ "here": true })).exit.is_none());
    // A question that is not answered yet stops nobody.
    assert!(form.journey(json!({})).exit.is_none());
}

#[test]
fn the_first_open_step_is_the_first_with_something_to_mend() {
    let form = Form::new(
        r#"
        [[steps]]
        id = "first"
        section = "s"
        fields = [{ id = "a", kind = "text" }]
        [[steps]]
        id = "second"
        section = "s"
        fields = [{ id = "b", kind = "text" }]
        "#,
    );
    let open = |answers| {
        let journey = form.journey(answers);
        form.service.first_open_step(&journey).map(|step| step.step.id.0.clone())
    };
    assert_eq!(open(json!({})).as_deref(), Some("first"));
    assert_eq!(open(json!({ "a": "甲" })).as_deref(), Some("second"));
    assert_eq!(open(json!({ "a": "甲", "b": "乙" })), None);
}

const SIGNS: &str = r#"
[[steps]]
id = "signs"
section = "s"
[[steps.fields]]
id = "sign"
kind = "group"
rows = { min = 1, max = 3 }
fields = [
    { id = "lit", kind = "yes-no" },
    { id = "colour", kind = "text", show_when = { field = "sign.lit", is = true } },
    { id = "width", kind = "number" },
]
[[steps.fields]]
id = "count"
kind = "computed"
from = { count = "sign" }
[[steps]]
id = "size"
section = "s"
[[steps.fields]]
id = "sign-size"
kind = "group"
continues = "sign"
fields = [
    { id = "height", kind = "number" },
    { id = "area", kind = "computed", from = { product = ["width", "height"] } },
    { id = "dark-note", kind = "text", show_when = { field = "sign.lit", is = false } },
]
[[steps.fields]]
id = "total"
kind = "computed"
from = { sum = "sign.area" }
"#;

#[test]
fn each_row_sees_its_own_answers() {
    let form = Form::new(SIGNS);
    let rows = json!({ "sign": [
        { "row": "a", "lit": true, "colour": "红", "width": "2", "height": "3", "dark-note": "不留" },
        { "row": "b", "lit": false, "colour": "绿", "width": "1" },
    ] });
    assert_eq!(form.errors(rows.clone()), ["sign.height[1] missing", "sign.dark-note[1] missing"]);
    let sent = form.sent(rows);
    assert_eq!(
        sent["sign"][0],
        json!({ "row": "a", "lit": true, "colour": "红", "width": "2", "height": "3", "area": "6" })
    );
    assert_eq!(sent["sign"][1], json!({ "row": "b", "lit": false, "width": "1" }));
    assert_eq!((&sent["count"], &sent["total"]), (&json!("2"), &json!("6")));
}

#[test]
fn a_group_that_continues_another_asks_as_many_times() {
    let form = Form::new(SIGNS);
    let journey = form.journey(json!({ "sign": [{ "row": "a" }, { "row": "b" }, { "row": "c" }] }));
    let size = journey.step("size").unwrap();
    assert_eq!(size.fields[0].rows.len(), 3);
    // The rows are missed once, where they are added.
    assert_eq!(form.errors(json!({})), ["sign missing"]);
}

#[test]
fn rows_that_are_none_are_named_and_not_lost() {
    let form = Form::new(SIGNS);
    assert_eq!(form.errors(json!({ "sign": "一块" })), ["sign wrong-type"]);
    assert_eq!(form.sent(json!({ "sign": "一块" }))["sign"], json!("一块"));
}

#[test]
fn a_computed_answer_cannot_be_given() {
    let form = Form::with_fields(
        r#"{ id = "w", kind = "number", decimals = 2 }, { id = "h", kind = "number", decimals = 2 },
           { id = "area", kind = "computed", from = { product = ["w", "h"] } }"#,
    );
    for (answers, area) in [
        (json!({ "w": "0.1", "h": "0.2", "area": "900" }), json!("0.02")),
        (json!({ "w": "3.6", "h": "1.1" }), json!("3.96")),
        (json!({ "w": "10", "h": "10" }), json!("100")),
        (json!({ "w": "10", "area": "900" }), json!(null)),
    ] {
        assert_eq!(form.sent(answers).get("area").cloned().unwrap_or_default(), area);
    }
}

#[test]
fn a_field_says_why_it_is_asked() {
    let form = Form::with_fields(
        r#"{ id = "a", kind = "yes-no" },
           { id = "b", kind = "text", show_when = { all = [
               { field = "a", present = true },
               { field = "a", is = true, why = { zh = "因为您选了是", en = "Because you said yes" } },
           ] } },
           { id = "c", kind = "text", optional = true, show_when = { field = "a", is = true, why = { zh = "显示", en = "Shown" } }, require_when = { field = "a", is = true, why = { zh = "必填", en = "Required" } } }"#,
    );
    let journey = form.journey(json!({ "a": true }));
    let why: Vec<_> = journey.steps[0].fields.iter().map(|shown| shown.why.as_ref().map(|why| &*why.zh)).collect();
    assert_eq!(why, [None, Some("因为您选了是"), Some("必填")]);
}
