//! Two officers, each with two windows open, decide at the same moment, a thousand times: one decision is taken each
//! time.

use serde_json::{Value, json};

use crate::officers::{CITY, DISTRICT, act, case, open, sign_in_officer};
use crate::submissions::send;
use crate::world::{OWNER, Visitor, World};

/// One after the other, each raced for.
const DECISIONS: [&str; 4] = ["accept", "review", "approve", "deliver"];
const CASES: usize = 250;

#[tokio::test]
#[invariant::invariant("one-decision")]
async fn of_two_officers_who_decide_at_once_one_does_a_thousand_times() {
    let world = World::of_short_services().await;
    let officers = [sign_in_officer(&world, CITY).await, sign_in_officer(&world, DISTRICT).await];
    let owner = world.sign_in(OWNER).await;
    let numbers: Vec<_> = (0..CASES).collect();
    for at_once in numbers.chunks(10) {
        futures_util::future::join_all(at_once.iter().map(|number| decided(&officers, &owner, *number))).await;
    }
}

/// A case from its beginning to its end, each step raced for.
async fn decided(officers: &[Visitor<'_>; 2], owner: &Visitor<'_>, number: usize) {
    let draft = owner.note(&number.to_string()).await;
    let receipt = send(owner, &draft, &format!("key-{number:04}")).await.expect(201).json();
    let reference = receipt["reference"].as_str().unwrap();
    let mut task = open(&officers[0], reference, "filing").await;
    for action in DECISIONS {
        task = raced_for(officers, &task, action).await;
    }
    let case = case(owner, reference).await;
    let taken: Vec<_> = case["history"].as_array().unwrap().iter().map(|event| event["action"].clone()).collect();
    assert_eq!(taken, DECISIONS, "each once");
    let notices = owner.get(&format!("/api/cases/{reference}/notices")).await.expect(200).json();
    assert_eq!(notices.as_array().unwrap().len(), 2, "accepted and approved: two papers");
}

/// Both officers claim the task and decide at once. Returns the task afterwards, unclaimed again.
async fn raced_for(officers: &[Visitor<'_>; 2], task: &Value, action: &str) -> Value {
    let (one, other) = tokio::join!(decides(&officers[0], task, action), decides(&officers[1], task, action));
    let taken: Vec<_> = one.into_iter().chain(other).collect();
    assert_eq!(taken.len(), 1, "{action}: one decision");
    let (_, task) = &taken[0];
    if task["mine"] == false {
        return task.clone();
    }
    let officer = officers.iter().find(|officer| officer.cookie == taken[0].0).unwrap();
    act(officer, task, "release", &json!({})).await.expect(200).json()
}

/// Reaches for the task and decides in two windows at once, whether or not it was got. Gives what was taken, and by
/// whom.
async fn decides(officer: &Visitor<'_>, task: &Value, action: &str) -> Vec<(String, Value)> {
    let claimed = act(officer, task, "claim", &json!({})).await;
    let seen = match claimed.status.as_u16() {
        200 => claimed.json(),
        409 | 412 => task.clone(),
        _ => claimed.expect(200).json(),
    };
    let decision = json!({ "action": action });
    let windows =
        tokio::join!(act(officer, &seen, "decisions", &decision), act(officer, &seen, "decisions", &decision));
    let mut taken = Vec::new();
    for reply in [windows.0, windows.1] {
        match reply.status.as_u16() {
            409 | 412 => {}
            _ => taken.push((officer.cookie.clone(), reply.expect(200).json())),
        }
    }
    taken
}
