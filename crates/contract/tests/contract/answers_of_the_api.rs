//! How the app reads what the server says.

use contract::api::{Decision, EventView, OutboxView, SessionView};
use serde_json::{Value, from_value, json};

#[test]
fn a_newer_server_may_say_more() {
    let said =
        json!({ "name": "刘建国", "phone": "138****0001", "idle_seconds": 900, "journal_key": "k", "avatar": "later" });
    assert_eq!(from_value::<SessionView>(said).unwrap().name, "刘建国");
    // The officers' page is open all day, and over a release too.
    let said = json!({ "waiting": 2, "failing": 1, "most_failures": 3, "worst": "later" });
    assert_eq!(from_value::<OutboxView>(said).unwrap().waiting, 2);
}

#[test]
fn what_is_missing_or_of_another_type_is_told() {
    let fault = |said: Value| from_value::<SessionView>(said).unwrap_err().to_string();
    let missing = fault(json!({ "name": "刘建国", "idle_seconds": 900, "journal_key": "k" }));
    assert_eq!(missing, "missing field `phone`");
    let wrong = fault(json!({ "name": "刘建国", "phone": "138****0001", "idle_seconds": "soon", "journal_key": "k" }));
    assert_eq!(wrong, "invalid type: string \"soon\", expected u64");
}

#[test]
fn a_reason_is_read_strictly_from_an_officer_and_leniently_from_the_server() {
    let reasons = json!([{ "field": "sign", "says": "看不清", "colour": "red" }]);
    let decision = from_value::<Decision>(json!({ "action": "return", "reasons": reasons }));
    assert!(decision.unwrap_err().to_string().starts_with("unknown field `colour`"));
    let event = json!({
        "at": "2026-11-24T02:00:00Z", "item": "sign", "action": "return", "status": "returned", "by": "officer",
        "reasons": reasons,
    });
    assert_eq!(from_value::<EventView>(event).unwrap().reasons[0].says, "看不清");
}
