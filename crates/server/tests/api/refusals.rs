//! Requests that every route refuses.

use axum::body::Body;
use serde_json::json;

use crate::world::{OWNER, World};

/// Routes that need a session, with a method.
const PRIVATE: [(&str, &str); 29] = [
    ("GET", "/api/session"),
    ("POST", "/api/drafts"),
    ("GET", "/api/drafts"),
    ("GET", "/api/drafts/1"),
    ("PATCH", "/api/drafts/1"),
    ("DELETE", "/api/drafts/1"),
    ("POST", "/api/drafts/1/lookups/licence-check"),
    ("POST", "/api/drafts/1/signatures/signature"),
    ("POST", "/api/drafts/1/signature-requests"),
    ("GET", "/api/drafts/1/signature-requests"),
    ("DELETE", "/api/drafts/1/signature-requests/1"),
    ("GET", "/api/drafts/1/signers"),
    ("GET", "/api/sign/1"),
    ("POST", "/api/sign/1/signature"),
    ("POST", "/api/sign/1/objection"),
    ("POST", "/api/drafts/1/submit"),
    ("POST", "/api/uploads"),
    ("HEAD", "/api/uploads/1"),
    ("PATCH", "/api/uploads/1"),
    ("DELETE", "/api/uploads/1"),
    ("GET", "/api/uploads/1/attachment"),
    ("GET", "/api/attachments/1"),
    ("DELETE", "/api/attachments/1"),
    ("GET", "/api/cases"),
    ("GET", "/api/cases/1"),
    ("GET", "/api/cases/1/notices"),
    ("GET", "/api/cases/1/notices/1"),
    ("GET", "/api/certificates"),
    ("GET", "/api/grievances"),
];

/// Routes that take JSON, with a body that is right.
fn bodies() -> Vec<(&'static str, &'static str, serde_json::Value)> {
    vec![
        ("POST", "/api/session/codes", json!({ "phone": OWNER })),
        ("POST", "/api/session", json!({ "phone": OWNER, "code": "000000" })),
        ("POST", "/api/drafts", json!({ "service": "corner-shop", "division": "430703" })),
        ("PATCH", "/api/drafts/{draft}", json!({ "answers": {} })),
        ("POST", "/api/drafts/{draft}/lookups/licence-check", json!({ "doubt": false })),
        ("POST", "/api/drafts/{draft}/signatures/signature", json!({ "strokes": "M1 1L2 2" })),
        ("POST", "/api/drafts/{draft}/signature-requests", json!({ "field": "signature" })),
        ("POST", "/api/sign/{draft}/signature", json!({ "content_hash": "", "strokes": "M1 1L2 2" })),
        ("POST", "/api/sign/{draft}/objection", json!({ "reason": "x" })),
        ("POST", "/api/drafts/{draft}/submit", json!({ "version": 1, "content_hash": "" })),
        ("POST", "/api/grievances", json!({ "happened": "x", "phone": OWNER })),
    ]
}

const HEADERS: [(&str, &str); 2] = [("if-match", "\"1\""), ("idempotency-key", "key-0001")];

#[tokio::test]
#[invariant::invariant("strict-requests")]
async fn private_routes_refuse_people_without_a_session() {
    let world = World::new().await;
    for (method, path) in PRIVATE {
        let mut visitor = world.visitor();
        for cookie in ["", "session=", "session=0123456789abcdef", "other=1; session=x"] {
            cookie.clone_into(&mut visitor.cookie);
            let headers =
                [("content-type", "application/json"), ("if-match", "\"1\""), ("idempotency-key", "key-0001")];
            let reply = visitor.send(method, path, &headers, Body::from("{}")).await;
            assert_eq!(reply.status, 401, "{method} {path} {cookie}");
        }
    }
}

#[tokio::test]
#[invariant::invariant("strict-requests")]
async fn bodies_with_unknown_fields_or_wrong_types_are_refused() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    for (method, path, right) in bodies() {
        let path = path.replace("{draft}", draft["id"].as_str().unwrap());
        let mut unknown = right.clone();
        unknown["colour"] = json!("red");
        let mut wrong = right.clone();
        let first = wrong.as_object().unwrap().keys().next().unwrap().clone();
        wrong[&first] = json!([1, 2]);
        for body in [unknown, wrong, json!("text"), json!(null)] {
            let reply = owner.json(method, &path, &HEADERS, &body).await;
            assert_eq!((reply.status.as_u16(), reply.code()), (400, "unreadable".to_owned()), "{method} {path} {body}");
        }
    }
}

#[tokio::test]
#[invariant::invariant("strict-requests")]
async fn bodies_that_are_too_large_are_refused() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    for (method, path, _) in bodies() {
        let path = path.replace("{draft}", draft["id"].as_str().unwrap());
        let body = json!({ "phone": "1".repeat(300 * 1024) });
        let reply = owner.json(method, &path, &HEADERS, &body).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (413, "too-large".to_owned()), "{method} {path}");
    }
}

#[tokio::test]
#[invariant::invariant("strict-requests")]
async fn requests_that_another_site_made_are_refused() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let foreign = [("if-match", "\"1\""), ("idempotency-key", "key-0001"), ("sec-fetch-site", "cross-site")];
    for (method, path, right) in bodies() {
        let path = path.replace("{draft}", draft["id"].as_str().unwrap());
        let reply = owner.json(method, &path, &foreign, &right).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (403, "foreign-origin".to_owned()), "{method} {path}");
    }
    let reply = owner.tus("POST", "/api/uploads", &[("sec-fetch-site", "cross-site")], Body::empty()).await;
    assert_eq!(reply.status, 403);
}

#[tokio::test]
#[invariant::invariant("strict-requests")]
async fn unknown_parameters_and_methods_are_refused() {
    let world = World::new().await;
    for path in ["/api/services?colour=red", "/api/divisions?parent=4307&x=1", "/api/divisions"] {
        assert_eq!(world.get(path).await.expect(400).code(), "unreadable", "{path}");
    }
    for (method, path) in [("DELETE", "/api/services"), ("PUT", "/api/drafts/1"), ("POST", "/api/cases")] {
        let reply = world.visitor().send(method, path, &[], Body::empty()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (405, "wrong-method".to_owned()), "{method} {path}");
    }
}
