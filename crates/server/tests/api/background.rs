//! Background work goes on: a partner that never answers and a case that cannot be read hold nothing else up.

use std::time::Duration;

use serde_json::json;
use sqlx::{Connection, SqliteConnection, query};
use tempfile::TempDir;
use tokio::time::timeout;

use crate::officers::{case, submitted_case, wait_for_sms};
use crate::submissions::send;
use crate::world::{OWNER, Visitor, World, settings};

const DAY: i64 = 24 * 60 * 60;
/// So long nothing takes that has an end.
const FOR_EVER: Duration = Duration::from_secs(20);

async fn impatient_world() -> World {
    let folder = TempDir::new().unwrap();
    let mut config = settings(&folder);
    config.partner_deadline = Duration::from_millis(100);
    World::with(config, folder).await
}

async fn status(owner: &Visitor<'_>, reference: &str) -> String {
    case(owner, reference).await["tasks"][0]["status"].as_str().unwrap().to_owned()
}

#[tokio::test]
#[invariant::invariant("nothing-held-up")]
async fn a_partner_that_never_answers_holds_up_no_job_and_no_request() {
    let world = impatient_world().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    for partner in ["sms-gateway", "payment", "identity", "certificate-library", "business-register"] {
        world.partner(partner, "hangs").await;
    }
    world.pass(8 * DAY);
    for _ in 0..2 {
        timeout(FOR_EVER, world.run_background_jobs()).await.expect("a round ends");
    }
    world.partner("sms-gateway", "ok").await;
    let owner = world.sign_in(OWNER).await;
    assert_eq!(status(&owner, &reference).await, "accepted");
    timeout(FOR_EVER, owner.get("/api/certificates")).await.expect("an answer").expect(503);
    let draft = owner.draft().await;
    let draft = owner.change(&draft, &json!({ "credit-code": crate::world::CREDIT_CODE })).await.expect(200).json();
    let looked_up = timeout(FOR_EVER, owner.look_up(&draft, &json!({}))).await.expect("an answer").expect(200).json();
    assert_eq!(looked_up["answers"]["licence-check"]["status"], "unavailable");
    world.pass(2 * 60 * 60);
    world.run_background_jobs().await;
    wait_for_sms(&world, "已经受理").await;
}

#[tokio::test]
#[invariant::invariant("nothing-held-up")]
async fn a_case_that_cannot_be_read_holds_up_no_other() {
    let mut world = World::of_short_services().await;
    world.pass(35 * DAY);
    let owner = world.sign_in(OWNER).await;
    let mut references = Vec::new();
    for subject in ["一", "二", "三"] {
        let draft = owner.note(subject).await;
        let receipt = send(&owner, &draft, &format!("key-000{}", references.len())).await.expect(201).json();
        references.push(receipt["reference"].as_str().unwrap().to_owned());
    }
    let before = case(&owner, &references[1]).await["tasks"][0].clone();
    assert_eq!(before["due_is_provisional"], true, "{before}");
    let file = world.config.data.join("yijianshi.sqlite");
    let mut database = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    query("update cases set answers = 'no JSON' where reference = ?")
        .bind(&references[0])
        .execute(&mut database)
        .await
        .unwrap();
    let calendar = world.config.data.join("calendar.toml");
    let announced = "source = 'made up'\nyears = [2026, 2027]\nholidays = ['2027-01-01']\nworkdays = []";
    std::fs::write(&calendar, announced).unwrap();
    world.config.calendar = Some(calendar);
    world.restart().await;
    world.run_background_jobs().await;
    world.pass(9 * DAY);
    world.run_background_jobs().await;
    let owner = world.sign_in(OWNER).await;
    for reference in &references[1..] {
        let task = case(&owner, reference).await["tasks"][0].clone();
        assert_eq!((&task["due_is_provisional"], &task["status"]), (&json!(false), &json!("accepted")), "{task}");
    }
}
