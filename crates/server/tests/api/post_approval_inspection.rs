//! The post-approval inspection (事后核查): after an approval on a promise the office asks for a picture, the applicant
//! sends it, and an officer confirms that all is well. It delays neither rating nor figures.

use contract::case::CaseStatus;
use image::ImageFormat;
use serde_json::{Value, json};

use crate::officers::{CITY, act, case, sign_in_officer};
use crate::photograph::picture;
use crate::stages::{DIVISION, applied, claimed, decided, staged};
use crate::submissions::send;
use crate::world::{OWNER, Visitor, World};

async fn begun(owner: &Visitor<'_>, reference: &str) -> Value {
    let new = json!({ "service": "pair", "division": DIVISION, "corrects": reference });
    owner.post("/api/drafts", &new).await.expect(201).json()
}

#[tokio::test]
#[invariant::invariant("post-approval-inspection")]
async fn the_office_asks_for_a_picture_gets_it_alone_and_inspects_it() {
    let world = World::of_short_services().await;
    let (officer, owner) = (sign_in_officer(&world, CITY).await, world.sign_in(OWNER).await);
    let reference = staged(&owner, &officer, CaseStatus::AwaitingMaterials).await.reference;
    let look = case(&owner, &reference).await["tasks"][2].clone();
    assert_eq!(look["asks"]["en"], "Within 12 days, please send a picture.", "{look}");
    // Twelve days end on a Sunday; the day after is a working day.
    assert_eq!((&look["status"], &look["due"]), (&json!("awaiting-materials"), &json!("2026-12-07")));

    // Until the last day, the officer cannot inspect without the picture.
    let task = claimed(&officer, &reference, "look").await;
    assert_eq!(task["actions"], json!([]));
    act(&officer, &task, "decisions", &json!({ "action": "review" })).await.expect(409);

    let draft = begun(&owner, &reference).await;
    assert_eq!((&draft["answers"]["proof"], &draft["correction_requests"][0]["field"]), (&json!([]), &json!("proof")));
    owner.change(&draft, &json!({ "subject": "别的" })).await.expect(422);
    let photograph = picture(20, 20, ImageFormat::Jpeg);
    let file = owner.upload(&draft, "proof", &[("filename", "装好.jpg")], &photograph).await.expect(200).json();
    let draft = owner.change(&draft, &json!({ "proof": [file] })).await.expect(200).json();
    send(&owner, &draft, "after-check").await.expect(201);

    let task = claimed(&officer, &reference, "look").await;
    assert_eq!((&task["status"], &task["answers"]["proof"][0]["id"]), (&json!("accepted"), &file["id"]));
    assert_eq!(task["answers"]["place"], Value::Null, "the look needs no place");
    officer.get(&format!("/api/agency/attachments/{}", file["id"].as_str().unwrap())).await.expect(200);
    decided(&officer, &reference, "look", &["review", "approve"]).await;
    let case = case(&owner, &reference).await;
    assert_eq!((&case["tasks"][2]["status"], &case["correction_requests"]), (&json!("delivered"), &Value::Null));
    assert_eq!(case["answers"]["proof"][0]["id"], file["id"]);
}

#[tokio::test]
#[invariant::invariant("post-approval-inspection")]
async fn a_deferred_field_cannot_be_answered_before_the_office_asks() {
    let world = World::of_short_services().await;
    let (officer, owner) = (sign_in_officer(&world, CITY).await, world.sign_in(OWNER).await);
    let reference = applied(&owner, None).await;
    let new = json!({ "service": "pair", "division": DIVISION, "corrects": reference });
    owner.post("/api/drafts", &new).await.expect(409);
    // A return for another reason does not ask for it either.
    let task = claimed(&officer, &reference, "first").await;
    let reasons = json!([{ "field": "subject", "says": "请写清楚" }]);
    act(&officer, &task, "decisions", &json!({ "action": "return", "reasons": reasons })).await.expect(200);
    assert_eq!(begun(&owner, &reference).await["answers"]["proof"], Value::Null);
}

