//! Deliverables of cases: certificates that a window can verify, fees and refunds, and following a case.

use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::officers::{
    CITY, act, case, decide, family_case, open, sign_in_officer, submitted_case, task_in_review, wait_for_sms_to,
};
use crate::world::{OWNER, STRANGER, Visitor, World};

/// Of the Health Commission, for the whole city.
const HEALTH: &str = "文若兰";
const MOTHER: &str = "13807360002";

async fn approved(officer: &Visitor<'_>, reference: &str, item: &str) -> Value {
    let task = task_in_review(officer, reference, item).await;
    decide(officer, &task, "approve").await
}

#[tokio::test]
#[invariant::invariant("one-number")]
async fn an_approval_puts_a_numbered_certificate_into_the_wallet() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let before = owner.get("/api/certificates").await.expect(200).json().as_array().unwrap().len();
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let approved = approved(&officer, &reference, "permit").await;
    assert_eq!(approved["status"], "approved", "its paper is still to be handed over");
    let now = case(&owner, &reference).await;
    let permit = &now["tasks"][0]["certificate"];
    assert_eq!((&permit["number"], &permit["holder"]), (&json!("常店〔2026〕第0001号"), &json!("刘建国")));
    let wallet = owner.get("/api/certificates").await.expect(200).json();
    assert_eq!(wallet.as_array().unwrap().len(), before + 1);
    assert_eq!(wallet[0]["number"], "常店〔********01号", "masked in the list");
    assert_eq!(owner.get("/api/certificates?type=permit").await.expect(200).json().as_array().unwrap().len(), 1);
    assert!(wait_for_sms_to(&world, OWNER, "已经办好").await.iter().all(|text| !text.contains("常店")));
    decide(&officer, &approved, "deliver").await;
}

#[tokio::test]
#[invariant::invariant("verified-by-code")]
async fn a_window_verifies_a_certificate_by_its_code_alone() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    approved(&officer, &reference, "permit").await;
    let code = case(&owner, &reference).await["tasks"][0]["certificate"]["code"].as_str().unwrap().to_owned();
    let picture = format!("/api/certificates/{code}/qr.svg");
    assert_eq!(owner.get(&picture).await.expect(200).header("content-type"), "image/svg+xml");
    world.sign_in(STRANGER).await.get(&picture).await.expect(404);
    world.get(&picture).await.expect(401);
    let page = world.get(&format!("/check/{code}")).await.expect(200).text();
    assert!(page.contains("开店许可证") && page.contains("刘**"), "{page}");
    assert!(!page.contains("刘建国") && !page.contains("第0001号") && !page.contains(&reference), "{page}");
    world.get("/check/0123456789abcdef0123456789abcdef").await.expect(404);
}

#[tokio::test]
#[invariant::invariant("paid-once")]
async fn a_premium_is_paid_once_and_before_the_approval() {
    let world = World::new().await;
    let mother = world.sign_in(MOTHER).await;
    let reference = family_case(&mother, "陈静").await;
    let path = format!("/api/cases/{reference}/payment");
    assert_eq!(mother.post(&path, &json!({})).await.expect(409).code(), "nothing-to-pay");
    let officer = sign_in_officer(&world, HEALTH).await;
    approved(&officer, &reference, "certificate").await;
    let now = case(&mother, &reference).await;
    assert_eq!(now["to_pay"][0]["may_be_paid"], false, "not accepted yet");
    let task = task_in_review(&officer, &reference, "insurance").await;
    wait_for_sms_to(&world, MOTHER, "请到“我的办件”里缴费").await;
    let approve = json!({ "action": "approve" });
    assert_eq!(act(&officer, &task, "decisions", &approve).await.expect(409).code(), "not-paid");
    world.sign_in(STRANGER).await.post(&path, &json!({})).await.expect(404);
    world.visitor().post(&path, &json!({})).await.expect(401);
    // The charge is made and the answer is lost: the next try must not charge again.
    world.partner("payment", "wrong").await;
    mother.post(&path, &json!({})).await.expect(503);
    world.partner("payment", "ok").await;
    let nothing = json!({});
    let (one, two) = tokio::join!(mother.post(&path, &nothing), mother.post(&path, &nothing));
    let (one, two) = (one.expect(200).json(), two.expect(200).json());
    assert_eq!(one["paid"], two["paid"]);
    assert_eq!((&one["paid"]["amount"], &one["paid"]["number"]), (&json!("400.00"), &json!("P00000001")));
    assert_eq!(one["to_pay"], Value::Null);
    assert_eq!(
        wait_for_sms_to(&world, MOTHER, "缴费成功").await.iter().filter(|text| text.contains("缴费成功")).count(),
        1
    );
    let task = act(&officer, &task, "decisions", &approve).await.expect(200).json();
    assert_eq!(task["status"], "delivered", "electronic: nothing is posted");
    let now = case(&mother, &reference).await;
    let number = |at: usize| now["tasks"][at]["certificate"]["number"].clone();
    assert_eq!((number(0), number(1)), (json!("U430000001"), json!("U430000001")));
    assert_eq!(now["tasks"][0]["certificate"]["holder"], "文宁");
}

