//! Due dates in a year whose days off are not announced yet: marked as provisional, and recomputed once the calendar
//! knows the year.

use contract::case::CaseStatus;
use serde_json::{Value, json};

use crate::officers::{CITY, act, case, decide, open, sign_in_officer, submitted_case, task_in_review, wait_for_sms};
use crate::stages::staged;
use crate::world::{OWNER, Visitor, World};

const DAY: i64 = 24 * 60 * 60;
/// From the day on which the tests begin to Tuesday, 29 December 2026.
const TO_THE_END_OF_THE_YEAR: i64 = 35 * DAY;

/// 2027 as nobody has announced it: the second working day of the year is Wednesday, and the Saturday after it is
/// worked.
const ANNOUNCED: &str = "
    source = 'made up for the test'
    years = [2026, 2027]
    holidays = ['2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04']
    workdays = ['2027-01-09']";

/// Nothing but what the law says anyway.
const AS_EXPECTED: &str = "
    source = 'made up for the test'
    years = [2026, 2027]
    holidays = ['2027-01-01']
    workdays = []";

async fn at_the_end_of_the_year() -> World {
    let world = World::new().await;
    world.pass(TO_THE_END_OF_THE_YEAR);
    world
}

/// The next program has this calendar, and has run its background jobs once.
async fn announce(world: &mut World, calendar: &str) {
    let file = world.config.data.join("calendar.toml");
    std::fs::write(&file, calendar).unwrap();
    world.config.calendar = Some(file);
    world.restart().await;
    world.run_background_jobs().await;
}

async fn last_day(owner: &Visitor<'_>, reference: &str) -> (Value, Value) {
    last_day_of(owner, reference, 0).await
}

async fn last_day_of(owner: &Visitor<'_>, reference: &str, position: usize) -> (Value, Value) {
    let task = case(owner, reference).await["tasks"][position].clone();
    (task["due"].clone(), task["due_is_provisional"].clone())
}

fn provisional(day: &str) -> (Value, Value) {
    (json!(day), json!(true))
}

fn right(day: &str) -> (Value, Value) {
    (json!(day), json!(false))
}

async fn claimed<'w>(world: &'w World, reference: &str) -> (Visitor<'w>, Value) {
    let officer = sign_in_officer(world, CITY).await;
    let task = open(&officer, reference, "permit").await;
    let task = act(&officer, &task, "claim", &json!({})).await.expect(200).json();
    (officer, task)
}

#[tokio::test]
#[invariant::invariant("provisional-set-right")]
async fn a_due_date_is_recomputed_when_the_days_off_are_announced() {
    let mut world = at_the_end_of_the_year().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let (officer, task) = claimed(&world, &reference).await;
    decide(&officer, &task, "accept").await;
    assert_eq!(last_day(&owner, &reference).await, provisional("2027-01-08"));
    let before = open(&officer, &reference, "permit").await;
    assert_eq!(before["due_is_provisional"], true, "the office sees it too");
    let seen = case(&owner, &reference).await["seen"].clone();
    let (owner, officer) = (owner.cookie, officer.cookie);

    announce(&mut world, ANNOUNCED).await;
    let (owner, officer) = (Visitor { world: &world, cookie: owner }, Visitor { world: &world, cookie: officer });
    assert_eq!(last_day(&owner, &reference).await, right("2027-01-09"));
    let now = case(&owner, &reference).await["seen"].clone();
    assert_ne!(now, seen, "who follows the case is told");
    wait_for_sms(&world, "办结期限改为 2027-01-09").await;
    let task = open(&officer, &reference, "permit").await;
    assert_eq!((&task["due"], &task["due_is_provisional"]), (&json!("2027-01-09"), &json!(false)));
    // An officer who had opened the task before is told that it has changed, and goes on from its current version.
    act(&officer, &before, "decisions", &json!({ "action": "review" })).await.expect(412);
    decide(&officer, &task, "review").await;

    let now = case(&owner, &reference).await["seen"].clone();
    world.run_background_jobs().await;
    assert_eq!(case(&owner, &reference).await["seen"], now, "once");
}

