//! How the app reads what the server says.

use contract::api::{OutboxView, SessionView};
use contract::json::FromJson;
use serde_json::json;

#[test]
fn a_newer_server_may_say_more() {
    let said =
        json!({ "name": "刘建国", "phone": "138****0001", "idle_seconds": 900, "journal_key": "k", "avatar": "later" });
    assert_eq!(SessionView::from_json(said).unwrap().name, "刘建国");
    // The officers' page is open all day, and over a release too.
    let said = json!({ "waiting": 2, "failing": 1, "most_failures": 3, "worst": "later" });
    assert_eq!(OutboxView::from_json(said).unwrap().waiting, 2);
}

#[test]
fn what_is_missing_or_of_another_type_is_told() {
    let error = SessionView::from_json(json!({ "name": "刘建国", "idle_seconds": "soon" })).unwrap_err();
    assert!(error.contains("`phone` is missing") && error.contains("idle_seconds: must be a whole number"), "{error}");
}
