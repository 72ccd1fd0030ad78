//! Grievances (办不成事) from the report to the check: which office sees one, its steps and due dates, and the reporter's
//! messages.

use serde_json::{Value, json};

use crate::officers::{CITY, DISTRICT, GRIEVANCE_OFFICER, HEALTH, sign_in_officer, submitted_case, wait_for_sms};
use crate::world::{OWNER, Reply, STRANGER, Visitor, World};

const DAY: i64 = 24 * 60 * 60;

async fn reported(person: &Visitor<'_>) -> String {
    let report = json!({ "happened": "材料交了三次，还没有受理", "phone": OWNER });
    let view = person.post("/api/grievances", &report).await.expect(201).json();
    assert_eq!(view["status"], "received");
    view["number"].as_str().unwrap().to_owned()
}

async fn open(officer: &Visitor<'_>, number: &str) -> Value {
    officer.get(&format!("/api/agency/grievances/{number}")).await.expect(200).json()
}

async fn step(officer: &Visitor<'_>, seen: &Value, body: &Value) -> Reply {
    let path = format!("/api/agency/grievances/{}/steps", seen["number"].as_str().unwrap());
    officer.json("POST", &path, &[("if-match", &format!("\"{}\"", seen["version"]))], body).await
}

pub(crate) fn classified() -> Value {
    json!({ "action": "classify", "kind": "trips", "weight": "special" })
}

fn handed_over() -> Value {
    json!({ "action": "hand-over", "agency": "urban-management" })
}

fn solved() -> Value {
    json!({ "action": "solve", "says": "已经当面受理", "published": "一次讲清材料，当天受理" })
}

fn reported_back() -> Value {
    json!({ "action": "report-back", "says": "材料已经收下，今天办好" })
}

/// Takes steps one after the other.
pub(crate) async fn go(officer: &Visitor<'_>, number: &str, steps: &[Value]) -> Value {
    let mut seen = open(officer, number).await;
    for body in steps {
        seen = step(officer, &seen, body).await.expect(200).json();
    }
    seen
}

#[tokio::test]
async fn a_report_goes_round_until_the_person_agrees() {
    let world = World::new().await;
    let person = world.sign_in(OWNER).await;
    let number = reported(&person).await;
    let grievance_officer = sign_in_officer(&world, GRIEVANCE_OFFICER).await;
    let seen = go(&grievance_officer, &number, &[json!({ "action": "accept" })]).await;
    // Five working days after Tuesday 24 November, until it is known to be special: then ten.
    assert_eq!((&seen["status"], &seen["due"]), (&json!("accepted"), &json!("2026-12-01")));
    let seen = go(&grievance_officer, &number, &[classified()]).await;
    assert_eq!(seen["due"], "2026-12-08");
    go(&grievance_officer, &number, &[handed_over()]).await;
    let agency = sign_in_officer(&world, CITY).await;
    go(&agency, &number, &[solved()]).await;
    let seen = go(&grievance_officer, &number, &[reported_back()]).await;
    assert_eq!((&seen["status"], &seen["due"]), (&json!("reported-back"), &Value::Null));

    let mine = person.get(&format!("/api/grievances/{number}")).await.expect(200).json();
    assert_eq!(mine["may_answer"], true);
    let said = mine["history"].as_array().unwrap().iter().any(|event| event["says"] == "材料已经收下，今天办好");
    assert!(said, "the person does not see the outcome: {mine}");
    let answer = format!("/api/grievances/{number}/answer");
    person.post(&answer, &json!({ "agrees": false })).await.expect(422);
    let again = person.post(&answer, &json!({ "agrees": false, "says": "还没办好" })).await.expect(200).json();
    assert_eq!(again["status"], "handed-over");
    go(&agency, &number, &[solved()]).await;
    go(&grievance_officer, &number, &[reported_back()]).await;
    let ended = person.post(&answer, &json!({ "agrees": true })).await.expect(200).json();
    assert_eq!(ended["status"], "checked");
    person.post(&answer, &json!({ "agrees": true })).await.expect(409);
    assert_eq!(open(&grievance_officer, &number).await["actions"], json!([]));
    let texts = wait_for_sms(&world, "已经办结").await;
    for words in ["已经受理", "已经转给", "有结果了", "退回部门"] {
        assert!(texts.iter().any(|text| text.contains(&number) && text.contains(words)), "{words}: {texts:?}");
    }
    assert!(!texts.iter().any(|text| text.contains("三次")), "an SMS holds nothing of the matter: {texts:?}");
}

