//! Each task goes to the division and office that the answers name, and nobody else sees it.

use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection, query_as};

use crate::drafts::move_to;
use crate::grievances::{classified, go};
use crate::officers::{
    CITY, GRIEVANCE_OFFICER, act, case, decide, open, sign_in_officer, task_in_review, wait_for_sms,
};
use crate::submissions::send;
use crate::world::{OWNER, Visitor, World};

/// Officers of the demonstration: of a hospital, of another hospital, of a police station, of a county's police, of a
/// county's insurance, of another county's, and of the city's Health Commission.
const HOSPITAL: &str = "唐雪梅";
const OTHER_HOSPITAL: &str = "余静文";
const STATION: &str = "田大山";
const OTHER_STATION: &str = "何永红";
const INSURANCE: &str = "文慧敏";
const OTHER_INSURANCE: &str = "鲁红英";
const CITY_HEALTH: &str = "文若兰";

fn place(division: &str) -> Value {
    json!({ "division": division, "street": format!("{division}001"), "door": "人民路 1 号", "place": "" })
}

/// Born in Wuling, household in Shimen, insured in Taoyuan, applied for in Dingcheng.
async fn family(owner: &Visitor<'_>, station: &str) -> String {
    let new = json!({ "service": "routed", "division": "430703" });
    let draft = owner.post("/api/drafts", &new).await.expect(201).json();
    let answers = json!({
        "hospital": "武陵区妇幼保健院", "home": place("430726"), "station": station, "insured-at": place("430725"),
        "certificate-delivery": "hospital",
    });
    let draft = owner.change(&draft, &answers).await.expect(200).json();
    let receipt = send(owner, &draft, &format!("key-{}", draft["id"])).await.expect(201).json();
    let name = |at: usize| receipt["tasks"][at]["agency"]["zh"].as_str().unwrap().to_owned();
    assert_eq!(name(0), "武陵区妇幼保健院");
    assert_eq!(name(2), "桃源县医保局");
    assert_eq!(name(3), "卫健委", "an item that is not routed keeps the name of its agency");
    receipt["reference"].as_str().unwrap().to_owned()
}

async fn references(officer: &Visitor<'_>) -> Vec<String> {
    let queue = officer.get("/api/agency/tasks").await.expect(200).json();
    let line = |entry: &Value| format!("{} {}", entry["item"].as_str().unwrap(), entry["division"].as_str().unwrap());
    queue.as_array().unwrap().iter().map(line).collect()
}

#[tokio::test]
#[invariant::invariant("own-agency")]
async fn a_family_in_three_counties_is_finished_by_their_officers() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let reference = family(&owner, "chujiang").await;
    let hospital = sign_in_officer(&world, HOSPITAL).await;
    assert_eq!(references(&hospital).await, ["certificate 430702"]);
    let task = task_in_review(&hospital, &reference, "certificate").await;
    assert_eq!(task["office"]["zh"], "武陵区妇幼保健院");
    assert!(task["remedies"].as_str().unwrap().contains("常德市武陵区人民政府"), "{}", task["remedies"]);
    let task = decide(&hospital, &task, "approve").await;
    decide(&hospital, &task, "deliver").await;
    wait_for_sms(&world, "出生证（武陵区妇幼保健院）已经办好").await;

    let station = sign_in_officer(&world, STATION).await;
    assert_eq!(references(&station).await, ["household 430726"]);
    let task = task_in_review(&station, &reference, "household").await;
    let task = decide(&station, &task, "approve").await;
    decide(&station, &task, "deliver").await;

    let insurance = sign_in_officer(&world, INSURANCE).await;
    let task = task_in_review(&insurance, &reference, "insurance").await;
    let task = decide(&insurance, &task, "approve").await;
    decide(&insurance, &task, "deliver").await;

    let owner = world.sign_in(OWNER).await;
    let now = case(&owner, &reference).await;
    let done: Vec<_> = now["tasks"].as_array().unwrap().iter().map(|task| task["status"].as_str().unwrap()).collect();
    assert_eq!(done, ["delivered", "delivered", "delivered", "submitted"]);
    assert_eq!(now["tasks"][1]["agency"]["zh"], "楚江派出所");
}

