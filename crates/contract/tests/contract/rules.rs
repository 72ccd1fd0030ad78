//! Rules across answers: where they stand, in which rows, and what they stop.

use contract::id::DivisionCode;
use contract::load::Definition;
use serde_json::json;

use crate::form::Form;

fn form() -> Form {
    Form::new(
        r#"
        limits = { high-m = { value = 2, basis = "assumption" } }
        rules = [
            { id = "too-high", field = "sign.height", severity = "warn", basis = "assumption", when = { field = "sign.height", above = "high-m" }, says = { zh = "高过 {high-m} 米", en = "Higher than {high-m} m" } },
            { id = "too-wide", field = "sign.width", severity = "block", basis = "assumption", when = { field = "sign.width", above = { field = "front" } }, says = { zh = "太宽", en = "Too wide" } },
            { id = "several", field = "sign", severity = "warn", basis = "assumption", when = { field = "count", above = 1 }, says = { zh = "不止一块", en = "More than one" } },
        ]
        [[steps]]
        id = "shop"
        section = "s"
        fields = [{ id = "front", kind = "number" }]
        [[steps]]
        id = "signs"
        section = "s"
        [[steps.fields]]
        id = "sign"
        kind = "group"
        rows = { min = 1, max = 3 }
        fields = [{ id = "height", kind = "number" }, { id = "width", kind = "number", show_when = { field = "front", present = true } }]
        [[steps.fields]]
        id = "count"
        kind = "computed"
        from = { count = "sign" }
        "#,
    )
}

#[test]
fn a_rule_names_the_row_that_breaks_it() {
    let rows = json!({ "front": "4", "sign": [
        { "row": "a", "height": "1", "width": "5" },
        { "row": "b", "height": "3", "width": "4" },
    ] });
    assert_eq!(form().errors(rows), ["sign.height[1] too-high?", "sign.width[0] too-wide", "sign several?"]);
}

#[test]
fn a_rule_says_the_number_of_its_limit() {
    let form = form();
    let journey = form.journey(json!({ "sign": [{ "row": "a", "height": "3" }] }));
    let errors = form.service.check(&journey);
    let high = errors.iter().find(|error| error.code == "too-high").unwrap();
    assert_eq!((&*high.message.zh, &*high.message.en), ("高过 2 米", "Higher than 2 m"));
}

#[test]
fn a_rule_about_a_field_that_is_not_shown_says_nothing() {
    let errors = form().errors(json!({ "sign": [{ "row": "a", "height": "1", "width": "5" }] }));
    assert_eq!(errors, ["front missing"]);
}

#[test]
fn a_rule_is_silent_in_rows_that_do_not_show_its_field() {
    let form = Form::new(
        r#"
        rules = [{ id = "moving", field = "sign.moves", severity = "block", basis = "assumption", when = { field = "flats", is = true }, says = { zh = "有人住", en = "People sleep" } }]
        [[steps]]
        id = "step"
        section = "s"
        [[steps.fields]]
        id = "flats"
        kind = "yes-no"
        [[steps.fields]]
        id = "sign"
        kind = "group"
        rows = { min = 1, max = 2 }
        fields = [{ id = "lit", kind = "yes-no" }, { id = "moves", kind = "yes-no", show_when = { field = "sign.lit", is = true } }]
        "#,
    );
    let rows =
        json!({ "flats": true, "sign": [{ "row": "a", "lit": false }, { "row": "b", "lit": true, "moves": true }] });
    assert_eq!(form.errors(rows), ["sign.moves[1] moving"]);
}

#[test]
fn agreeing_to_another_version_of_a_text_is_not_agreeing() {
    let form = Form::new(
        r#"
        consents = [{ id = "promise", version = 2, title = { zh = "书", en = "P" }, body = { zh = "文", en = "B" } }]
        steps = [{ id = "step", section = "s", fields = [{ id = "agreed", kind = "consent", consent = "promise" }] }]
        "#,
    );
    let agreed = |version: u32| json!({ "agreed": { "accepted": true, "version": version } });
    assert_eq!(form.errors(agreed(2)), [""; 0]);
    assert_eq!(form.errors(agreed(1)), ["agreed missing"]);
}

#[test]
fn nobody_is_born_tomorrow() {
    let form = Form::with_fields(r#"{ id = "number", kind = "resident-id" }"#);
    assert_eq!(form.errors(json!({ "number": "430702202611240019" })), [""; 0]);
    assert_eq!(form.errors(json!({ "number": "430702202611250014" })), ["number bad-birth-date"]);
}

#[test]
fn warnings_let_pass_and_blocks_do_not() {
    let form = form();
    let passable = |height: &str, width: &str| {
        let journey = form.journey(json!({ "front": "4", "sign": [{ "row": "a", "height": height, "width": width }] }));
        let step = journey.step("signs").unwrap();
        form.service.is_passable(step, &journey)
    };
    assert!(passable("3", "4"));
    assert!(!passable("1", "5"));
}

#[test]
fn a_division_sets_its_own_numbers_texts_and_windows() {
    let definition = Definition::parse(include_str!("../small/service.toml")).unwrap();
    let service = |code: &str| definition.service(&DivisionCode::from(code)).unwrap();
    let (city, taoyuan) = (service("430702"), service("430725"));
    let height = |service: &contract::Service| service.limits.get("height-m").unwrap().value;
    assert_eq!((height(&city), height(&taoyuan)), (2.0, 3.0));
    assert_eq!((&*city.rules[0].says.zh, &*taoyuan.rules[0].says.zh), ("高过 2 米", "桃源县：高过 3 米"));
    assert_eq!(taoyuan.window(&DivisionCode::from("430725")).unwrap().name.en, "Window");
}

#[test]
fn a_division_cannot_set_what_is_not_there() {
    for (wrong, says) in [
        ("[divisions.430726.limits]\nwidth-m = 3", "limits.width-m"),
        ("[divisions.430726.texts]\n\"rules.low.says\" = { zh = \"低\", en = \"Low\" }", "rules.low.says"),
        ("[divisions.430726.steps]\nstart = 3", "limits, texts, windows and promises can"),
    ] {
        let error = Definition::parse(&format!("{}\n{wrong}\n", include_str!("../small/service.toml"))).unwrap_err();
        assert!(error.contains("430726") && error.contains(says), "{error}");
    }
}

#[test]
fn a_definition_that_cannot_be_read_names_the_place() {
    for (from, to, place) in [
        ("min = 1\nmax = 5", "minimum = 1\nmax = 5", "steps.more.fields.height: there is no setting `minimum`"),
        ("kind = \"yes-no\"", "kind = \"maybe\"", "steps.start.fields.adult.kind: there is no kind `maybe`"),
        ("is = false", "equal = false", "gates.too-young.stops_when: `equal` is no operator of a condition"),
        ("severity = \"warn\"", "severity = \"loud\"", "rules.high.severity: must be one of block, warn"),
        ("mode = \"generated\"", "", "materials.form: `mode` is missing"),
    ] {
        let text = include_str!("../small/service.toml");
        assert_eq!(text.matches(from).count(), 1, "{from}");
        let error = Definition::parse(&text.replace(from, to)).unwrap_err();
        assert!(error.contains(place), "{error} should say {place}");
    }
}