#[tokio::test]
#[invariant::invariant("post-approval-inspection")]
async fn a_picture_that_comes_late_is_taken() {
    let world = World::of_short_services().await;
    let (officer, owner) = (sign_in_officer(&world, CITY).await, world.sign_in(OWNER).await);
    let reference = staged(&owner, &officer, CaseStatus::AwaitingMaterials).await.reference;
    world.pass(20 * 24 * 3600);
    world.run_background_jobs().await;
    let (officer, owner) = (sign_in_officer(&world, CITY).await, world.sign_in(OWNER).await);
    // No picture came, and the officer may inspect without it. A picture that comes now is taken all the same.
    let entries = officer.get("/api/agency/tasks").await.expect(200).json();
    let entry = entries.as_array().unwrap().iter().find(|entry| entry["item"] == "look").unwrap();
    assert_eq!((&entry["status"], &entry["overdue"]), (&json!("awaiting-materials"), &json!(true)));
    let draft = begun(&owner, &reference).await;
    send(&owner, &draft, "sent-late").await.expect(201);
    let task = claimed(&officer, &reference, "look").await;
    assert_eq!((&task["status"], &task["due"]), (&json!("accepted"), &json!("2026-12-21")), "its five days begin now");
}

#[tokio::test]
#[invariant::invariant("post-approval-inspection")]
async fn the_time_runs_from_the_day_that_the_applicant_named() {
    let world = World::of_short_services().await;
    let (officer, owner) = (sign_in_officer(&world, CITY).await, world.sign_in(OWNER).await);
    let new = json!({ "service": "pair", "division": DIVISION });
    let draft = owner.post("/api/drafts", &new).await.expect(201).json();
    let answers = json!({ "subject": "招牌", "place": "武陵区", "ready-on": "2026-12-18" });
    let draft = owner.change(&draft, &answers).await.expect(200).json();
    let receipt = send(&owner, &draft, "ready-on-the-18th").await.expect(201).json();
    let reference = receipt["reference"].as_str().unwrap();
    for item in ["first", "second"] {
        decided(&officer, reference, item, &["accept", "review", "approve"]).await;
    }
    assert_eq!(case(&owner, reference).await["tasks"][2]["due"], "2026-12-30");
}

#[tokio::test]
#[invariant::invariant("post-approval-inspection")]
async fn a_correction_that_the_office_no_longer_asks_for_is_not_found() {
    let world = World::of_short_services().await;
    let (officer, owner) = (sign_in_officer(&world, CITY).await, world.sign_in(OWNER).await);
    let reference = staged(&owner, &officer, CaseStatus::AwaitingMaterials).await.reference;
    let draft = begun(&owner, &reference).await;
    let path = format!("/api/drafts/{}", draft["id"].as_str().unwrap());
    assert_eq!(owner.get("/api/drafts").await.expect(200).json().as_array().unwrap().len(), 1);
    world.pass(20 * 24 * 3600);
    let (officer, owner) = (sign_in_officer(&world, CITY).await, world.sign_in(OWNER).await);
    decided(&officer, &reference, "look", &["review"]).await;
    owner.get(&path).await.expect(404);
    assert_eq!(owner.get("/api/drafts").await.expect(200).json(), json!([]));
}

#[tokio::test]
#[invariant::invariant("post-approval-inspection")]
async fn a_handling_is_over_and_counted_before_the_inspection() {
    let world = World::of_short_services().await;
    let (officer, owner) = (sign_in_officer(&world, CITY).await, world.sign_in(OWNER).await);
    let reference = staged(&owner, &officer, CaseStatus::AwaitingMaterials).await.reference;
    for item in ["first", "second"] {
        decided(&officer, &reference, item, &["deliver"]).await;
    }
    assert_eq!(case(&owner, &reference).await["may_rate"], true);
    let draft = begun(&owner, &reference).await;
    send(&owner, &draft, "sent-to-be-looked-at").await.expect(201);
    assert_eq!(case(&owner, &reference).await["may_rate"], true, "with the picture sent too");
    let decided_before = officer.get("/api/agency/figures").await.expect(200).json()["decided"].clone();
    decided(&officer, &reference, "look", &["review", "approve"]).await;
    assert_eq!(officer.get("/api/agency/figures").await.expect(200).json()["decided"], decided_before);
}
