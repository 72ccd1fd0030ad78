//! What an item is before the law: the words, papers and remedies of its steps, and what silence means.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::notices::{printing_with, served, titles};
use crate::officers::{CITY, HEALTH, act, case, family_case, open, sign_in_officer, submitted_case, task_in_review};
use crate::stages::applied;
use crate::submissions::{ready, send};
use crate::world::{OWNER, Visitor, World};

const MOTHER: &str = "13807360002";

/// A world whose program for notices returns its input.
async fn telling() -> World {
    let folder = TempDir::new().unwrap();
    let config = printing_with("/bin/cat", &folder);
    World::with(config, folder).await
}

async fn short_telling() -> World {
    let folder = TempDir::new().unwrap();
    let mut config = printing_with("/bin/cat", &folder);
    config.services = Some(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/short-services"));
    World::with(config, folder).await
}

async fn last_facts(owner: &Visitor<'_>, reference: &str) -> Value {
    let notices = served(owner, reference).await;
    let id = notices.as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
    owner.get(&format!("/api/cases/{reference}/notices/{id}")).await.expect(200).json()
}

#[tokio::test]
#[invariant::invariant("licensing-law-of-licences")]
async fn what_is_no_licence_is_refused_on_its_own_law_and_never_on_that_of_licences() {
    let world = telling().await;
    let mother = world.sign_in(MOTHER).await;
    let reference = family_case(&mother, "陈静").await;
    let officer = sign_in_officer(&world, HEALTH).await;
    let task = task_in_review(&officer, &reference, "certificate").await;
    assert_eq!((&task["kind"], &task["law"][0]["zh"]), (&json!("confirmation"), &json!("《一家人条例》第一条")));
    let refusal = |basis: &str| json!({ "action": "refuse", "says": "材料对不上", "basis": basis });
    for wrong in ["《中华人民共和国行政许可法》第三十八条", "行政许可法"] {
        let refused = act(&officer, &task, "decisions", &refusal(wrong)).await.expect(422).json();
        assert_eq!(refused["errors"][0]["field"], "basis", "{refused}");
    }
    act(&officer, &task, "decisions", &refusal("《一家人条例》第一条")).await.expect(200);
    assert_eq!(titles(&served(&mother, &reference).await), ["受理通知书", "不予办理告知书"]);
    let facts = last_facts(&mother, &reference).await;
    assert_eq!((&facts["licence"], &facts["law"]), (&json!(false), &json!(["《一家人条例》第一条"])));
}

#[tokio::test]
async fn a_refusal_names_the_government_and_the_court_that_review_it() {
    let world = telling().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let task = task_in_review(&officer, &reference, "permit").await;
    let remedies = task["remedies"].as_str().unwrap();
    assert!(remedies.contains("六十日内向常德市鼎城区人民政府申请行政复议"), "{remedies}");
    let refusal = json!({ "action": "refuse", "says": "会挡住消防窗", "basis": "行政许可法第三十八条" });
    act(&officer, &task, "decisions", &refusal).await.expect(200);
    let facts = last_facts(&owner, &reference).await;
    let reviewers = json!({ "authority": "常德市鼎城区人民政府", "court": "常德市鼎城区人民法院" });
    assert_eq!((&facts["title"], &facts["remedies"]), (&json!("不予行政许可决定书"), &reviewers));
    assert_eq!(facts["complaints"], "0736-7221200，市民之家二楼");
    assert_eq!(case(&owner, &reference).await["tasks"][0]["complaints_phone"], "0736-7221200");
}

#[tokio::test]
async fn where_nothing_needs_to_be_applied_for_the_paper_says_so_and_refuses_nothing() {
    let world = telling().await;
    let owner = world.sign_in(OWNER).await;
    for (key, not_needed, title) in [("key-0001", true, "不受理告知书"), ("key-0002", false, "不予受理通知书")]
    {
        let receipt = send(&owner, &ready(&owner).await, key).await.expect(201).json();
        let reference = receipt["reference"].as_str().unwrap().to_owned();
        let officer = sign_in_officer(&world, CITY).await;
        let task = open(&officer, &reference, "permit").await;
        let task = act(&officer, &task, "claim", &json!({})).await.expect(200).json();
        let decline = json!({
            "action": "decline", "says": "可以直接装", "basis": "行政许可法第三十二条", "not_needed": not_needed,
        });
        act(&officer, &task, "decisions", &decline).await.expect(200);
        assert_eq!(titles(&served(&owner, &reference).await), [title]);
    }
}

#[tokio::test]
async fn an_extension_and_a_special_procedure_have_their_papers() {
    let world = short_telling().await;
    let owner = world.sign_in(OWNER).await;
    let officer = sign_in_officer(&world, CITY).await;
    let reference = applied(&owner, None).await;
    let task = task_in_review(&officer, &reference, "first").await;
    assert_eq!(task["special_procedure"]["working_days"], 15);
    let extend = json!({ "action": "extend", "says": "要和消防会商" });
    let task = act(&officer, &task, "decisions", &extend).await.expect(200).json();
    let facts = last_facts(&owner, &reference).await;
    assert_eq!(facts["title"], "延期办理通知书");
    // Five working days after Tuesday the 24th, and ten more.
    assert_eq!((&facts["due_before"]["day"], &facts["due"]["day"]), (&json!(1), &json!(15)));
    let pause = |basis: &str| json!({ "action": "pause", "says": "要到现场看", "basis": basis });
    for wrong in ["", "随便看看"] {
        let refused = act(&officer, &task, "decisions", &pause(wrong)).await.expect(422).json();
        assert_eq!(refused["errors"][0]["field"], "basis", "{refused}");
    }
    act(&officer, &task, "decisions", &pause("现场勘查")).await.expect(200);
    let facts = last_facts(&owner, &reference).await;
    assert_eq!((&facts["title"], &facts["procedure_days"]), (&json!("特别程序告知书"), &json!(15)));
}

#[tokio::test]
async fn a_special_procedure_ends_by_itself_when_its_days_are_over_and_gives_back_no_more() {
    let world = short_telling().await;
    let owner = world.sign_in(OWNER).await;
    let officer = sign_in_officer(&world, CITY).await;
    let reference = applied(&owner, None).await;
    let task = task_in_review(&officer, &reference, "first").await;
    assert_eq!(task["due"], "2026-12-01");
    let pause = json!({ "action": "pause", "says": "要到现场看", "basis": "现场勘查" });
    act(&officer, &task, "decisions", &pause).await.expect(200);
    // Fifteen working days after Tuesday 24 November end on Tuesday 15 December.
    world.pass(21 * 24 * 3600);
    world.run_background_jobs().await;
    let first = |now: &Value| now["tasks"][0].clone();
    let owner = world.sign_in(OWNER).await;
    assert_eq!(first(&case(&owner, &reference).await)["status"], "special", "its last day is not over");
    world.pass(3 * 24 * 3600);
    world.run_background_jobs().await;
    let owner = world.sign_in(OWNER).await;
    let now = case(&owner, &reference).await;
    assert_eq!((&first(&now)["status"], &first(&now)["due"]), (&json!("in-review"), &json!("2026-12-22")));
    assert_eq!(now["history"].as_array().unwrap().last().unwrap()["by"], "system");
}

#[tokio::test]
#[invariant::invariant("licensing-law-of-licences")]
async fn silence_is_acceptance_by_law_for_a_licence_and_by_the_citys_own_rule_for_the_rest() {
    let world = telling().await;
    let (owner, mother) = (world.sign_in(OWNER).await, world.sign_in(MOTHER).await);
    let (licence, other) = (submitted_case(&owner).await, family_case(&mother, "陈静").await);
    world.pass(8 * 24 * 3600);
    world.run_background_jobs().await;
    let (owner, mother) = (world.sign_in(OWNER).await, world.sign_in(MOTHER).await);
    let by_law = case(&owner, &licence).await["history"][0].clone();
    assert!(by_law["basis"].as_str().unwrap().contains("行政许可法"), "{by_law}");
    let by_rule = case(&mother, &other).await["history"][0].clone();
    assert!(by_rule["says"].as_str().unwrap().contains("不是法律规定"), "{by_rule}");
    assert_eq!((&by_rule["action"], &by_rule["basis"]), (&json!("accept"), &json!("")));
    assert_eq!(last_facts(&mother, &other).await["licence"], false);
}
