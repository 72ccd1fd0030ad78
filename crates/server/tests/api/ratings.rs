//! 好差评: once a handling, by its owner, after its end; the lowest are called back.

use serde_json::{Value, json};

use crate::officers::{CITY, GRIEVANCE_OFFICER, act, sign_in_officer, submitted_case, task_in_review};
use crate::world::{OWNER, STRANGER, Visitor, World};

const DAY: i64 = 24 * 60 * 60;

fn path(reference: &str) -> String {
    format!("/api/cases/{reference}/ratings")
}

/// A case that is over: the permit is declined, so what waited for it is void.
async fn ended(world: &World, owner: &Visitor<'_>) -> String {
    let reference = submitted_case(owner).await;
    let officer = sign_in_officer(world, CITY).await;
    let task = task_in_review(&officer, &reference, "permit").await;
    let refusal = json!({ "action": "refuse", "says": "会挡住消防窗", "basis": "行政许可法第三十八条" });
    act(&officer, &task, "decisions", &refusal).await.expect(200);
    reference
}

#[tokio::test]
#[invariant::invariant("rated-once")]
async fn a_handling_is_rated_once_by_its_owner_after_its_end() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let good = json!({ "level": 5, "points": ["efficiency"] });
    let early = submitted_case(&owner).await;
    owner.post(&path(&early), &good).await.expect(409);
    let case = owner.get(&format!("/api/cases/{early}")).await.expect(200).json();
    assert_eq!(case["may_rate"], false);
}

#[tokio::test]
#[invariant::invariant("rated-once")]
async fn a_second_rating_is_refused_and_a_follow_up_taken_once_in_time() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = ended(&world, &owner).await;
    let good = json!({ "level": 5, "points": ["efficiency"] });
    world.sign_in(STRANGER).await.post(&path(&reference), &good).await.expect(404);
    world.visitor().post(&path(&reference), &good).await.expect(401);
    owner.post(&path(&reference), &json!({ "level": 6 })).await.expect(422);
    owner.post(&path(&reference), &json!({ "level": 4, "points": ["colour"] })).await.expect(422);
    let follow_up = json!({ "level": 4, "follow_up": true });
    owner.post(&path(&reference), &follow_up).await.expect(409);
    let case = owner.post(&path(&reference), &good).await.expect(201).json();
    assert_eq!((&case["may_rate"], &case["rating"]["level"]), (&json!(false), &json!(5)));
    owner.post(&path(&reference), &good).await.expect(409);
    let case = owner.post(&path(&reference), &follow_up).await.expect(201).json();
    assert_eq!(case["rating"]["followed_up"], 4);
    owner.post(&path(&reference), &follow_up).await.expect(409);
}

#[tokio::test]
#[invariant::invariant("rated-once")]
async fn a_follow_up_after_its_window_is_refused() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = ended(&world, &owner).await;
    owner.post(&path(&reference), &json!({ "level": 3 })).await.expect(201);
    world.pass(16 * DAY);
    let owner = world.sign_in(OWNER).await;
    owner.post(&path(&reference), &json!({ "level": 4, "follow_up": true })).await.expect(409);
}

#[tokio::test]
#[invariant::invariant("rated-once")]
async fn the_two_lowest_open_a_call_back_until_the_next_working_day() {
    for (level, opened) in [(3, 0), (2, 1), (1, 1)] {
        let world = World::new().await;
        let owner = world.sign_in(OWNER).await;
        let reference = ended(&world, &owner).await;
        owner.post(&path(&reference), &json!({ "level": level, "says": "跑了四趟" })).await.expect(201);
        let grievance_officer = sign_in_officer(&world, GRIEVANCE_OFFICER).await;
        let list: Value = grievance_officer.get("/api/agency/grievances").await.expect(200).json();
        assert_eq!(list.as_array().unwrap().len(), opened, "level {level}");
        if opened == 1 {
            // The day after Tuesday 24 November.
            assert_eq!((&list[0]["source"], &list[0]["due"]), (&json!("rating"), &json!("2026-11-25")));
        }
    }
}
