//! Pages that everybody reads: counted from real rows, in both languages, and nothing of a person on them.

use serde_json::json;
use sqlx::{Connection, SqliteConnection, query_as};

use crate::officers::{CITY, GRIEVANCE_OFFICER, WINDOW, sign_in_officer, submitted_case};
use crate::stages::applied;
use crate::submissions::send;
use crate::world::{OWNER, Visitor, World};

fn text(reply: crate::world::Reply) -> String {
    String::from_utf8(reply.expect(200).body).unwrap()
}

#[tokio::test]
#[invariant::invariant("nobody-recognised")]
async fn figures_are_counted_and_few_are_not_told_apart() {
    let world = World::new().await;
    let empty = text(world.get("/figures?lang=zh&lang=en").await);
    assert!(empty.contains("lang=\"en\"") && empty.contains("Cases") && !empty.contains("<script"), "{empty}");
    let owner = world.sign_in(OWNER).await;
    submitted_case(&owner).await;
    world.pass(61);
    let page = text(world.get("/figures").await);
    assert!(page.contains("办件总数") && page.contains("少于 5 件"), "{page}");
    assert!(!page.contains("corner-shop") && !page.contains("鼎城"), "one case is told apart: {page}");
    let csv = text(world.get("/figures.csv").await);
    assert!(csv.contains("办件总数/Cases,,"), "a total of one: {csv}");
    let own = sign_in_officer(&world, CITY).await.get("/api/agency/figures").await.expect(200).json();
    assert_eq!((&own["cases"], &own["online"]), (&json!(1), &json!(1)));
    world.get("/api/agency/figures").await.expect(401);
    let page = sign_in_officer(&world, CITY).await.get("/figures/agency?lang=zh").await.expect(200);
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(page.text().contains("本部门办件情况") && page.text().contains("/figures/agency.csv"), "{}", page.text());
    for path in ["/figures/agency", "/figures/agency.csv"] {
        world.get(path).await.expect(401);
    }
}

#[tokio::test]
#[invariant::invariant("nobody-recognised")]
async fn a_total_gives_no_small_group_away() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    for number in 0..6 {
        let draft = owner.note(&format!("{number}")).await;
        send(&owner, &draft, &format!("key-000{number}")).await.expect(201);
    }
    applied(&owner, None).await;
    let csv = text(world.get("/figures.csv").await);
    assert!(csv.contains("办件总数/Cases,7,"), "{csv}");
    assert!(!csv.lines().any(|line| line.contains(",6,")), "seven less six is one: {csv}");
}

/// The server writes how a draft was begun, and believes no browser that says it was helped or was not.
#[tokio::test]
#[invariant::invariant("true-channels")]
async fn the_channel_is_the_servers_and_the_online_share_counts_only_what_is_known() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let (window, helper) = (sign_in_officer(&world, WINDOW).await, sign_in_officer(&world, CITY).await);
    let of_poster = format!("{}; channel=poster-hall-3", owner.cookie);
    let forged = format!("{}; channel=<b>", owner.cookie);
    let beside = |officer: &Visitor<'_>| format!("{}; {}", owner.cookie, officer.cookie);
    let cookies = [owner.cookie.clone(), of_poster, forged, beside(&window), beside(&helper)];
    for cookie in cookies.clone() {
        applied(&Visitor { world: &world, cookie }, None).await;
    }
    let file = format!("sqlite:{}", world.config.data.join("yijianshi.sqlite").display());
    let mut database = SqliteConnection::connect(&file).await.unwrap();
    let written: Vec<(String, Option<String>)> =
        query_as("select channel, channel_code from cases order by reference").fetch_all(&mut database).await.unwrap();
    let channel = |word: &str, code: Option<&str>| (word.to_owned(), code.map(str::to_owned));
    assert_eq!(
        written,
        [
            channel("own-phone", None),
            channel("poster", Some("poster-hall-3")),
            channel("own-phone", None),
            channel("window", None),
            channel("assisted", None),
        ]
    );
    for round in 0..4 {
        for cookie in [&cookies[0], &cookies[3]] {
            applied(&Visitor { world: &world, cookie: cookie.clone() }, Some(&format!("{round}"))).await;
        }
    }
    // From before channels were written: in the total, and in no share.
    sqlx::query("update cases set channel = 'unrecorded' where reference = (select min(reference) from cases)")
        .execute(&mut database)
        .await
        .unwrap();
    let figures = sign_in_officer(&world, CITY).await.get("/api/agency/figures").await.expect(200).json();
    let told = (&figures["cases"], &figures["channels_known"], &figures["online"]);
    assert_eq!(told, (&json!(13), &json!(12), &json!(6)));
}

#[tokio::test]
async fn figures_are_counted_once_a_minute_for_everybody() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let counted = async || {
        let csv = text(world.get("/figures.csv").await);
        csv.lines().find(|line| line.contains("办件总数")).unwrap().to_owned()
    };
    let before = counted().await;
    applied(&owner, None).await;
    assert_eq!(counted().await, before, "the rows were read again for the second visitor");
    world.pass(61);
    assert_ne!(counted().await, before);
}

#[tokio::test]
#[invariant::invariant("nobody-recognised")]
async fn what_was_solved_is_told_in_the_officers_words_only() {
    let world = World::new().await;
    let report = json!({ "happened": "我叫张三，跑了四趟", "phone": OWNER });
    let report = world.visitor().post("/api/grievances", &report).await.expect(201).json();
    let number = report["number"].as_str().unwrap();
    let (grievance_officer, agency) =
        (sign_in_officer(&world, GRIEVANCE_OFFICER).await, sign_in_officer(&world, CITY).await);
    for (version, step) in [
        json!({ "action": "accept" }),
        json!({ "action": "classify", "kind": "trips", "weight": "simple" }),
        json!({ "action": "hand-over", "agency": "urban-management" }),
        json!({ "action": "solve", "says": "给张三办好了", "published": "一次讲清 <材料>" }),
        json!({ "action": "report-back", "says": "张三您好，办好了" }),
    ]
    .iter()
    .enumerate()
    {
        let tag = format!("\"{}\"", version + 1);
        let path = format!("/api/agency/grievances/{number}/steps");
        let officer = if step["action"] == "solve" { &agency } else { &grievance_officer };
        officer.json("POST", &path, &[("if-match", &tag)], step).await.expect(200);
    }
    let open = text(world.get("/solved").await);
    assert!(!open.contains("一次讲清"), "told before the person agreed: {open}");
    let answer = json!({ "agrees": true, "phone": OWNER });
    world.visitor().post(&format!("/api/grievances/{number}/answer"), &answer).await.expect(200);
    let page = text(world.get("/solved").await);
    assert!(page.contains("一次讲清 &lt;材料&gt;") && page.contains("反复跑"), "{page}");
    for personal in ["张三", "四趟", OWNER, number] {
        assert!(!page.contains(personal), "{personal} stands on a public page");
    }
}
