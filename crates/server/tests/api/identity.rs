//! Who somebody is: the resident number that the identity service vouches for, not a phone, which other people get in
//! time.

use std::path::Path;

use futures_util::future::join_all;
use serde_json::{Value, json};
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection, query};
use tempfile::TempDir;

use crate::officers::{CITY, act, case, open, sign_in_officer, submitted_case, wait_for_sms_to};
use crate::world::{OWNER, World, settings};

/// A number of the demonstration that nobody has.
const NEW_PHONE: &str = "13907361234";
const DAY: i64 = 24 * 60 * 60;

/// What the identity service knows of a phone from now on.
async fn register_phone(world: &World, phone: &str, name: &str, resident_id: &str) {
    let file = world.config.data.join("yijianshi.sqlite");
    let mut database = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    query("insert or replace into demo_people values (?, ?, ?, ?, '', '')")
        .bind(phone)
        .bind(name)
        .bind(resident_id)
        .bind(format!("ticket-{phone}"))
        .execute(&mut database)
        .await
        .unwrap();
}

async fn resident_id_of(world: &World, phone: &str) -> String {
    let people = world.get("/demo/people").await.expect(200).json();
    let person = people.as_array().unwrap().iter().find(|person| person["phone"] == phone).unwrap().clone();
    person["resident_id"].as_str().unwrap().to_owned()
}

#[tokio::test]
#[invariant::invariant("a-person-is-no-phone")]
async fn a_phone_that_changed_hands_opens_an_empty_account_and_its_former_owner_keeps_theirs() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let session = owner.get("/api/session").await.expect(200).json();
    let reference = submitted_case(&owner).await;
    owner.draft().await;
    let resident_id = resident_id_of(&world, OWNER).await;
    register_phone(&world, NEW_PHONE, "刘建国", &resident_id).await;
    register_phone(&world, OWNER, "新机主", "430702199001011235").await;
    world.pass(61);

    let other = world.sign_in(OWNER).await;
    let others = other.get("/api/session").await.expect(200).json();
    assert_eq!(others["name"], "新机主");
    assert_ne!(others["journal_key"], session["journal_key"], "a journal on a shared phone would open");
    for path in ["/api/cases", "/api/drafts", "/api/certificates"] {
        assert_eq!(other.get(path).await.expect(200).json(), json!([]), "{path}");
    }
    other.get(&format!("/api/cases/{reference}")).await.expect(404);

    let owner = world.sign_in(NEW_PHONE).await;
    let again = owner.get("/api/session").await.expect(200).json();
    assert_eq!((&again["phone"], &again["journal_key"]), (&json!("139****1234"), &session["journal_key"]));
    assert_eq!(case(&owner, &reference).await["reference"], json!(reference));
    assert_eq!(owner.get("/api/drafts").await.expect(200).json().as_array().unwrap().len(), 1);
    let officer = sign_in_officer(&world, CITY).await;
    let task = open(&officer, &reference, "permit").await;
    let task = act(&officer, &task, "claim", &json!({})).await.expect(200).json();
    act(&officer, &task, "decisions", &json!({ "action": "accept" })).await.expect(200);
    wait_for_sms_to(&world, NEW_PHONE, "已经受理").await;
    let messages = world.get(&format!("/demo/sms?phone={OWNER}")).await.expect(200).text();
    assert!(!messages.contains("已经受理"), "the phone's new owner reads it: {messages}");
}

#[tokio::test]
#[invariant::invariant("a-person-is-no-phone")]
async fn while_the_identity_service_is_silent_a_phone_opens_its_account_for_ninety_days() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    owner.draft().await;
    let drafts = async || {
        let drafts = world.sign_in(OWNER).await.get("/api/drafts").await.expect(200).json();
        drafts.as_array().unwrap().len()
    };
    world.partner("identity", "fails").await;
    world.pass(89 * DAY);
    assert_eq!(drafts().await, 1);
    world.pass(89 * DAY);
    assert_eq!(drafts().await, 1, "ninety days from the last time");
    world.pass(91 * DAY);
    assert_eq!(drafts().await, 0, "by then the number may be somebody else's");
    // The identity service knows whose it is.
    world.partner("identity", "ok").await;
    world.pass(61);
    assert_eq!(drafts().await, 1);
}

#[tokio::test]
async fn what_was_begun_while_the_identity_service_was_silent_is_the_persons() {
    let world = World::new().await;
    world.partner("identity", "fails").await;
    world.sign_in(OWNER).await.draft().await;
    world.partner("identity", "ok").await;
    world.pass(61);
    let owner = world.sign_in(OWNER).await;
    assert_eq!(owner.get("/api/session").await.expect(200).json()["name"], "刘建国");
    assert_eq!(owner.get("/api/drafts").await.expect(200).json().as_array().unwrap().len(), 1);
}

/// A database as it was before this migration.
async fn database_before(file: &Path, migration: &str) -> SqliteConnection {
    let (all, earlier) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite"), TempDir::new().unwrap());
    for one in std::fs::read_dir(all).unwrap().map(Result::unwrap) {
        if one.file_name().to_str().unwrap() < migration {
            std::fs::copy(one.path(), earlier.path().join(one.file_name())).unwrap();
        }
    }
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    let mut database = options.connect().await.unwrap();
    Migrator::new(earlier.path()).await.unwrap().run(&mut database).await.unwrap();
    database
}

#[tokio::test]
async fn one_person_under_two_phones_becomes_one_account() {
    let folder = TempDir::new().unwrap();
    let config = settings(&folder);
    let mut before = database_before(&folder.path().join("yijianshi.sqlite"), "0022").await;
    for statement in [
        "insert into citizens (id, phone, name, resident_id, created_at)
         values ('former', '13900000000', '刘建国', '430703197804123014', 1), ('later', '13807360001', '刘建国', '430703197804123014', 2)",
        "insert into drafts (id, citizen, service, service_version, division, answers, version, created_at, saved_at)
         values ('draft', 'former', 'note', 1, '430703', '{}', 1, 1, 1)",
    ] {
        query(statement).execute(&mut before).await.unwrap();
    }
    before.close().await.unwrap();
    let mut world = World::with(config, folder).await;
    world.restart().await;
    let foreign =
        SqliteConnection::connect(&format!("sqlite:{}", world.config.data.join("yijianshi.sqlite").display()));
    let broken = query("pragma foreign_key_check").fetch_all(&mut foreign.await.unwrap()).await.unwrap();
    assert!(broken.is_empty());
    let owner = world.sign_in(OWNER).await;
    let session = owner.get("/api/session").await.expect(200).json();
    assert_eq!((&session["name"], &session["phone"]), (&json!("刘建国"), &json!("138****0001")));
    owner.delete("/api/drafts/draft").await.expect(204);
}

#[tokio::test]
async fn a_ticket_opens_one_session() {
    let world = World::new().await;
    let ticket = json!({ "ticket": "ticket-chen" });
    let visitor = world.visitor();
    let replies = join_all((0..20).map(|_| visitor.post("/api/session", &ticket))).await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1);
    assert_eq!(replies.iter().filter(|reply| reply.code() == "wrong-ticket").count(), 19);
    let next: Value = visitor.post("/api/session", &json!({ "ticket": "ticket-chen.2" })).await.expect(201).json();
    assert_eq!(next["name"], "陈静");
}
