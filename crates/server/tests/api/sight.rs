//! An officer sees what the item needs: answers, findings of registers, files, verdicts, words of other offices.

use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection, query_scalar};

use crate::officers::{CITY, HEALTH, act, decide, family_case, open, sign_in_officer, submitted_case};
use crate::world::{OWNER, World};

fn names(answers: &Value) -> Vec<&str> {
    answers.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
#[invariant::invariant("seen-is-needed")]
async fn answers_that_an_item_does_not_need_are_not_there() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let permit = open(&officer, &reference, "permit").await;
    assert_eq!(permit["answers"]["sign"][0]["photos"].as_array().unwrap().len(), 1);
    assert_eq!(permit["answers"]["licence-check"]["found"]["name"], permit["answers"]["licence-name"]);
    let paper = |name: &str| json!({ "material": name, "mode": "upload", "uploads": ["sign.photos"], "given": true });
    assert!(permit["papers"].as_array().unwrap().contains(&paper("pictures")), "{}", permit["papers"]);

    let inspection = open(&officer, &reference, "inspection").await;
    assert_eq!(names(&inspection["answers"]), ["contact-phone", "shop-address"]);
    assert_eq!(inspection["asked"], json!([{ "field": "contact-phone" }, { "field": "shop-address" }]));
    assert_eq!((&inspection["papers"], &inspection["verdicts"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
#[invariant::invariant("seen-is-needed")]
async fn verdicts_are_those_of_the_whole_application_at_the_places_that_are_seen() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    // The sign of 3.5 metres is wider than three: it may be sent, and the officer gets a warning. Nothing is missing.
    let verdicts = open(&officer, &reference, "permit").await["verdicts"].clone();
    let places: Vec<_> = verdicts.as_array().unwrap().iter().map(|one| (&one["field"], &one["row"])).collect();
    assert_eq!(places, [(&json!("sign.width"), &json!(0))], "{verdicts}");
    assert_eq!(open(&officer, &reference, "inspection").await["verdicts"], Value::Null);
}

#[tokio::test]
#[invariant::invariant("seen-is-needed")]
async fn a_file_of_another_item_is_not_there() {
    let world = World::new().await;
    let mother = world.sign_in("13807360030").await;
    let reference = family_case(&mother, "文宁的妈妈").await;
    let health = sign_in_officer(&world, HEALTH).await;
    let certificate = open(&health, &reference, "certificate").await;
    let book = certificate["answers"]["book"][0]["id"].as_str().unwrap().to_owned();
    health.get(&format!("/api/agency/attachments/{book}")).await.expect(200);
    let insurance = open(&health, &reference, "insurance").await;
    assert!(!insurance.to_string().contains(&book), "{insurance}");
    assert_eq!(names(&insurance["answers"]), ["birth-time", "child-name", "mother-name"]);
    let police = sign_in_officer(&world, "聂志强").await;
    police.get(&format!("/api/agency/attachments/{book}")).await.expect(404);
}

#[tokio::test]
#[invariant::invariant("seen-is-needed")]
async fn a_return_cannot_ask_for_what_is_not_seen() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let mut task = open(&officer, &reference, "permit").await;
    task = act(&officer, &task, "claim", &json!({})).await.expect(200).json();
    for action in ["accept", "review", "approve"] {
        task = decide(&officer, &task, action).await;
    }
    let task = open(&officer, &reference, "inspection").await;
    // The officer sees that the permit was approved, and its number, which the inspection needs.
    assert!(task["others"][0]["certificate"].is_object(), "{}", task["others"]);
    let task = act(&officer, &task, "claim", &json!({})).await.expect(200).json();
    let asking = |field: &str| json!({ "action": "return", "reasons": [{ "field": field, "says": "请补" }] });
    for hidden in ["sign.photos", "sign.text", "credit-code", "licence-photo"] {
        act(&officer, &task, "decisions", &asking(hidden)).await.expect(422);
    }
    act(&officer, &task, "decisions", &asking("contact-phone")).await.expect(200);
    let words = json!({ "field": "contact-phone", "says": "请补" });
    let seen = open(&officer, &reference, "permit").await;
    assert!(!seen["history"].to_string().contains(&words["says"].to_string()), "{}", seen["history"]);
}

#[tokio::test]
#[invariant::invariant("seen-is-needed")]
async fn a_view_of_a_case_is_one_line_of_the_audit() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    open(&officer, &reference, "permit").await;
    let file = world.config.data.join("yijianshi.sqlite");
    let mut database = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    let views = "select count(*) from audit where action = 'view' and object = ?1";
    let views: i64 = query_scalar(views).bind(format!("{reference}/permit")).fetch_one(&mut database).await.unwrap();
    assert_eq!(views, 1);
}