#[tokio::test]
#[invariant::invariant("provisional-set-right")]
async fn paused_days_are_recomputed_too() {
    let mut world = at_the_end_of_the_year().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let task = task_in_review(&officer, &reference, "permit").await;
    let pause = json!({ "action": "pause", "says": "要到现场勘验" });
    act(&officer, &task, "decisions", &pause).await.expect(200);
    // Until Tuesday, 5 January: four working days, or three after the announcement.
    world.pass(7 * DAY);
    let officer = sign_in_officer(&world, CITY).await;
    let task = open(&officer, &reference, "permit").await;
    decide(&officer, &task, "resume").await;
    let owner = world.sign_in(OWNER).await;
    assert_eq!(last_day(&owner, &reference).await, provisional("2027-01-14"));
    let cookie = owner.cookie;

    announce(&mut world, ANNOUNCED).await;
    let owner = Visitor { world: &world, cookie };
    assert_eq!(last_day(&owner, &reference).await, right("2027-01-13"));
}

#[tokio::test]
#[invariant::invariant("provisional-set-right")]
async fn an_extension_is_not_taken_back() {
    let mut world = at_the_end_of_the_year().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let task = task_in_review(&officer, &reference, "permit").await;
    let extension = json!({ "action": "extend", "says": "要请专家看" });
    act(&officer, &task, "decisions", &extension).await.expect(200);
    assert_eq!(last_day(&owner, &reference).await, provisional("2027-01-22"));
    let cookie = owner.cookie;

    announce(&mut world, ANNOUNCED).await;
    let owner = Visitor { world: &world, cookie };
    assert_eq!(last_day(&owner, &reference).await, right("2027-01-22"));
}

#[tokio::test]
#[invariant::invariant("provisional-set-right")]
async fn the_due_date_of_an_inspection_is_recomputed_too() {
    let mut world = World::of_short_services().await;
    // Twelve days from Tuesday, 22 December end on a Sunday.
    world.pass(28 * DAY);
    let (officer, owner) = (sign_in_officer(&world, CITY).await, world.sign_in(OWNER).await);
    let reference = staged(&owner, &officer, CaseStatus::AwaitingMaterials).await.reference;
    assert_eq!(last_day_of(&owner, &reference, 2).await, provisional("2027-01-04"));
    let cookie = owner.cookie;

    announce(&mut world, ANNOUNCED).await;
    let owner = Visitor { world: &world, cookie };
    assert_eq!(last_day_of(&owner, &reference, 2).await, right("2027-01-05"));
    wait_for_sms(&world, "提交期限改为 2027-01-05").await;
}

#[tokio::test]
#[invariant::invariant("provisional-set-right")]
async fn an_unchanged_due_date_sends_no_message() {
    let mut world = at_the_end_of_the_year().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let messages = wait_for_sms(&world, "已经收到").await.len();
    let cookie = owner.cookie;

    announce(&mut world, AS_EXPECTED).await;
    let owner = Visitor { world: &world, cookie };
    assert_eq!(last_day(&owner, &reference).await, right("2027-01-08"));
    assert_eq!(wait_for_sms(&world, "已经收到").await.len(), messages);
}

#[tokio::test]
#[invariant::invariant("provisional-set-right")]
async fn a_task_that_has_ended_keeps_its_due_date() {
    let mut world = at_the_end_of_the_year().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let (officer, task) = claimed(&world, &reference).await;
    let decline = json!({ "action": "decline", "says": "不用看了", "basis": "店很小" });
    act(&officer, &task, "decisions", &decline).await.expect(200);
    let cookie = owner.cookie;

    announce(&mut world, ANNOUNCED).await;
    let owner = Visitor { world: &world, cookie };
    assert_eq!(last_day(&owner, &reference).await.0, "2027-01-08");
}
