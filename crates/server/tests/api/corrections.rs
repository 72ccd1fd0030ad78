//! Corrections of a returned case: which returns one answers, what it may change, and that a task which was returned
//! before it was accepted is accepted afterwards.

use serde_json::{Value, json};

use crate::officers::{CITY, act, case, decide, open, sign_in_officer, task_in_review, wait_for_sms};
use crate::submissions::{ready, send};
use crate::world::{OWNER, Visitor, World};

async fn correction(owner: &Visitor<'_>, reference: &str) -> Value {
    let new = json!({ "service": "corner-shop", "division": "430703", "corrects": reference });
    owner.post("/api/drafts", &new).await.expect(201).json()
}

/// A case with two tasks that do not wait for each other: `permit` and `lights`.
async fn case_with_lights(owner: &Visitor<'_>) -> String {
    let draft = ready(owner).await;
    let draft = owner.change(&draft, &json!({ "has-lights": true })).await.expect(200).json();
    send(owner, &draft, "key-lights").await.expect(201).json()["reference"].as_str().unwrap().to_owned()
}

async fn return_for(officer: &Visitor<'_>, task: &Value, field: &str) -> Value {
    let reasons = json!([{ "field": field, "says": "请改" }]);
    act(officer, task, "decisions", &json!({ "action": "return", "reasons": reasons })).await.expect(200).json()
}

fn status(case: &Value, item: &str) -> String {
    let tasks = case["tasks"].as_array().unwrap();
    tasks.iter().find(|task| task["item"] == item).unwrap()["status"].as_str().unwrap().to_owned()
}

fn with_text(draft: &Value, text: &str) -> Value {
    let mut sign = draft["answers"]["sign"].clone();
    sign[0]["text"] = json!(text);
    json!({ "sign": sign })
}

#[tokio::test]
#[invariant::invariant("corrects-what-was-seen")]
async fn a_correction_answers_the_returns_that_the_resident_has_seen_and_no_others() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = case_with_lights(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let permit = task_in_review(&officer, &reference, "permit").await;
    let lights = task_in_review(&officer, &reference, "lights").await;
    return_for(&officer, &permit, "sign.text").await;
    let draft = correction(&owner, &reference).await;
    let draft = owner.change(&draft, &with_text(&draft, "刘记")).await.expect(200).json();
    // The other office returns its task after the resident has opened the review.
    return_for(&officer, &lights, "has-lights").await;
    send(&owner, &draft, "key-correction").await.expect(201);
    let now = case(&owner, &reference).await;
    assert_eq!((status(&now, "permit"), status(&now, "lights")), ("in-review".to_owned(), "returned".to_owned()));
    assert_eq!(now["correction_requests"][0]["field"], "has-lights");
    wait_for_sms(&world, "还有要补的").await;
    // The second return is corrected by itself.
    let draft = correction(&owner, &reference).await;
    assert_eq!(draft["answers"]["sign"][0]["text"], "刘记");
    let draft = owner.change(&draft, &json!({ "has-lights": true })).await.expect(200).json();
    send(&owner, &draft, "key-again").await.expect(201);
    assert_eq!(status(&case(&owner, &reference).await, "lights"), "in-review");
}

#[tokio::test]
#[invariant::invariant("corrects-what-was-seen")]
async fn a_correction_that_names_no_return_that_waits_is_looked_at_again() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = case_with_lights(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let permit = task_in_review(&officer, &reference, "permit").await;
    return_for(&officer, &permit, "sign.text").await;
    let draft = correction(&owner, &reference).await;
    let draft = owner.change(&draft, &with_text(&draft, "刘记")).await.expect(200).json();
    for returns in [json!([]), json!([{ "item": "lights", "event": 1 }]), json!([{ "item": "permit", "event": 0 }])] {
        let mut other = draft.clone();
        other["returns"] = returns;
        let stale = send(&owner, &other, "key-correction").await.expect(412).json();
        assert_eq!(stale["current"]["returns"], draft["returns"]);
    }
    send(&owner, &draft, "key-correction").await.expect(201);
}

#[tokio::test]
#[invariant::invariant("accepted-on-paper")]
async fn a_task_that_was_returned_before_it_was_accepted_is_accepted_afterwards() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = case_with_lights(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let task = open(&officer, &reference, "permit").await;
    let task = act(&officer, &task, "claim", &json!({})).await.expect(200).json();
    return_for(&officer, &task, "sign.text").await;
    let draft = correction(&owner, &reference).await;
    let draft = owner.change(&draft, &with_text(&draft, "刘记")).await.expect(200).json();
    send(&owner, &draft, "key-correction").await.expect(201);
    let task = open(&officer, &reference, "permit").await;
    assert_eq!((&task["status"], &task["actions"]), (&json!("submitted"), &json!(["accept", "decline", "return"])));
    let task = decide(&officer, &task, "accept").await;
    wait_for_sms(&world, "开店许可已经受理").await;
    let titles = owner.get(&format!("/api/cases/{reference}/notices")).await.expect(200).text();
    assert!(titles.contains("受理通知书"), "{titles}");
    // Returned once more after the acceptance, it need not be accepted again.
    let task = decide(&officer, &task, "review").await;
    return_for(&officer, &task, "sign.text").await;
    let draft = correction(&owner, &reference).await;
    send(&owner, &draft, "key-second").await.expect(201);
    assert_eq!(status(&case(&owner, &reference).await, "permit"), "in-review");
}

#[tokio::test]
#[invariant::invariant("asked-only")]
async fn what_was_absent_when_sent_may_be_answered_and_changed_in_a_correction() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    let receipt = send(&owner, &draft, "key-0001").await.expect(201).json();
    let reference = receipt["reference"].as_str().unwrap();
    let officer = sign_in_officer(&world, CITY).await;
    let task = task_in_review(&officer, reference, "permit").await;
    return_for(&officer, &task, "sign.text").await;
    let draft = correction(&owner, reference).await;
    let mut draft = owner.change(&draft, &with_text(&draft, "刘")).await.expect(200).json();
    for answer in [json!(true), json!(false), json!(null), json!(true)] {
        draft = owner.change(&draft, &json!({ "has-lights": answer })).await.expect(200).json();
    }
    let refused = owner.change(&draft, &json!({ "track": "promise" })).await.expect(422).json();
    assert_eq!(refused["errors"][0]["code"], "not-asked");
    // What was named may be changed as often, and a file that was sent is still the same one.
    draft = owner.change(&draft, &with_text(&draft, "刘记")).await.expect(200).json();
    let mut without_photo = draft["answers"]["sign"].clone();
    without_photo[0]["photos"] = json!([]);
    owner.change(&draft, &json!({ "sign": without_photo })).await.expect(422);
}
