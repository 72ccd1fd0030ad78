//! Certificates that are applied for again: what is offered when, what a draft takes along, what the new one takes over.

use serde_json::{Value, json};

use crate::officers::{CITY, case, decide, sign_in_officer, submitted_case, task_in_review};
use crate::submissions::send;
use crate::world::{OWNER, Reply, STRANGER, Visitor, World};

const DAY: i64 = 24 * 3600;
/// The permit ends on 24 November 2028: this is the first day of its last sixty.
const RENEWABLE: i64 = 671;

/// The code of a permit that was granted on 24 November 2026.
async fn granted(world: &World) -> String {
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    grant(world, &reference).await;
    let certificate = case(&owner, &reference).await["tasks"][0]["certificate"].clone();
    certificate["code"].as_str().unwrap().to_owned()
}

/// Approves a permit; the answer is the task as its officer saw it before.
async fn grant(world: &World, reference: &str) -> Value {
    let officer = sign_in_officer(world, CITY).await;
    let task = task_in_review(&officer, reference, "permit").await;
    decide(&officer, &task, "approve").await;
    task
}

async fn in_wallet(owner: &Visitor<'_>, code: &str) -> Value {
    let wallet = owner.get("/api/certificates?type=permit").await.expect(200).json();
    wallet.as_array().unwrap().iter().find(|one| one["code"] == code).unwrap().clone()
}

async fn begin(visitor: &Visitor<'_>, code: &str) -> Reply {
    let new = json!({ "service": "corner-shop", "division": "430703", "renews": code });
    visitor.post("/api/drafts", &new).await
}

/// Sends what was begun: the promise is given anew, and the register is asked again.
async fn sent(owner: &Visitor<'_>, draft: &Value) -> String {
    let draft = owner.look_up(draft, &json!({})).await.expect(200).json();
    let answers = json!({ "truth": { "accepted": true, "version": 1 } });
    let draft = owner.change(&draft, &answers).await.expect(200).json();
    let receipt = send(owner, &draft, "key-0002").await.expect(201).json();
    receipt["reference"].as_str().unwrap().to_owned()
}

#[tokio::test]
#[invariant::invariant("renewed-once")]
async fn a_permit_that_is_renewed_goes_on_and_the_old_one_is_replaced() {
    let world = World::new().await;
    let code = granted(&world).await;
    world.pass(RENEWABLE * DAY);
    let owner = world.sign_in(OWNER).await;
    let offered = in_wallet(&owner, &code).await["renewal"].clone();
    assert_eq!(offered["title"]["zh"], "续期");
    assert_eq!(offered["says"]["zh"], "上次填的还在。请在 2028-10-25 前提交。");
    let draft = begin(&owner, &code).await.expect(201).json();
    assert_eq!(begin(&owner, &code).await.expect(201).json()["id"], draft["id"], "it is begun once");
    let reference = sent(&owner, &draft).await;
    assert_eq!(in_wallet(&owner, &code).await["renewal"], Value::Null, "it is being decided");
    assert_eq!(begin(&owner, &code).await.expect(409).code(), "not-renewable");
    let task = grant(&world, &reference).await;
    assert_eq!(task["valid_until"], "2030-11-24", "the term goes on where the old one ends");
    let says = task["renews"]["zh"].as_str().unwrap();
    assert!(
        says.contains("延续：原证 常店〔2026〕第0001号，有效期至 2028-11-24") && says.contains("第五十条"),
        "{says}"
    );
    let new = case(&owner, &reference).await["tasks"][0]["certificate"].clone();
    assert_eq!((&new["number"], &new["state"]), (&json!("常店〔2026〕第0001号"), &json!("valid")));
    let old = in_wallet(&owner, &code).await;
    assert_eq!((&old["state"], &old["renewal"]), (&json!("replaced"), &Value::Null));
    let page = world.get(&format!("/check/{code}")).await.expect(200).text();
    assert!(page.contains("这张证已被新证代替") && !page.contains('✓'), "{page}");
}

#[tokio::test]
async fn a_renewal_takes_along_what_lasts_and_nothing_else() {
    let world = World::new().await;
    let code = granted(&world).await;
    world.pass(RENEWABLE * DAY);
    let owner = world.sign_in(OWNER).await;
    let before = case(&owner, "CD2611-0001-0").await["answers"].clone();
    let answers = begin(&owner, &code).await.expect(201).json()["answers"].clone();
    for kept in ["in-city", "track", "credit-code", "licence-name", "shop-address"] {
        assert_eq!(answers[kept], before[kept], "{kept}");
    }
    assert_eq!((&answers["sign"][0]["text"], &answers["sign"][0]["width"]), (&json!("刘记卤味"), &json!("3.5")));
    let photo = |answers: &Value| answers["sign"][0]["photos"][0]["id"].clone();
    assert_ne!(photo(&answers), photo(&before), "a copy of its own");
    owner.get(&format!("/api/attachments/{}", photo(&answers).as_str().unwrap())).await.expect(200);
    assert_eq!(answers["title-certificate"]["id"], code.as_str(), "the certificate of before is chosen");
    for asked_again in ["licence-check", "truth"] {
        assert_eq!(answers[asked_again], Value::Null, "{asked_again}");
    }
}

