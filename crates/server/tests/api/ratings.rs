//! 好差评: once an item, by the applicant, after its end; the lowest are called back, and reach the office that earned them.

use serde_json::{Value, json};

use sqlx::{Connection, SqliteConnection};

use crate::officers::{
    CITY, DISTRICT, GRIEVANCE_OFFICER, HEALTH, act, case, sign_in_officer, submitted_case, task_in_review,
};
use crate::stages::{applied, decided};
use crate::world::{NOW, OWNER, STRANGER, Visitor, World};

const DAY: i64 = 24 * 60 * 60;

fn path(reference: &str) -> String {
    format!("/api/cases/{reference}/ratings")
}

/// A case that is over: the permit is declined, so what waited for it is void.
async fn ended(world: &World, owner: &Visitor<'_>) -> String {
    let reference = submitted_case(owner).await;
    refused(world, &reference).await;
    reference
}

pub(crate) async fn refused(world: &World, reference: &str) {
    let officer = sign_in_officer(world, CITY).await;
    let task = task_in_review(&officer, reference, "permit").await;
    let refusal = json!({ "action": "refuse", "says": "会挡住消防窗", "basis": "行政许可法第三十八条" });
    act(&officer, &task, "decisions", &refusal).await.expect(200);
}

#[tokio::test]
#[invariant::invariant("rated-once")]
async fn a_handling_is_rated_once_by_its_owner_after_its_end() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let early = submitted_case(&owner).await;
    for item in [json!("permit"), Value::Null] {
        let good = json!({ "item": item, "level": 5, "points": ["efficiency"] });
        owner.post(&path(&early), &good).await.expect(409);
    }
    let case = case(&owner, &early).await;
    assert_eq!((&case["may_rate"], &case["ratings"]), (&json!(false), &Value::Null));
}

/// Each item has an office of its own, so that one is not blamed for another.
#[tokio::test]
#[invariant::invariant("rated-once")]
async fn each_item_is_rated_by_itself_as_soon_as_it_has_ended() {
    let world = World::of_short_services().await;
    let (officer, owner) = (sign_in_officer(&world, CITY).await, world.sign_in(OWNER).await);
    let reference = applied(&owner, None).await;
    let rated = |item: &str, level: u32| json!({ "item": item, "level": level });
    decided(&officer, &reference, "first", &["accept", "review", "approve", "deliver"]).await;
    assert_eq!(case(&owner, &reference).await["ratings"], json!([{ "item": "first", "may_rate": true }]));
    owner.post(&path(&reference), &rated("second", 5)).await.expect(409);
    owner.post(&path(&reference), &rated("no-such-item", 5)).await.expect(409);
    owner.post(&path(&reference), &rated("first", 5)).await.expect(201);
    owner.post(&path(&reference), &rated("first", 4)).await.expect(409);
    decided(&officer, &reference, "second", &["accept", "review", "refuse"]).await;
    owner.post(&path(&reference), &rated("second", 3)).await.expect(201);
    let again = json!({ "item": "second", "level": 4, "follow_up": true });
    let case = owner.post(&path(&reference), &again).await.expect(201).json();
    let levels: Vec<_> = case["ratings"].as_array().unwrap().iter().map(|one| &one["rating"]["level"]).collect();
    // The look at the end never began, so nobody handled it.
    assert_eq!(levels, [&json!(5), &json!(3)]);
    assert_eq!(case["ratings"][1]["rating"]["followed_up"], 4);
    owner.post(&path(&reference), &json!({ "level": 5 })).await.expect(409);
}

#[tokio::test]
#[invariant::invariant("rated-once")]
async fn a_low_rating_reaches_the_office_that_earned_it_and_no_other() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = ended(&world, &owner).await;
    let low = json!({ "item": "permit", "level": 1, "says": "跑了四趟" });
    owner.post(&path(&reference), &low).await.expect(201);
    for (name, sees) in [(GRIEVANCE_OFFICER, true), (CITY, true), (DISTRICT, true), (HEALTH, false)] {
        let officer = sign_in_officer(&world, name).await;
        let list = officer.get("/api/agency/grievances").await.expect(200).json();
        assert_eq!(list.as_array().unwrap().len(), usize::from(sees), "{name}");
        if sees {
            let number = list[0]["number"].as_str().unwrap();
            let detail = officer.get(&format!("/api/agency/grievances/{number}")).await.expect(200).json();
            assert_eq!((&detail["item"]["en"], &detail["happened"]), (&json!("Permit"), &json!("跑了四趟")), "{name}");
            // The desk calls; the office reads it, and acts on it when it is handed over.
            assert_eq!(detail["actions"] == json!([]), name != GRIEVANCE_OFFICER, "{name}");
        }
        let figures = officer.get("/api/agency/figures").await.expect(200).json();
        let counted = (&figures["ratings"], &figures["satisfied"]);
        assert_eq!(counted, (&json!(u32::from(sees)), &json!(0)), "{name}");
    }
}