#[tokio::test]
#[invariant::invariant("own-grievances")]
async fn an_agency_sees_what_it_was_handed_and_nobody_else() {
    let world = World::new().await;
    let number = reported(&world.visitor()).await;
    let district = sign_in_officer(&world, DISTRICT).await;
    let path = format!("/api/agency/grievances/{number}");
    district.get(&path).await.expect(404);
    assert_eq!(district.get("/api/agency/grievances").await.expect(200).json(), json!([]));
    let grievance_officer = sign_in_officer(&world, GRIEVANCE_OFFICER).await;
    let to_the_district = json!({ "action": "hand-over", "agency": "urban-management", "division": "430703" });
    go(&grievance_officer, &number, &[json!({ "action": "accept" }), classified(), to_the_district]).await;
    let seen = open(&district, &number).await;
    assert_eq!(seen["actions"], json!(["solve"]));
    // Only the grievance office decides which agency gets it.
    step(&district, &seen, &handed_over()).await.expect(409);
    step(&district, &seen, &solved()).await.expect(200);
    step(&district, &seen, &solved()).await.expect(412);
    // An officer of the whole city, but of another agency.
    sign_in_officer(&world, HEALTH).await.get(&path).await.expect(404);
    world.visitor().get(&path).await.expect(401);
}

#[tokio::test]
#[invariant::invariant("own-grievances")]
async fn what_is_handed_over_is_seen_in_that_division_and_by_the_city() {
    let world = World::new().await;
    let grievance_officer = sign_in_officer(&world, GRIEVANCE_OFFICER).await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    // Of a case, the case's division; of nothing, the city's office; what the grievance office chooses goes before.
    for (about, chosen, in_district) in [
        (json!({ "reference": reference }), None, true),
        (json!({}), None, false),
        (json!({ "reference": reference }), Some("430702"), false),
        (json!({}), Some("430703"), true),
    ] {
        let mut report = json!({ "happened": format!("{about}{chosen:?}"), "phone": OWNER });
        report.as_object_mut().unwrap().extend(about.as_object().unwrap().clone());
        let view = world.visitor().post("/api/grievances", &report).await.expect(201).json();
        let number = view["number"].as_str().unwrap();
        let mut hand_over = handed_over();
        if let Some(division) = chosen {
            hand_over["division"] = json!(division);
        }
        go(&grievance_officer, number, &[json!({ "action": "accept" }), classified(), hand_over]).await;
        let path = format!("/api/agency/grievances/{number}");
        for (name, sees) in [(CITY, true), (DISTRICT, in_district)] {
            let officer = sign_in_officer(&world, name).await;
            officer.get(&path).await.expect(if sees { 200 } else { 404 });
            let listed = officer.get("/api/agency/grievances").await.expect(200).text().contains(number);
            assert_eq!(listed, sees, "{name}: {report} {chosen:?}");
            let open = officer.get("/api/agency/figures").await.expect(200).json()["grievances_open"].clone();
            assert!(sees || open.as_u64().unwrap() < 4, "{name} counts what it does not see: {open}");
        }
    }
    let number = reported(&world.visitor()).await;
    go(&grievance_officer, &number, &[json!({ "action": "accept" }), classified()]).await;
    let seen = open(&grievance_officer, &number).await;
    let nowhere = json!({ "action": "hand-over", "agency": "urban-management", "division": "110000" });
    step(&grievance_officer, &seen, &nowhere).await.expect(422);
}

