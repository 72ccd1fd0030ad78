//! Certificates that end: what their holder, an officer and a window see of it.

use serde_json::{Value, json};

use crate::officers::{CITY, case, decide, sign_in_officer, submitted_case, task_in_review};
use crate::world::{OWNER, Visitor, World};

const DAY: i64 = 24 * 3600;

/// The permit of a corner shop, which holds for two years from 24 November 2026.
async fn permit(world: &World, owner: &Visitor<'_>) -> Value {
    let reference = submitted_case(owner).await;
    let officer = sign_in_officer(world, CITY).await;
    let task = task_in_review(&officer, &reference, "permit").await;
    assert_eq!(task["valid_until"], "2028-11-24", "the officer knows what the approval grants");
    decide(&officer, &task, "approve").await;
    case(owner, &reference).await["tasks"][0]["certificate"].clone()
}

async fn in_wallet(owner: &Visitor<'_>) -> Value {
    owner.get("/api/certificates?type=permit").await.expect(200).json()[0].clone()
}

#[tokio::test]
#[invariant::invariant("ended-certificates")]
async fn a_certificate_says_until_when_it_holds_and_that_it_ends_soon() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let permit = permit(&world, &owner).await;
    assert_eq!((&permit["valid_until"], &permit["state"]), (&json!("2028-11-24"), &json!("valid")));
    assert_eq!(permit["says"]["zh"], "有效期至 2028-11-24");
    world.pass(700 * DAY);
    let owner = world.sign_in(OWNER).await;
    let permit = in_wallet(&owner).await;
    assert_eq!(permit["state"], "ends-soon");
    assert_eq!(permit["says"]["zh"], "有效期至 2028-11-24，还有 31 天");
}

#[tokio::test]
#[invariant::invariant("ended-certificates")]
async fn an_expired_certificate_looks_valid_nowhere() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let code = permit(&world, &owner).await["code"].as_str().unwrap().to_owned();
    let check = async || world.get(&format!("/check/{code}")).await.expect(200).text();
    let page = check().await;
    assert!(page.contains("这张证是真的") && page.contains("有效期至 2028-11-24"), "{page}");
    world.pass(732 * DAY);
    let page = check().await;
    assert!(page.contains("这张证已经过期") && page.contains("2028-11-24 已到期，不再有效"), "{page}");
    assert!(!page.contains("这张证是真的") && !page.contains('✓'), "{page}");
    let owner = world.sign_in(OWNER).await;
    let permit = in_wallet(&owner).await;
    assert_eq!(
        (&permit["state"], &permit["says"]["en"]),
        (&json!("expired"), &json!("Expired on 2028-11-24; no longer valid"))
    );
}