#[tokio::test]
#[invariant::invariant("own-agency")]
async fn officers_of_another_office_or_division_see_nothing_and_those_above_see_it() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let reference = family(&owner, "chujiang").await;
    for (name, item) in [
        (OTHER_HOSPITAL, "certificate"),
        (OTHER_STATION, "household"),
        (OTHER_INSURANCE, "insurance"),
        (STATION, "certificate"),
        (CITY, "certificate"),
    ] {
        let stranger = sign_in_officer(&world, name).await;
        let seen = references(&stranger).await;
        assert!(!seen.iter().any(|line| line.starts_with(item)), "{name}: {seen:?}");
        let path = format!("/api/agency/tasks/{reference}/{item}");
        stranger.get(&path).await.expect(404);
        stranger.json("POST", &format!("{path}/claim"), &[("if-match", "\"1\"")], &json!({})).await.expect(404);
        stranger.get(&format!("{path}/notices/1")).await.expect(404);
    }
    // The city's commission sees what its hospitals decide, and so does nobody who is signed in as a resident.
    let city = sign_in_officer(&world, CITY_HEALTH).await;
    assert_eq!(references(&city).await, ["certificate 430702", "guidance 430703"]);
    owner.get(&format!("/api/agency/tasks/{reference}/certificate")).await.expect(401);
}

#[tokio::test]
async fn what_the_answers_do_not_know_stays_with_the_division() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let reference = family(&owner, "unknown").await;
    let now = case(&owner, &reference).await;
    assert_eq!(now["tasks"][1]["agency"]["zh"], "石门县公安局", "the station is not known, the county is");
    let station = sign_in_officer(&world, STATION).await;
    station.get(&format!("/api/agency/tasks/{reference}/household")).await.expect(404);
    let county = sign_in_officer(&world, "聂志强").await;
    open(&county, &reference, "household").await;
}

#[tokio::test]
async fn a_correction_that_names_another_hospital_takes_the_task_there() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let reference = family(&owner, "chujiang").await;
    let hospital = sign_in_officer(&world, HOSPITAL).await;
    let task = open(&hospital, &reference, "certificate").await;
    let task = act(&hospital, &task, "claim", &json!({})).await.expect(200).json();
    let back = json!({ "action": "return", "reasons": [{ "field": "hospital", "says": "不是在我们这里出生的" }] });
    act(&hospital, &task, "decisions", &back).await.expect(200);
    let new = json!({ "service": "routed", "division": "430703", "corrects": reference });
    let draft = owner.post("/api/drafts", &new).await.expect(201).json();
    let draft = owner.change(&draft, &json!({ "hospital": "鼎城区妇幼保健院" })).await.expect(200).json();
    move_to(&owner, &draft, "430702").await.expect(409);
    send(&owner, &draft, "key-0002").await.expect(201);
    assert_eq!(references(&sign_in_officer(&world, HOSPITAL).await).await, [""; 0]);
    let other = sign_in_officer(&world, OTHER_HOSPITAL).await;
    let task = open(&other, &reference, "certificate").await;
    assert_eq!((&task["officer"], &task["status"]), (&Value::Null, &json!("submitted")));
}