#[tokio::test]
#[invariant::invariant("renewed-once")]
async fn a_change_before_that_leaves_the_term_as_it_is() {
    let world = World::new().await;
    let code = granted(&world).await;
    world.pass((RENEWABLE - 1) * DAY);
    let owner = world.sign_in(OWNER).await;
    assert_eq!(in_wallet(&owner, &code).await["renewal"]["title"]["zh"], "变更");
    let draft = begin(&owner, &code).await.expect(201).json();
    let reference = sent(&owner, &draft).await;
    // The office takes its time: it is a change all the same.
    world.pass(3 * DAY);
    let task = grant(&world, &reference).await;
    assert_eq!(task["valid_until"], "2028-11-24");
    assert!(task["renews"]["en"].as_str().unwrap().starts_with("A change of"), "{}", task["renews"]);
}

#[tokio::test]
async fn a_form_that_says_something_else_is_no_renewal() {
    let world = World::new().await;
    let code = granted(&world).await;
    world.pass(RENEWABLE * DAY);
    let owner = world.sign_in(OWNER).await;
    let draft = begin(&owner, &code).await.expect(201).json();
    let draft = owner.change(&draft, &json!({ "track": "promise" })).await.expect(200).json();
    let reference = sent(&owner, &draft).await;
    let task = grant(&world, &reference).await;
    assert_eq!((&task["renews"], &task["valid_until"]), (&Value::Null, &json!("2030-09-25")));
    assert_eq!(in_wallet(&owner, &code).await["state"], "ends-soon", "nothing took its place");
}

#[tokio::test]
#[invariant::invariant("reminded-once")]
async fn the_holder_is_reminded_once_and_in_the_daytime() {
    let world = World::new().await;
    granted(&world).await;
    let reminders = async || {
        world.run_background_jobs().await;
        let messages = world.get(&format!("/demo/sms?phone={OWNER}")).await.expect(200).json();
        let text = |message: &Value| message["text"].as_str().unwrap().to_owned();
        messages.as_array().unwrap().iter().map(text).filter(|text| text.contains("有效期至")).collect::<Vec<_>>()
    };
    world.pass((RENEWABLE - 1) * DAY);
    assert_eq!(reminders().await, [""; 0]);
    world.pass(DAY + 12 * 3600);
    assert_eq!(reminders().await, [""; 0], "it is night");
    world.pass(12 * 3600);
    for _ in 0..2 {
        let says = "【一件事】您的开店许可证有效期至 2028-11-24。还要用的，请在 2028-10-25 前到“我的证照”里续期。";
        assert_eq!(reminders().await, [says]);
    }
}

#[tokio::test]
#[invariant::invariant("reminded-once")]
async fn nobody_is_reminded_of_what_is_being_renewed() {
    let world = World::new().await;
    let code = granted(&world).await;
    world.pass((RENEWABLE - 1) * DAY + 18 * 3600);
    let owner = world.sign_in(OWNER).await;
    let draft = begin(&owner, &code).await.expect(201).json();
    sent(&owner, &draft).await;
    world.pass(6 * 3600);
    world.run_background_jobs().await;
    let messages = world.get(&format!("/demo/sms?phone={OWNER}")).await.expect(200).text();
    assert!(!messages.contains("有效期至"), "{messages}");
}

#[tokio::test]
#[invariant::invariant("renewed-once")]
async fn what_is_expired_or_somebody_elses_is_not_renewed() {
    let world = World::new().await;
    let code = granted(&world).await;
    begin(&world.sign_in(STRANGER).await, &code).await.expect(404);
    world.pass(DAY);
    let owner = world.sign_in(OWNER).await;
    begin(&owner, "0123456789abcdef0123456789abcdef").await.expect(404);
    world.pass((RENEWABLE - 1) * DAY);
    let owner = world.sign_in(OWNER).await;
    let draft = begin(&owner, &code).await.expect(201).json();
    world.pass(61 * DAY);
    let owner = world.sign_in(OWNER).await;
    assert_eq!(in_wallet(&owner, &code).await["renewal"], Value::Null);
    assert_eq!(begin(&owner, &code).await.expect(409).code(), "not-renewable");
    assert_eq!(
        send(&owner, &draft, "key-0002").await.expect(409).code(),
        "not-renewable",
        "begun in time, sent too late"
    );
}
