//! A signer who does not answer: reminders on days 1, 3 and 7 in the daytime, and an end that says what comes next.

use serde_json::{Value, json};

use crate::audit::lines;
use crate::officers::wait_for_sms_to;
use crate::signing::{PARTNER, answers, ask_to_sign, current, deed, heirs, look, requests, sign};
use crate::submissions::send;
use crate::world::{OWNER, World};

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

async fn reminders(world: &World) -> usize {
    lines(world, "remind-signer").await.len()
}

#[tokio::test]
async fn a_silent_signer_is_reminded_three_times_and_then_the_request_ends() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let draft = deed(&owner, &answers("卖房")).await;
    let request = ask_to_sign(&owner, &draft, "partner-signature", None).await.expect(201).json();
    assert_eq!(request["ends_at"], "2026-12-04T02:00:00Z");
    let mut seen = Vec::new();
    for day in 0..=10 {
        for _ in 0..2 {
            world.run_background_jobs().await;
        }
        seen.push((day, reminders(&world).await));
        world.pass(DAY);
    }
    assert_eq!(seen, [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 2), (6, 2), (7, 3), (8, 3), (9, 3), (10, 3)]);
    let told = wait_for_sms_to(&world, PARTNER, "还没有签").await;
    assert_eq!(told.iter().filter(|text| text.contains("还没有签")).count(), 3, "{told:?}");
    let told = wait_for_sms_to(&world, OWNER, "一直没有在“契约”上签名").await;
    assert_eq!(told.iter().filter(|text| text.contains("对方一直不签的，可以换一个人。")).count(), 1, "{told:?}");
    let owner = world.sign_in(OWNER).await;
    let listed = requests(&owner, &draft).await;
    assert_eq!(
        (&listed[0]["state"], &listed[0]["unsigned"]["zh"]),
        (&json!("ended"), &json!("对方一直不签的，可以换一个人。"))
    );
    let partner = world.sign_in(PARTNER).await;
    assert_eq!(look(&partner, &request).await.expect(200).json()["state"], "ended");
    let again = ask_to_sign(&owner, &draft, "partner-signature", None).await.expect(201).json();
    let seen = look(&partner, &again).await.expect(200).json();
    sign(&partner, &again, &seen["to_sign"]["content_hash"]).await.expect(200);
    world.pass(DAY);
    world.run_background_jobs().await;
    assert_eq!(reminders(&world).await, 3, "nobody is reminded of what they signed");
}

#[tokio::test]
async fn the_last_day_holds_before_any_job_has_run() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let draft = deed(&owner, &answers("卖房")).await;
    let draft = owner.change(&draft, &heirs()).await.expect(200).json();
    let request = ask_to_sign(&owner, &draft, "partner-signature", None).await.expect(201).json();
    let partner = world.sign_in(PARTNER).await;
    let hash = look(&partner, &request).await.expect(200).json()["to_sign"]["content_hash"].clone();
    world.pass(10 * DAY - 1);
    let partner = world.sign_in(PARTNER).await;
    assert_eq!(look(&partner, &request).await.expect(200).json()["state"], "seen");
    world.pass(1);
    let late = look(&partner, &request).await.expect(200).json();
    assert_eq!((&late["state"], &late["to_sign"]), (&json!("ended"), &Value::Null));
    sign(&partner, &request, &hash).await.expect(409);
    let owner = world.sign_in(OWNER).await;
    assert_eq!(requests(&owner, &draft).await[0]["state"], "ended");
}

#[tokio::test]
async fn no_reminder_wakes_anybody() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let draft = deed(&owner, &answers("卖房")).await;
    ask_to_sign(&owner, &draft, "partner-signature", None).await.expect(201);
    // A quarter past midnight in Changde, and then ten in the morning.
    world.pass(DAY + 14 * HOUR + 15 * 60);
    world.run_background_jobs().await;
    assert_eq!(reminders(&world).await, 0);
    world.pass(10 * HOUR);
    world.run_background_jobs().await;
    assert_eq!(reminders(&world).await, 1);
}

#[tokio::test]
async fn whoever_is_not_named_any_more_is_not_asked_any_more() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let draft = deed(&owner, &answers("卖房")).await;
    let request = ask_to_sign(&owner, &draft, "partner-signature", None).await.expect(201).json();
    let partner = world.sign_in(PARTNER).await;
    let hash = look(&partner, &request).await.expect(200).json()["to_sign"]["content_hash"].clone();
    let other = json!({ "partner-name": "曹映雪", "partner-id": "430725199706290027" });
    owner.change(&draft, &other).await.expect(200);
    assert_eq!(requests(&owner, &draft).await[0]["state"], "cancelled");
    let shown = look(&partner, &request).await.expect(200).json();
    assert_eq!((&shown["state"], &shown["to_sign"]), (&json!("cancelled"), &Value::Null));
    sign(&partner, &request, &hash).await.expect(409);
    world.pass(DAY);
    world.run_background_jobs().await;
    assert_eq!(reminders(&world).await, 0);
    // A deleted draft leaves nothing to open.
    let owner = world.sign_in(OWNER).await;
    let draft = current(&owner, &draft).await;
    owner.delete(&format!("/api/drafts/{}", draft["id"].as_str().unwrap())).await.expect(204);
    look(&world.sign_in(PARTNER).await, &request).await.expect(404);
}

#[tokio::test]
#[invariant::invariant("signed-is-sent")]
async fn a_signature_that_the_day_has_overtaken_can_be_given_anew() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let draft = deed(&owner, &answers("卖房")).await;
    let dated = json!({ "until": "2026-11-26", "remark": "这几天有效" });
    let draft = owner.change(&draft, &dated).await.expect(200).json();
    let first = ask_to_sign(&owner, &draft, "partner-signature", None).await.expect(201).json();
    let partner = world.sign_in(PARTNER).await;
    let seen = look(&partner, &first).await.expect(200).json();
    sign(&partner, &first, &seen["to_sign"]["content_hash"]).await.expect(200);
    // Nobody changes anything, but on this day the remark would not be sent any more.
    world.pass(3 * DAY);
    let (owner, partner) = (world.sign_in(OWNER).await, world.sign_in(PARTNER).await);
    let signers = owner.get(&format!("/api/drafts/{}/signers", draft["id"].as_str().unwrap())).await.expect(200).json();
    let signer = &signers["signers"][0];
    assert_eq!((&signer["is_signed"], &signer["request"]["state"]), (&json!(false), &json!("voided")));
    send(&owner, &current(&owner, &draft).await, "key-0001").await.expect(422);
    let again = ask_to_sign(&owner, &draft, "partner-signature", None).await.expect(201).json();
    let seen = look(&partner, &again).await.expect(200).json();
    sign(&partner, &again, &seen["to_sign"]["content_hash"]).await.expect(200);
    let told = wait_for_sms_to(&world, OWNER, "已经在“契约”上签名").await;
    assert!(told.iter().all(|text| !text.contains("撤回") && !text.contains("作废")), "{told:?}");
    send(&owner, &current(&owner, &draft).await, "key-0002").await.expect(201);
}