/// A family whose insurance is in review, and can be paid for.
async fn insured_soon(world: &World) -> (Visitor<'_>, String, Value) {
    let mother = world.sign_in(MOTHER).await;
    let reference = family_case(&mother, "陈静").await;
    let officer = sign_in_officer(world, HEALTH).await;
    approved(&officer, &reference, "certificate").await;
    let task = task_in_review(&officer, &reference, "insurance").await;
    (mother, reference, task)
}

async fn refuse(world: &World, task: &Value) {
    let officer = sign_in_officer(world, HEALTH).await;
    let refusal = json!({ "action": "refuse", "says": "已经在外地参保", "basis": "社会保险法第二十五条" });
    act(&officer, task, "decisions", &refusal).await.expect(200);
}

#[tokio::test]
#[invariant::invariant("given-back")]
async fn money_for_a_refused_item_is_refunded_once_whatever_the_payment_service_does() {
    let world = World::new().await;
    let (mother, reference, task) = insured_soon(&world).await;
    // The charge is made, its answer is lost, the applicant does not retry, and days pass before the refusal.
    world.partner("payment", "wrong").await;
    mother.post(&format!("/api/cases/{reference}/payment"), &json!({})).await.expect(503);
    world.pass(3 * 24 * 3600);
    refuse(&world, &task).await;
    // The refund's answer is lost too.
    world.run_background_jobs().await;
    world.partner("payment", "ok").await;
    for _ in 0..2 {
        world.run_background_jobs().await;
    }
    let messages = wait_for_sms_to(&world, MOTHER, "已原路退回").await;
    let refunded: Vec<_> = messages.iter().filter(|text| text.contains("已原路退回")).collect();
    assert!(
        refunded.len() == 1 && refunded[0].contains("400.00 元") && refunded[0].contains("R00000001"),
        "{refunded:?}"
    );
}

#[tokio::test]
#[invariant::invariant("given-back")]
async fn a_case_shows_its_payment_and_its_refund() {
    let world = World::new().await;
    let (mother, reference, task) = insured_soon(&world).await;
    mother.post(&format!("/api/cases/{reference}/payment"), &json!({})).await.expect(200);
    world.run_background_jobs().await;
    assert_eq!(case(&mother, &reference).await["paid"]["refunded_at"], Value::Null, "not yet decided");
    refuse(&world, &task).await;
    let seen = case(&mother, &reference).await["seen"].as_u64();
    world.run_background_jobs().await;
    let now = case(&mother, &reference).await;
    assert!(now["paid"]["refunded_at"].is_string() && now["seen"].as_u64() > seen, "{}", now["paid"]);
    assert_eq!(now["to_pay"], Value::Null);
}

#[tokio::test]
#[invariant::invariant("one-number")]
async fn a_register_that_gives_no_number_keeps_the_task_undecided() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let task = task_in_review(&officer, &reference, "permit").await;
    world.partner("number-register", "fails").await;
    act(&officer, &task, "decisions", &json!({ "action": "approve" })).await.expect(503);
    assert_eq!(case(&owner, &reference).await["tasks"][0]["status"], "in-review");
    world.partner("number-register", "ok").await;
    assert_eq!(decide(&officer, &task, "approve").await["status"], "approved");
}

#[tokio::test]
async fn a_follower_learns_of_changes_at_once_and_after_a_lost_connection() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let path = format!("/api/cases/{reference}/events");
    world.get(&path).await.expect(401);
    world.sign_in(STRANGER).await.get(&path).await.expect(404);
    let seen = case(&owner, &reference).await["seen"].as_u64().unwrap();
    let officer = sign_in_officer(&world, CITY).await;
    let task = open(&officer, &reference, "permit").await;
    let task = act(&officer, &task, "claim", &json!({})).await.expect(200).json();
    let since = format!("{path}?seen={seen}");
    let following = followed(&owner, &since, &[]);
    let (told, _) = tokio::join!(following, decide(&officer, &task, "accept"));
    assert!(told.contains(&format!("id: {}", seen + 1)) && told.contains("data: changed"), "{told}");
    // The connection was lost before that came.
    let last = seen.to_string();
    let told = followed(&owner, &path, &[("last-event-id", last.as_str())]).await;
    assert!(told.contains(&format!("id: {}", seen + 1)), "{told}");
}

#[tokio::test]
async fn whoever_signed_out_hears_nothing_more() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let seen = case(&owner, &reference).await["seen"].as_u64().unwrap();
    let path = format!("/api/cases/{reference}/events?seen={seen}");
    let mut stream = owner.stream(&path, &[]).await.into_data_stream();
    owner.send("DELETE", "/api/session", &[], "".into()).await.expect(204);
    let officer = sign_in_officer(&world, CITY).await;
    let task = open(&officer, &reference, "permit").await;
    let task = act(&officer, &task, "claim", &json!({})).await.expect(200).json();
    decide(&officer, &task, "accept").await;
    assert!(stream.next().await.is_none(), "a follower without a session is told what happened");
}

/// The first event of the stream.
async fn followed(visitor: &Visitor<'_>, path: &str, headers: &[(&str, &str)]) -> String {
    let piece = visitor.stream(path, headers).await.into_data_stream().next().await.unwrap();
    String::from_utf8(piece.unwrap().to_vec()).unwrap()
}
