//! Notices on paper: which steps serve one, who has it, and what its code proves. The printing itself is `printed.rs`.

use axum::body::Body;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::officers::{CITY, HEALTH, act, case, decide, open, sign_in_officer, submitted_case};
use crate::world::{OWNER, Reply, STRANGER, Visitor, World, settings};

/// A world whose program for notices returns its input: tests read the frozen facts without reading a PDF.
async fn telling() -> World {
    telling_at(None).await
}

/// The same, which people find at an address.
async fn telling_at(address: Option<&str>) -> World {
    let folder = TempDir::new().unwrap();
    let mut config = printing_with("/bin/cat", &folder);
    config.address = address.map(str::to_owned);
    World::with(config, folder).await
}

pub(crate) fn printing_with(program: &str, folder: &TempDir) -> server::config::Config {
    let mut config = settings(folder);
    config.notice_binary = Some(program.into());
    config
}

/// The permit, claimed by the officer.
pub(crate) async fn claimed(officer: &Visitor<'_>, reference: &str) -> Value {
    let task = open(officer, reference, "permit").await;
    act(officer, &task, "claim", &json!({})).await.expect(200).json()
}

/// An application whose permit is claimed and accepted: most of these tests begin here.
pub(crate) async fn accepted<'w>(world: &'w World, owner: &Visitor<'_>) -> (String, Visitor<'w>, Value) {
    let reference = submitted_case(owner).await;
    let officer = sign_in_officer(world, CITY).await;
    let task = claimed(&officer, &reference).await;
    let task = decide(&officer, &task, "accept").await;
    (reference, officer, task)
}

pub(crate) async fn served(owner: &Visitor<'_>, reference: &str) -> Value {
    owner.get(&format!("/api/cases/{reference}/notices")).await.expect(200).json()
}

pub(crate) fn titles(notices: &Value) -> Vec<String> {
    let title = |notice: &Value| notice["title"]["zh"].as_str().unwrap().to_owned();
    notices.as_array().unwrap().iter().map(title).collect()
}

fn path(reference: &str, id: &Value) -> String {
    format!("/api/cases/{reference}/notices/{}", id.as_str().unwrap())
}

#[tokio::test]
#[invariant::invariant("frozen-notices")]
async fn each_step_that_the_law_gives_a_paper_serves_one() {
    let world = telling().await;
    let owner = world.sign_in(OWNER).await;
    let (reference, officer, task) = accepted(&world, &owner).await;
    let reasons = json!([{ "field": "sign.text", "row": 0, "says": "和执照上的字号不一样" }]);
    let task = decide(&officer, &task, "review").await;
    let pause = json!({ "action": "pause", "says": "要到现场勘验" });
    let task = act(&officer, &task, "decisions", &pause).await.expect(200).json();
    let task = decide(&officer, &task, "resume").await;
    let back = json!({ "action": "return", "reasons": reasons });
    let task = act(&officer, &task, "decisions", &back).await.expect(200).json();
    let (notices, now) = (served(&owner, &reference).await, case(&owner, &reference).await);
    assert_eq!(titles(&notices), ["受理通知书", "特别程序告知书", "补正告知书"]);
    assert_eq!((&notices[0]["id"], &notices[0]["at"]), (&json!("1"), &now["history"][0]["at"]));
    assert_eq!(task["notices"], notices, "the office reads the same");
    let facts = owner.get(&path(&reference, &notices[2]["id"])).await.expect(200).json();
    assert_eq!(facts["gaps"], json!([{ "place": "招牌（第 1 项）· 文字", "says": "和执照上的字号不一样" }]));
    assert_eq!(facts["number"], json!(format!("{reference}-3")));
}

