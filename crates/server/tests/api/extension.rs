//! 延长期限 (行政许可法 §42): once, in time, with a reason, and with a message to the applicant.

use serde_json::{Value, json};

use crate::officers::{CITY, act, case, open, sign_in_officer, submitted_case, task_in_review, wait_for_sms};
use crate::world::{OWNER, World};

fn extends(says: &str) -> Value {
    json!({ "action": "extend", "says": says })
}

fn offers(task: &Value) -> bool {
    task["actions"].as_array().unwrap().contains(&json!("extend"))
}

#[tokio::test]
#[invariant::invariant("extended-once")]
async fn the_last_day_is_moved_once_with_a_reason_that_the_applicant_reads() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let task = task_in_review(&officer, &reference, "permit").await;
    assert!(offers(&task));
    act(&officer, &task, "decisions", &extends(" ")).await.expect(422);
    let task = act(&officer, &task, "decisions", &extends("要和消防会商")).await.expect(200).json();
    // Ten working days after Thursday the third.
    assert_eq!((&task["status"], &task["due"]), (&json!("in-review"), &json!("2026-12-17")));
    assert!(!offers(&task), "a second time is offered");
    assert_eq!(act(&officer, &task, "decisions", &extends("还要会商")).await.expect(409).code(), "step-not-allowed");
    let seen = case(&owner, &reference).await;
    let event = seen["history"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&event["action"], &event["says"]), (&json!("extend"), &json!("要和消防会商")));
    let messages = wait_for_sms(&world, "办理时限延长").await;
    assert_eq!(messages.iter().filter(|message| message.contains("办理时限延长")).count(), 1);
}

#[tokio::test]
#[invariant::invariant("extended-once")]
async fn an_overdue_task_cannot_be_extended() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    task_in_review(&officer, &reference, "permit").await;
    world.pass(20 * 24 * 3600);
    let officer = sign_in_officer(&world, CITY).await;
    let task = open(&officer, &reference, "permit").await;
    assert!(!offers(&task));
    act(&officer, &task, "decisions", &extends("来不及")).await.expect(409);
}