#[tokio::test]
#[invariant::invariant("own-grievances")]
async fn the_reporter_reads_it_with_number_and_phone_and_a_stranger_does_not() {
    let world = World::new().await;
    let number = reported(&world.visitor()).await;
    let path = format!("/api/grievances/{number}");
    let ask =
        async |phone: &str| world.visitor().send("GET", &path, &[("x-phone", phone)], axum::body::Body::empty()).await;
    ask(OWNER).await.expect(200);
    ask(STRANGER).await.expect(404);
    world.visitor().get(&path).await.expect(404);
    world.sign_in(STRANGER).await.get(&path).await.expect(404);
    let answer = json!({ "agrees": true, "phone": STRANGER });
    world.visitor().post(&format!("{path}/answer"), &answer).await.expect(404);
}

#[tokio::test]
async fn a_report_without_a_call_today_is_overdue_tomorrow() {
    let world = World::new().await;
    reported(&world.visitor()).await;
    let overdue = async |grievance_officer: Visitor<'_>| {
        grievance_officer.get("/api/agency/grievances").await.expect(200).json()[0]["overdue"].clone()
    };
    assert_eq!(overdue(sign_in_officer(&world, GRIEVANCE_OFFICER).await).await, false);
    world.pass(DAY);
    assert_eq!(overdue(sign_in_officer(&world, GRIEVANCE_OFFICER).await).await, true);
}

/// Told at night and before a weekend, a call comes on the next working morning; until then nobody is late.
#[tokio::test]
#[invariant::invariant("promised-in-hours")]
async fn what_is_told_after_hours_is_called_back_on_the_next_working_morning() {
    const HOUR: i64 = 60 * 60;
    // From Tuesday, 24 November 2026, 10:00.
    for (later, due, promised, overdue_after) in [
        (0, "2026-11-24", "今天 17:00 前", 7),
        (13 * HOUR + 50 * 60, "2026-11-25", "11 月 25 日上午", 13),
        (3 * DAY + 8 * HOUR, "2026-11-30", "11 月 30 日上午", 2 * 24 + 18),
        (5 * DAY, "2026-11-30", "11 月 30 日上午", 26),
    ] {
        let world = World::new().await;
        world.pass(later);
        let report = json!({ "happened": "材料交了三次", "phone": OWNER });
        let view = world.visitor().post("/api/grievances", &report).await.expect(201).json();
        let says = view["says"]["zh"].as_str().unwrap();
        assert!(says.contains(promised), "{later} seconds later: {says}");
        assert_eq!(says.contains("今天"), later == 0, "{says}");
        let entry = async || {
            let desk = sign_in_officer(&world, GRIEVANCE_OFFICER).await;
            desk.get("/api/agency/grievances").await.expect(200).json()[0].clone()
        };
        let seen = entry().await;
        assert_eq!((&seen["due"], &seen["overdue"]), (&json!(due), &json!(false)), "{later}");
        world.pass((overdue_after - 1) * HOUR);
        assert_eq!(entry().await["overdue"], false, "{later}: an hour before the end of the time");
        world.pass(HOUR);
        assert_eq!(entry().await["overdue"], true, "{later}: after the end of the time");
        let number = view["number"].as_str().unwrap();
        let path = format!("/api/grievances/{number}");
        let late = world.visitor().send("GET", &path, &[("x-phone", OWNER)], axum::body::Body::empty()).await;
        assert!(late.expect(200).json()["says"]["zh"].as_str().unwrap().contains("12345"), "{later}");
    }
}

#[tokio::test]
async fn a_step_without_its_words_is_refused() {
    let world = World::new().await;
    let number = reported(&world.visitor()).await;
    let grievance_officer = sign_in_officer(&world, GRIEVANCE_OFFICER).await;
    let seen = open(&grievance_officer, &number).await;
    step(&grievance_officer, &seen, &json!({ "action": "decline" })).await.expect(422);
    step(&grievance_officer, &seen, &json!({ "action": "solve", "says": "x", "published": "x" })).await.expect(409);
    let seen = step(&grievance_officer, &seen, &json!({ "action": "accept" })).await.expect(200).json();
    step(&grievance_officer, &seen, &json!({ "action": "classify" })).await.expect(422);
    let seen = step(&grievance_officer, &seen, &classified()).await.expect(200).json();
    step(&grievance_officer, &seen, &json!({ "action": "hand-over", "agency": "nobody" })).await.expect(422);
}
