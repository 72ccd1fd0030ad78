//! Signing in and out.

use crate::world::{OWNER, STRANGER, World};
use serde_json::json;

#[tokio::test]
async fn a_person_signs_in_by_phone_and_code_and_out_again() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let session = owner.get("/api/session").await.expect(200).json();
    let shown = ["name", "phone", "idle_seconds"].map(|name| session[name].clone());
    assert_eq!(shown, [json!("刘建国"), json!("138****0001"), json!(900)]);
    owner.delete("/api/session").await.expect(204);
    assert_eq!(owner.get("/api/session").await.expect(401).code(), "sign-in-needed");
}

#[tokio::test]
async fn the_key_of_the_journal_is_the_persons_own_and_lasts() {
    let world = World::new().await;
    let key =
        async |phone| world.sign_in(phone).await.get("/api/session").await.expect(200).json()["journal_key"].clone();
    let first = key(OWNER).await;
    assert!(first.as_str().is_some_and(|key| key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit())));
    world.pass(60 * 60);
    assert_eq!(key(OWNER).await, first);
    assert_ne!(key(STRANGER).await, first);
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let world = World::new().await;
    world.visitor().post("/api/session/codes", &json!({ "phone": OWNER })).await.expect(201);
    let code = world.code_for(OWNER).await;
    let reply = world.visitor().post("/api/session", &json!({ "phone": OWNER, "code": code })).await.expect(201);
    let cookie = reply.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}

#[tokio::test]
async fn a_session_ends_after_a_quarter_of_an_hour_of_nothing() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    for _ in 0..4 {
        world.pass(14 * 60);
        owner.get("/api/session").await.expect(200);
    }
    world.pass(15 * 60 + 1);
    owner.get("/api/session").await.expect(401);
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_whatever_is_done() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    for _ in 0..(12 * 60 / 14) {
        world.pass(14 * 60);
        owner.get("/api/session").await.expect(200);
    }
    world.pass(10 * 60);
    owner.get("/api/session").await.expect(401);
}

#[tokio::test]
async fn every_phone_gets_the_same_answer() {
    let world = World::new().await;
    for phone in [OWNER, "139 0736 0000", "+86 15907360000"] {
        let reply = world.visitor().post("/api/session/codes", &json!({ "phone": phone })).await.expect(201);
        assert_eq!(reply.json(), json!({ "retry_after_seconds": 60 }));
    }
    let wrong = world.visitor().post("/api/session/codes", &json!({ "phone": "0736-7257982" })).await.expect(422);
    assert_eq!(wrong.code(), "not-a-mobile-phone");
}

#[tokio::test]
async fn codes_are_sent_once_a_minute_and_five_times_an_hour() {
    let world = World::new().await;
    let ask = async || world.visitor().post("/api/session/codes", &json!({ "phone": OWNER })).await;
    ask().await.expect(201);
    let soon = ask().await.expect(429);
    assert_eq!(soon.header("retry-after"), "60");
    for _ in 0..4 {
        world.pass(61);
        ask().await.expect(201);
    }
    world.pass(61);
    ask().await.expect(429);
    world.pass(3600);
    ask().await.expect(201);
}

#[tokio::test]
async fn a_code_has_five_tries_five_minutes_and_one_use() {
    let world = World::new().await;
    let ask = async || world.visitor().post("/api/session/codes", &json!({ "phone": OWNER })).await.expect(201);
    let sign_in =
        async |code: &str| world.visitor().post("/api/session", &json!({ "phone": OWNER, "code": code })).await;

    ask().await;
    let right = world.code_for(OWNER).await;
    let wrong = if right == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(sign_in(wrong).await.expect(422).code(), "wrong-code");
    }
    assert_eq!(sign_in(&right).await.expect(422).code(), "code-used-up");

    world.pass(61);
    ask().await;
    let right = world.code_for(OWNER).await;
    world.pass(5 * 60 + 1);
    assert_eq!(sign_in(&right).await.expect(422).code(), "code-used-up");

    ask().await;
    let right = world.code_for(OWNER).await;
    sign_in(&right).await.expect(201);
    assert_eq!(sign_in(&right).await.expect(422).code(), "code-used-up");
}

#[tokio::test]
async fn a_newer_code_ends_the_older_one() {
    let world = World::new().await;
    let ask = async || world.visitor().post("/api/session/codes", &json!({ "phone": OWNER })).await.expect(201);
    ask().await;
    let first = world.code_for(OWNER).await;
    world.pass(61);
    ask().await;
    let second = world.code_for(OWNER).await;
    if first != second {
        let reply = world.visitor().post("/api/session", &json!({ "phone": OWNER, "code": first })).await;
        assert_eq!(reply.expect(422).code(), "wrong-code");
    }
}

#[tokio::test]
async fn the_super_app_signs_in_by_ticket() {
    let world = World::new().await;
    let reply = world.visitor().post("/api/session", &json!({ "ticket": "ticket-chen" })).await.expect(201);
    assert_eq!(reply.json()["name"], "陈静");
    let wrong = world.visitor().post("/api/session", &json!({ "ticket": "no such ticket" })).await.expect(422);
    assert_eq!(wrong.code(), "wrong-ticket");
    world.partner("identity", "fails").await;
    let down = world.visitor().post("/api/session", &json!({ "ticket": "ticket-chen.2" })).await.expect(503);
    assert_eq!(down.code(), "unavailable");
}

#[tokio::test]
async fn a_dead_sms_gateway_is_told_and_a_dead_identity_partner_is_not_needed() {
    let world = World::new().await;
    world.partner("sms-gateway", "fails").await;
    let reply = world.visitor().post("/api/session/codes", &json!({ "phone": OWNER })).await.expect(503);
    assert_eq!(reply.code(), "unavailable");
    world.partner("sms-gateway", "ok").await;
    world.partner("identity", "fails").await;
    world.pass(61);
    let owner = world.sign_in(OWNER).await;
    assert_eq!(owner.get("/api/session").await.expect(200).json()["name"], "");
}

#[tokio::test]
async fn requests_from_other_sites_and_unreadable_ones_are_refused() {
    let world = World::new().await;
    let foreign = [("origin", "https://evil.example"), ("host", "yijianshi.example")];
    let body = json!({ "phone": OWNER });
    let reply = world.visitor().json("POST", "/api/session/codes", &foreign, &body).await.expect(403);
    assert_eq!(reply.code(), "foreign-origin");
    for (body, code) in
        [("{", "unreadable"), ("{\"phone\": 1}", "unreadable"), ("{\"phone\": \"1\", \"x\": 1}", "unreadable")]
    {
        let headers = [("content-type", "application/json")];
        let reply = world.visitor().send("POST", "/api/session/codes", &headers, body.into()).await.expect(400);
        assert_eq!(reply.code(), code, "{body}");
    }
    let plain = world.visitor().send("POST", "/api/session/codes", &[], "phone=1".into()).await.expect(415);
    assert_eq!(plain.code(), "wrong-media-type");
    let english = [("accept-language", "en-GB,en;q=0.9")];
    let reply = world.visitor().json("POST", "/api/session", &english, &json!({})).await.expect(400);
    assert_eq!(reply.json()["title"], "We could not read this request");
}
