//! What people usually do next, on the receipt and once the case has ended well.

use serde_json::{Value, json};

use crate::officers::{CITY, act, case, decide, sign_in_officer, task_in_review};
use crate::submissions::{ready, send};
use crate::world::{OWNER, Visitor, World};

fn ids(offered: &Value) -> Vec<&str> {
    offered.as_array().map(|all| all.iter().map(|one| one["id"].as_str().unwrap()).collect()).unwrap_or_default()
}

async fn receipt(owner: &Visitor<'_>, has_lights: bool) -> Value {
    let draft = ready(owner).await;
    let draft = owner.change(&draft, &json!({ "has-lights": has_lights })).await.expect(200).json();
    send(owner, &draft, "key-0001").await.expect(201).json()
}

#[tokio::test]
async fn the_receipt_offers_what_fits_the_answers() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let receipt = receipt(&owner, true).await;
    assert_eq!(ids(&receipt["next"]), ["fire-check", "family"]);
    let (elsewhere, ours) = (&receipt["next"][0], &receipt["next"][1]);
    assert_eq!((&elsewhere["url"], &elsewhere["phone"]), (&json!("https://example.org/fire"), &json!("119")));
    assert_eq!(elsewhere["until"]["zh"], "最近的截止日是 2026-12-31");
    assert_eq!((&ours["service"], &ours["until"]), (&json!("family"), &Value::Null));
    world.pass(50 * 24 * 3600);
    let owner = world.sign_in(OWNER).await;
    let path = format!("/api/cases/{}/receipt", receipt["reference"].as_str().unwrap());
    let later = owner.get(&path).await.expect(200).json();
    assert_eq!(later["next"][0]["until"]["en"], "The next last day is 2027-12-31");
}

#[tokio::test]
async fn a_case_offers_it_once_it_has_ended_well() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let receipt = receipt(&owner, false).await;
    let reference = receipt["reference"].as_str().unwrap();
    let officer = sign_in_officer(&world, CITY).await;
    for item in ["permit", "inspection"] {
        assert_eq!(ids(&case(&owner, reference).await["next"]), [""; 0], "{item} is still to come");
        let task = task_in_review(&officer, reference, item).await;
        let task = decide(&officer, &task, "approve").await;
        decide(&officer, &task, "deliver").await;
    }
    assert_eq!(ids(&case(&owner, reference).await["next"]), ["fire-check"]);
}

#[tokio::test]
async fn a_refused_case_offers_nothing() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let receipt = receipt(&owner, false).await;
    let reference = receipt["reference"].as_str().unwrap();
    let officer = sign_in_officer(&world, CITY).await;
    let task = task_in_review(&officer, reference, "permit").await;
    let refusal = json!({ "action": "refuse", "says": "那里不能开店", "basis": "《街角小店条例》第三条" });
    act(&officer, &task, "decisions", &refusal).await.expect(200);
    let now = case(&owner, reference).await;
    assert_eq!((&now["tasks"][1]["status"], &now["next"]), (&json!("void"), &Value::Null));
}
