//! Documents: which are asked for, how each is answered, and what takes over when a register or the wallet has nothing.

use serde_json::{Value, json};

use crate::form::Form;

fn form() -> Form {
    Form::new(
        r#"
        items = [{ id = "item", agency = "office", promise = { working_days = 1 }, deliverable = { zh = "证", en = "Permit" } }]
        materials = [
            { id = "form", mode = "generated", items = ["item"] },
            { id = "licence", mode = "verified", source = "business-register", field = "check", items = ["item"] },
            { id = "title", mode = "certificate", source = "property-title", field = "card", items = ["item"], show_when = { field = "owner", is = true } },
            { id = "photo", mode = "upload", items = ["item"] },
        ]
        steps = [{ id = "step", section = "s", fields = [
            { id = "owner", kind = "yes-no" },
            { id = "check", kind = "lookup", register = "business-register", source = { zh = "照", en = "licence" }, by = "owner" },
            { id = "licence-photo", kind = "attachments", material = "licence", show_when = { field = "check", in = ["not-found", "unavailable", "doubted"] } },
            { id = "card", kind = "certificate", types = ["property-title"], optional = true, show_when = { field = "owner", is = true } },
            { id = "card-photo", kind = "attachments", material = "title", show_when = { all = [{ field = "owner", is = true }, { field = "card", present = false }] } },
            { id = "sign", kind = "group", rows = { min = 1, max = 2 }, fields = [
                { id = "new", kind = "yes-no" },
                { id = "photo", kind = "attachments", material = "photo", show_when = { field = "sign.new", is = true } },
            ] },
        ] }]
        "#,
    )
}

fn asked(answers: Value) -> Vec<String> {
    let form = form();
    let journey = form.journey(answers);
    let line = |asked: &contract::material::AskedMaterial<'_>| {
        let mode = serde_json::to_value(asked.mode).unwrap();
        let given = if asked.given { "given" } else { "open" };
        format!("{} {} {given}", asked.material.id, mode.as_str().unwrap())
    };
    form.service.asked_materials(&journey).iter().map(line).collect()
}

fn files() -> Value {
    json!([{ "id": "a", "name": "a.jpg", "bytes": 9 }])
}

#[test]
fn a_register_that_confirms_waives_the_paper() {
    let lines = asked(json!({ "owner": false, "check": { "status": "matched" } }));
    assert_eq!(lines[..2], ["form generated given", "licence verified given"]);
}

#[test]
fn a_register_that_does_not_confirm_asks_for_the_file() {
    for status in ["not-found", "unavailable", "doubted"] {
        let lines = asked(json!({ "owner": false, "check": { "status": status } }));
        assert_eq!(lines[1], "licence upload open", "{status}");
        let lines = asked(json!({ "owner": false, "check": { "status": status }, "licence-photo": files() }));
        assert_eq!(lines[1], "licence upload given", "{status}");
    }
    assert_eq!(asked(json!({}))[1], "licence verified open");
}

#[test]
fn a_certificate_or_its_picture_will_do() {
    assert_eq!(asked(json!({ "owner": true }))[2], "title upload open");
    assert_eq!(asked(json!({ "owner": true, "card-photo": files() }))[2], "title upload given");
    let card = json!({ "id": "c", "title": "产权证", "number": "1" });
    assert_eq!(asked(json!({ "owner": true, "card": card, "card-photo": files() }))[2], "title certificate given");
    assert!(!asked(json!({ "owner": false, "card": card })).iter().any(|line| line.starts_with("title")));
}

#[test]
fn every_row_that_shows_an_upload_must_have_it() {
    let rows = |first: Value, second: Value| asked(json!({ "owner": false, "sign": [first, second] }));
    let new = |photo: Value| json!({ "row": "a", "new": true, "photo": photo });
    let old = json!({ "row": "b", "new": false, "photo": files() });
    assert_eq!(rows(new(files()), old.clone())[2], "photo upload given");
    assert_eq!(rows(new(json!([])), old.clone())[2], "photo upload open");
    // Only an old sign: nothing shows the upload, so nothing gave it.
    assert_eq!(asked(json!({ "owner": false, "sign": [old] }))[2], "photo upload open");
}

#[test]
fn files_are_found_wherever_they_are() {
    let form = form();
    let answers = json!({ "owner": true, "card-photo": files(), "sign": [{ "row": "r", "new": true, "photo": [
        { "id": "b", "name": "b.jpg", "bytes": 1 }, { "id": "c", "name": "c.jpg", "bytes": 1 }] }],
        "licence-photo": [{ "id": "hidden", "name": "d.jpg", "bytes": 1 }] });
    assert_eq!(form.journey(answers).answers.files(), ["a", "b", "c"]);
}