/// Before items were rated, a case was: its rating is still shown, counted and followed up.
#[tokio::test]
async fn a_rating_of_a_whole_case_from_before_goes_on_being_read() {
    let mut world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = ended(&world, &owner).await;
    let file = world.config.data.join("yijianshi.sqlite");
    let mut database = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    // The table as it was, with one rating, before the migration.
    let before = format!(
        "drop table ratings;
         create table ratings (reference text primary key references cases (reference), level integer not null,
             points text not null, says text not null, at integer not null, follow_level integer, follow_says text,
             follow_at integer, grievance text references grievances (number)) strict;
         insert into ratings values ('{reference}', 4, '[]', '', {NOW}, null, null, null, null);
         alter table grievances drop column item;
         delete from _sqlx_migrations where version = 35;",
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(before)).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
    let cookie = owner.cookie.clone();
    world.restart().await;
    let owner = Visitor { world: &world, cookie };
    let seen = case(&owner, &reference).await;
    assert_eq!(
        (&seen["rating"]["level"], &seen["may_rate"], &seen["ratings"]),
        (&json!(4), &json!(false), &Value::Null)
    );
    owner.post(&path(&reference), &json!({ "item": "permit", "level": 1 })).await.expect(409);
    let case = owner.post(&path(&reference), &json!({ "level": 5, "follow_up": true })).await.expect(201).json();
    assert_eq!(case["rating"]["followed_up"], 5);
    let figures = sign_in_officer(&world, CITY).await.get("/api/agency/figures").await.expect(200).json();
    assert_eq!((&figures["ratings"], &figures["satisfied"]), (&json!(1), &json!(1)));
}

#[tokio::test]
#[invariant::invariant("rated-once")]
async fn a_second_rating_is_refused_and_a_follow_up_taken_once_in_time() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = ended(&world, &owner).await;
    let good = json!({ "item": "permit", "level": 5, "points": ["efficiency"] });
    world.sign_in(STRANGER).await.post(&path(&reference), &good).await.expect(404);
    world.visitor().post(&path(&reference), &good).await.expect(401);
    owner.post(&path(&reference), &json!({ "level": 6 })).await.expect(422);
    owner.post(&path(&reference), &json!({ "level": 4, "points": ["colour"] })).await.expect(422);
    let follow_up = json!({ "item": "permit", "level": 4, "follow_up": true });
    owner.post(&path(&reference), &follow_up).await.expect(409);
    let case = owner.post(&path(&reference), &good).await.expect(201).json();
    assert_eq!((&case["may_rate"], &case["ratings"][0]["rating"]["level"]), (&json!(false), &json!(5)));
    owner.post(&path(&reference), &good).await.expect(409);
    let case = owner.post(&path(&reference), &follow_up).await.expect(201).json();
    assert_eq!(case["ratings"][0]["rating"]["followed_up"], 4);
    owner.post(&path(&reference), &follow_up).await.expect(409);
}

#[tokio::test]
#[invariant::invariant("rated-once")]
async fn a_follow_up_after_its_window_is_refused() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = ended(&world, &owner).await;
    owner.post(&path(&reference), &json!({ "item": "permit", "level": 3 })).await.expect(201);
    world.pass(16 * DAY);
    let owner = world.sign_in(OWNER).await;
    owner.post(&path(&reference), &json!({ "item": "permit", "level": 4, "follow_up": true })).await.expect(409);
}

#[tokio::test]
#[invariant::invariant("rated-once")]
async fn the_two_lowest_open_a_call_back_until_the_next_working_day() {
    for (level, opened) in [(3, 0), (2, 1), (1, 1)] {
        let world = World::new().await;
        let owner = world.sign_in(OWNER).await;
        let reference = ended(&world, &owner).await;
        owner
            .post(&path(&reference), &json!({ "item": "permit", "level": level, "says": "跑了四趟" }))
            .await
            .expect(201);
        let grievance_officer = sign_in_officer(&world, GRIEVANCE_OFFICER).await;
        let list: Value = grievance_officer.get("/api/agency/grievances").await.expect(200).json();
        assert_eq!(list.as_array().unwrap().len(), opened, "level {level}");
        if opened == 1 {
            // The day after Tuesday 24 November.
            assert_eq!((&list[0]["source"], &list[0]["due"]), (&json!("rating"), &json!("2026-11-25")));
        }
    }
}