#[tokio::test]
#[invariant::invariant("frozen-notices")]
async fn a_decision_is_served_with_its_words_and_the_law_only_where_it_is_a_licence() {
    let world = telling().await;
    let owner = world.sign_in(OWNER).await;
    let (reference, officer, task) = accepted(&world, &owner).await;
    let task = decide(&officer, &task, "review").await;
    decide(&officer, &task, "approve").await;
    let inspection = open(&officer, &reference, "inspection").await;
    let inspection = act(&officer, &inspection, "claim", &json!({})).await.expect(200).json();
    let decline = json!({ "action": "decline", "says": "不用看了", "basis": "店很小" });
    act(&officer, &inspection, "decisions", &decline).await.expect(200);
    let notices = served(&owner, &reference).await;
    assert_eq!(titles(&notices), ["受理通知书", "准予行政许可决定书", "不予受理通知书"]);
    let facts = async |at: usize| owner.get(&path(&reference, &notices[at]["id"])).await.expect(200).json();
    let (accepted, granted, declined) = (facts(0).await, facts(1).await, facts(2).await);
    assert_eq!((&accepted["applicant"], &accepted["handler"]), (&json!("刘建国"), &json!(CITY)));
    assert_eq!(accepted["due"], json!({ "year": 2026, "month": 12, "day": 3 }));
    assert!(accepted["materials"].to_string().contains("营业执照（联网核验，免提交）"), "{accepted}");
    assert_eq!((&granted["licence"], &granted["deliverable"]), (&json!(true), &json!("许可证")));
    assert_eq!((&declined["licence"], &declined["says"]), (&json!(false), &json!("不用看了")));
    // The office of the permit sees what was served about the permit.
    let task = open(&officer, &reference, "permit").await;
    assert_eq!(titles(&task["notices"]), ["受理通知书", "准予行政许可决定书"]);
}

#[tokio::test]
async fn a_deemed_acceptance_is_served_too_and_has_no_handler() {
    let world = telling().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    world.pass(8 * 24 * 3600);
    world.run_background_jobs().await;
    let owner = world.sign_in(OWNER).await;
    let notices = served(&owner, &reference).await;
    assert_eq!(titles(&notices), ["受理通知书"]);
    let facts = owner.get(&path(&reference, &notices[0]["id"])).await.expect(200).json();
    assert_eq!((&facts["handler"], &facts["received"]["day"]), (&json!(""), &json!(24)));
}

#[tokio::test]
#[invariant::invariant("frozen-notices")]
async fn a_notice_says_for_ever_what_it_said_first() {
    let mut world = telling().await;
    let owner = world.sign_in(OWNER).await;
    let (reference, _, _) = accepted(&world, &owner).await;
    let before = owner.get(&format!("/api/cases/{reference}/notices/1")).await.expect(200).json();
    world.pass(40 * 24 * 3600);
    world.restart().await;
    let owner = world.sign_in(OWNER).await;
    let after = owner.get(&format!("/api/cases/{reference}/notices/1")).await.expect(200).json();
    assert_eq!(before, after);
}

#[tokio::test]
#[invariant::invariant("notices-verified")]
async fn a_notice_is_the_applicants_and_the_offices_and_nobody_elses() {
    let world = telling().await;
    let owner = world.sign_in(OWNER).await;
    let (reference, officer, _) = accepted(&world, &owner).await;
    let own = format!("/api/cases/{reference}/notices/1");
    let reply = owner.get(&own).await.expect(200);
    assert_eq!(reply.header("content-type"), "application/pdf");
    assert_eq!(reply.header("content-disposition"), format!("attachment; filename=\"{reference}-1.pdf\""));
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    assert!(reply.header("content-security-policy").starts_with("sandbox"));
    assert_eq!(reply.header("cache-control"), "private, no-store");
    let stranger = world.sign_in(STRANGER).await;
    stranger.get(&own).await.expect(404);
    world.get(&own).await.expect(401);
    stranger.get(&format!("/api/cases/{reference}/notices")).await.expect(404);
    for missing in ["0", "2", "x", "99999999999"] {
        owner.get(&format!("/api/cases/{reference}/notices/{missing}")).await.expect(404);
    }
    let office = format!("/api/agency/tasks/{reference}/permit/notices/1");
    officer.get(&office).await.expect(200);
    officer.get(&format!("/api/agency/tasks/{reference}/inspection/notices/1")).await.expect(404);
    sign_in_officer(&world, HEALTH).await.get(&office).await.expect(404);
    owner.get(&office).await.expect(401);
}