fn lines(delivery: &Value) -> Vec<&str> {
    delivery["lines"].as_array().unwrap().iter().map(|line| line["zh"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn each_result_comes_its_own_way_from_the_office_that_has_it() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let reference = family(&owner, "chujiang").await;
    let now = case(&owner, &reference).await;
    let delivery = |at: usize| now["tasks"][at]["delivery"].clone();
    assert_eq!(delivery(0)["title"]["zh"], "到医院领取");
    let told = delivery(0);
    let at_the_hospital = ["武陵区妇幼保健院", "武陵区，门诊大厅", "工作日 9:00–12:00", "0736-7257982"];
    assert_eq!(lines(&told), at_the_hospital);
    let told = delivery(1);
    assert_eq!(lines(&told), ["楚江派出所", "石门县楚江街道，户籍窗口", "工作日 13:00–17:00", "0736-7257982"]);
    let told = delivery(3);
    assert_eq!(lines(&told), ["市民之家", "常德", "9:00–17:00", "12345"]);
    let receipt = owner.get(&format!("/api/cases/{reference}/receipt")).await.expect(200).json();
    assert_eq!(receipt["tasks"][0]["delivery"], delivery(0));
    let hospital = sign_in_officer(&world, HOSPITAL).await;
    let task = open(&hospital, &reference, "certificate").await;
    assert_eq!(task["delivery"], delivery(0));
    assert_eq!(task["others"][0]["delivery"], Value::Null, "how another result comes is the other office's to know");
}

#[tokio::test]
async fn the_hours_stand_beside_the_option_that_chooses_the_delivery() {
    let world = World::of_short_services().await;
    let service = world.get("/api/services/routed?division=430702").await.expect(200).json();
    let fields = service["steps"][0]["fields"].as_array().unwrap();
    let choice = fields.iter().find(|field| field["id"] == "certificate-delivery").unwrap();
    assert_eq!(choice["options"][1]["help"]["zh"], "带上身份证；工作日 9:00–12:00");
    assert_eq!(choice["options"][0]["help"], Value::Null);
}

#[tokio::test]
#[invariant::invariant("one-number")]
async fn each_division_numbers_what_it_issues_under_its_own_mark() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let officer = sign_in_officer(&world, CITY).await;
    for (division, number) in [("430725", "桃测字〔2026〕第0001号"), ("430726", "石测字〔2026〕第0001号")]
    {
        let new = json!({ "service": "marked", "division": division });
        let draft = owner.post("/api/drafts", &new).await.expect(201).json();
        let draft = owner.change(&draft, &json!({ "subject": "招牌" })).await.expect(200).json();
        let receipt = send(&owner, &draft, &format!("key-{division}")).await.expect(201).json();
        let reference = receipt["reference"].as_str().unwrap();
        let task = task_in_review(&officer, reference, "permit").await;
        decide(&officer, &task, "approve").await;
        assert_eq!(case(&owner, reference).await["tasks"][0]["certificate"]["number"], number);
    }
}

/// Figures and grievances belong to the division that decides, not to the one in which somebody applied.
#[tokio::test]
#[invariant::invariant("own-agency")]
async fn a_case_counts_in_each_division_that_decides_part_of_it() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let mut reference = String::new();
    for _ in 0..5 {
        reference = family(&owner, "chujiang").await;
    }
    world.pass(61);
    let csv = world.get("/figures.csv").await.expect(200).text();
    let counted = |name: &str| csv.lines().find(|line| line.contains(name)).map(|line| line.split(',').nth(2).unwrap());
    for name in ["武陵区", "石门县", "桃源县", "鼎城区"] {
        assert_eq!(counted(name), Some("5"), "{name}: {csv}");
    }
    let figures = async |officer: &str| {
        let officer = sign_in_officer(&world, officer).await;
        officer.get("/api/agency/figures").await.expect(200).json()["cases"].clone()
    };
    assert_eq!(figures(INSURANCE).await, json!(5));
    assert_eq!(figures(OTHER_INSURANCE).await, json!(0), "the other county's insurance decides nothing of it");

    let report = json!({ "happened": "医保一直没有人办", "phone": OWNER, "reference": reference });
    let report = world.visitor().post("/api/grievances", &report).await.expect(201).json();
    let number = report["number"].as_str().unwrap();
    let hand_over = json!({ "action": "hand-over", "agency": "medical-insurance" });
    go(
        &sign_in_officer(&world, GRIEVANCE_OFFICER).await,
        number,
        &[json!({ "action": "accept" }), classified(), hand_over],
    )
    .await;
    let path = format!("/api/agency/grievances/{number}");
    sign_in_officer(&world, INSURANCE).await.get(&path).await.expect(200);
    sign_in_officer(&world, OTHER_INSURANCE).await.get(&path).await.expect(404);
}

#[tokio::test]
async fn vaccination_records_that_were_with_disease_control_go_to_the_hospital_of_the_certificate() {
    let mut world = World::of_short_services().await;
    let reference = family(&world.sign_in(OWNER).await, "chujiang").await;
    let file = format!("sqlite:{}", world.config.data.join("yijianshi.sqlite").display());
    let mut database = SqliteConnection::connect(&file).await.unwrap();
    // As it was, claimed by an officer there.
    let before = "pragma foreign_keys = off;
        update tasks set item = 'birth-certificate' where item = 'certificate';
        update tasks set item = 'vaccination-record', agency = 'cdc', office = '', officer = 'officer-cdc'
            where item = 'household';
        delete from _sqlx_migrations where version = 44;";
    sqlx::raw_sql(before).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
    world.restart().await;
    let mut database = SqliteConnection::connect(&file).await.unwrap();
    let moved: (String, String, Option<String>) =
        query_as("select agency, office, officer from tasks where reference = ? and item = 'vaccination-record'")
            .bind(&reference)
            .fetch_one(&mut database)
            .await
            .unwrap();
    assert_eq!(moved, ("health".to_owned(), "hospital-wuling".to_owned(), None));
}
