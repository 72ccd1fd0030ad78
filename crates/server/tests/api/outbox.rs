//! SMS that a gateway refuses: retried with growing pauses, never given up, and counted for the grievance office.

use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection, query};

use crate::officers::{CITY, GRIEVANCE_OFFICER, sign_in_officer, submitted_case, wait_for_sms};
use crate::world::{OWNER, Visitor, World};

const PATH: &str = "/api/agency/outbox";

/// The outbox once its messages were tried so often: they go out beside the request.
async fn tried(world: &World, times: u32) -> Value {
    let grievance_officer = sign_in_officer(world, GRIEVANCE_OFFICER).await;
    let mut seen = Value::Null;
    for _ in 0..10_000 {
        seen = grievance_officer.get(PATH).await.expect(200).json();
        if seen["most_failures"] == times {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(seen["most_failures"], times, "{seen}");
    seen
}

#[tokio::test]
#[invariant::invariant("nothing-given-up")]
async fn a_refused_message_is_retried_with_growing_pauses_and_sent_in_the_end() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    world.partner("sms-gateway", "fails").await;
    submitted_case(&owner).await;
    // Each look is half a minute later, as officers sign in with a code of that half minute.
    let first = tried(&world, 1).await;
    assert_eq!((&first["waiting"], &first["failing"]), (&json!(1), &json!(1)));
    assert_eq!(first["oldest_at"], "2026-11-24T02:00:00Z");
    world.pass(45);
    world.run_background_jobs().await;
    tried(&world, 2).await;
    // Within a minute of the second failure no sender retries, however often the officer looks.
    for _ in 0..5 {
        world.run_background_jobs().await;
    }
    assert_eq!(sign_in_officer(&world, GRIEVANCE_OFFICER).await.get(PATH).await.expect(200).json()["most_failures"], 2);
    for failures in 3..12 {
        world.pass(2 * 60 * 60);
        world.run_background_jobs().await;
        tried(&world, failures).await;
    }
    world.partner("sms-gateway", "ok").await;
    world.pass(2 * 60 * 60);
    world.run_background_jobs().await;
    world.run_background_jobs().await;
    let received = wait_for_sms(&world, "已经收到").await;
    assert_eq!(received.iter().filter(|text| text.contains("已经收到")).count(), 1, "{received:?}");
    let after = sign_in_officer(&world, GRIEVANCE_OFFICER).await.get(PATH).await.expect(200).json();
    assert_eq!(after, json!({ "waiting": 0, "failing": 0, "most_failures": 0 }));
}

#[tokio::test]
#[invariant::invariant("nothing-given-up")]
async fn a_message_that_fails_does_not_delay_a_newer_one() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    world.partner("sms-gateway", "fails").await;
    let reference = submitted_case(&owner).await;
    tried(&world, 1).await;
    world.partner("sms-gateway", "ok").await;
    owner.post(&format!("/api/cases/{reference}/withdrawal"), &json!({})).await.expect(200);
    wait_for_sms(&world, "已按您的要求撤回").await;
}

#[tokio::test]
#[invariant::invariant("nothing-given-up")]
async fn only_the_grievance_office_sees_the_outbox() {
    let world = World::new().await;
    world.get(PATH).await.expect(401);
    sign_in_officer(&world, CITY).await.get(PATH).await.expect(404);
}

/// As when the program was killed between the gateway's yes and the note of it.
async fn forget_what_was_sent(world: &World) {
    let file = world.config.data.join("yijianshi.sqlite");
    let mut connection = SqliteConnection::connect(file.to_str().unwrap()).await.unwrap();
    let forgotten = query("update outbox set sent_at = null, leased_until = 0").execute(&mut connection).await.unwrap();
    assert_ne!(forgotten.rows_affected(), 0);
}

async fn nothing_waits(grievance_officer: &Visitor<'_>) {
    let mut waiting = Value::Null;
    for _ in 0..10_000 {
        waiting = grievance_officer.get(PATH).await.expect(200).json()["waiting"].clone();
        if waiting == 0 {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(waiting, 0);
}

#[tokio::test]
#[invariant::invariant("nothing-given-up")]
async fn a_message_whose_sender_was_killed_is_sent_again_and_comes_once() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    submitted_case(&owner).await;
    let grievance_officer = sign_in_officer(&world, GRIEVANCE_OFFICER).await;
    nothing_waits(&grievance_officer).await;
    forget_what_was_sent(&world).await;
    world.run_background_jobs().await;
    nothing_waits(&grievance_officer).await;
    let received = wait_for_sms(&world, "已经收到").await;
    assert_eq!(received.iter().filter(|text| text.contains("已经收到")).count(), 1, "{received:?}");
}