#[tokio::test]
#[invariant::invariant("notices-verified")]
async fn the_code_on_a_notice_is_verified_and_tells_no_more_than_the_paper() {
    let world = telling().await;
    let owner = world.sign_in(OWNER).await;
    let (reference, _, _) = accepted(&world, &owner).await;
    let own = format!("/api/cases/{reference}/notices/1");
    let facts = owner.send("GET", &own, &[("host", "shi.example")], Body::empty()).await.expect(200).json();
    let code = facts["code"].as_str().unwrap();
    assert_eq!(facts["check_at"], json!(format!("http://shi.example/check/{code}")));
    for typed in [code.to_owned(), code.to_lowercase().replace('-', "")] {
        let page = world.get(&format!("/check/{typed}")).await.expect(200).text();
        assert!(page.contains("受理通知书") && page.contains("刘**") && page.contains("2026-11-24"), "{page}");
        assert!(!page.contains("刘建国") && !page.contains(&reference), "{page}");
    }
    let page = world.get(&format!("/check/{code}?lang=en")).await.expect(200).text();
    assert!(page.contains("Notice of acceptance") && page.contains("Market office"), "{page}");
    world.get("/check/0000-0000-0000-0000").await.expect(404);
}

#[tokio::test]
async fn a_request_under_another_host_name_does_not_change_where_a_notice_is_verified() {
    let world = telling_at(Some("https://shi.example")).await;
    let owner = world.sign_in(OWNER).await;
    let (reference, _, _) = accepted(&world, &owner).await;
    let own = format!("/api/cases/{reference}/notices/1");
    let facts = owner.send("GET", &own, &[("host", "evil.example")], Body::empty()).await.expect(200).json();
    assert!(facts["check_at"].as_str().unwrap().starts_with("https://shi.example/check/"), "{facts}");
}

#[tokio::test]
#[invariant::invariant("notices-hold-nothing-up")]
async fn without_the_program_the_case_goes_on_and_the_window_is_named() {
    let folder = TempDir::new().unwrap();
    let world = World::with(printing_with("/nowhere/notice", &folder), folder).await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let task = claimed(&officer, &reference).await;
    assert_eq!(decide(&officer, &task, "accept").await["status"], "accepted");
    let ask = async |headers: &[(&str, &str)]| -> Reply {
        owner.send("GET", &format!("/api/cases/{reference}/notices/1"), headers, Body::empty()).await.expect(503)
    };
    let told = ask(&[("accept-language", "en")]).await;
    assert_eq!((told.code().as_str(), told.header("content-type")), ("notice-unavailable", "application/problem+json"));
    assert!(told.text().contains("window"), "{}", told.text());
    // A person who follows a link is not shown JSON.
    let page = ask(&[("accept", "text/html,application/xhtml+xml,*/*;q=0.8")]).await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.text().contains("窗口给您打印") && page.text().contains("<h1>"), "{}", page.text());
}

#[tokio::test]
async fn the_notices_of_a_case_stand_on_a_page_without_script() {
    let world = telling().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let address = format!("/cases/{reference}/notices");
    assert!(owner.get(&address).await.expect(200).text().contains("还没有文书"));
    let officer = sign_in_officer(&world, CITY).await;
    let task = claimed(&officer, &reference).await;
    decide(&officer, &task, "accept").await;
    let page = owner.get(&format!("{address}?lang=en")).await.expect(200).text();
    let link = format!("<a href=\"/api/cases/{reference}/notices/1\">Notice of acceptance (PDF)</a>");
    // 10:01 in Changde, where it is read, and not the day of UTC.
    assert!(page.contains(&link) && page.contains("2026-11-24 10:"), "{page}");
    assert!(!page.contains("<script"), "{page}");
    world.sign_in(STRANGER).await.get(&address).await.expect(404);
    let signed_out = world.visitor().send("GET", &address, &[("accept", "text/html")], Body::empty()).await.expect(401);
    assert!(signed_out.text().contains("href=\"/sign-in\""), "{}", signed_out.text());
}
