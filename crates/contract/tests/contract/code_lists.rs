//! A choice whose options stand in a code list, where definitions are read and on a phone.

use contract::Lang;
use serde_json::json;

use crate::form::Form;
use crate::kinds::verdict;

#[test]
fn a_choice_of_a_code_list_knows_codes_and_reads_names() {
    let form = Form::with_fields(r#"{ id = "people", kind = "choice", options_from = "ethnicity" }"#);
    let kind = &form.service.field("people").unwrap().kind;
    for (value, expected) in
        [(json!("01"), "ok"), (json!("15"), "ok"), (json!("57"), "unknown-option"), (json!("汉族"), "unknown-option")]
    {
        assert_eq!(verdict(kind, &value), expected, "{value}");
    }
    for (typed, code) in
        [("汉族", "01"), (" 土家族 ", "15"), ("Tujia", "15"), ("汉", "01"), ("15", "15"), ("外星人", "外星人")]
    {
        assert_eq!(kind.kind().read(typed), code, "{typed}");
    }
    assert_eq!([Lang::Zh, Lang::En].map(|lang| kind.kind().show(&json!("15"), lang)), ["土家族", "Tujia"]);

    // A phone is told the id of the list; until it has the entries it leaves the judgement to the server.
    let sent = serde_json::to_value(&form.service).unwrap();
    assert_eq!(sent["steps"][0]["fields"][0]["options_from"], json!("ethnicity"));
    assert!(!sent.to_string().contains("土家族"), "{sent}");
    let phone: contract::Service = serde_json::from_value(sent).unwrap();
    let choice = phone.field("people").unwrap().kind.choice().unwrap();
    assert_eq!(verdict(&phone.field("people").unwrap().kind, &json!("57")), "ok");
    let fetched = serde_json::to_value(form.service.listed_choices().next().unwrap().options()).unwrap();
    choice.bring(serde_json::from_value(fetched).unwrap());
    assert_eq!(verdict(&phone.field("people").unwrap().kind, &json!("57")), "unknown-option");
    assert!(choice.missing_list().is_none());
}

#[test]
fn a_question_that_was_a_text_takes_others_beside_its_list() {
    let field = r#"{ id = "people", kind = "choice", options_from = "ethnicity", others = true }"#;
    let form = Form::with_fields(field);
    let kind = &form.service.field("people").unwrap().kind;
    let long = "很".repeat(81);
    for (value, expected) in [
        (json!("15"), "ok"),
        (json!("穿青人"), "ok"),
        (json!("  "), "missing"),
        (json!(long), "too-long"),
        (json!("土\n家"), "illegible-character"),
        (json!(15), "wrong-type"),
    ] {
        assert_eq!(verdict(kind, &value), expected, "{value}");
    }
    for (typed, read) in [("土家", "15"), ("Tujia", "15"), (" 穿青人 ", "穿青人"), ("穿青\u{3000}人", "穿青 人")]
    {
        assert_eq!(kind.kind().read(typed), read, "{typed}");
    }
    for (value, shown) in [("15", "土家族"), ("穿青人", "穿青人")] {
        assert_eq!(kind.kind().show(&json!(value), Lang::Zh), shown);
    }
    let sent = serde_json::to_value(&form.service).unwrap();
    let phone: contract::Service = serde_json::from_value(sent).unwrap();
    assert!(phone.field("people").unwrap().kind.choice().unwrap().others);
}
