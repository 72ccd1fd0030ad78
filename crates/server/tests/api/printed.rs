//! Notices from a decision to the paper, with the program that prints them. Run by the stage "notices on paper", which
//! builds it: `NOTICE_BINARY` says where it is.

use serde_json::json;
use tempfile::TempDir;

use crate::notices::{accepted, claimed, printing_with, served, titles};
use crate::officers::{CITY, act, decide, open, sign_in_officer, submitted_case};
use crate::world::{OWNER, World};

async fn printing() -> World {
    // Without it there is nothing to test: `cargo build -p notice` makes the program.
    let program = std::env::var("NOTICE_BINARY").unwrap();
    let folder = TempDir::new().unwrap();
    World::with(printing_with(&program, &folder), folder).await
}

fn is_pdf_a(document: &[u8]) -> bool {
    let says = |words: &str| document.windows(words.len()).any(|window| window == words.as_bytes());
    document.starts_with(b"%PDF-1.") && says("<pdfaid:part>2</pdfaid:part>")
}

#[tokio::test]
async fn every_notice_of_a_case_is_had_as_pdf_a() {
    let world = printing().await;
    let owner = world.sign_in(OWNER).await;
    let (reference, officer, task) = accepted(&world, &owner).await;
    let task = decide(&officer, &task, "review").await;
    decide(&officer, &task, "approve").await;
    let inspection = open(&officer, &reference, "inspection").await;
    let inspection = act(&officer, &inspection, "claim", &json!({})).await.expect(200).json();
    let back = json!({ "action": "return", "reasons": [{ "field": "shop-address", "says": "门牌号不清楚\n请写全" }] });
    act(&officer, &inspection, "decisions", &back).await.expect(200);
    let notices = served(&owner, &reference).await;
    assert_eq!(titles(&notices), ["受理通知书", "准予行政许可决定书", "补正告知书"]);
    for id in 1..=3 {
        let paper = owner.get(&format!("/api/cases/{reference}/notices/{id}")).await.expect(200);
        assert!(is_pdf_a(&paper.body), "notice {id} is no PDF/A");
    }
    let office = format!("/api/agency/tasks/{reference}/inspection/notices/3");
    assert!(is_pdf_a(&officer.get(&office).await.expect(200).body));
}

#[tokio::test]
async fn refusals_are_had_as_pdf_a() {
    for (action, title) in [("decline", "不予受理通知书"), ("refuse", "不予行政许可决定书")] {
        let world = printing().await;
        let owner = world.sign_in(OWNER).await;
        let reference = submitted_case(&owner).await;
        let officer = sign_in_officer(&world, CITY).await;
        let mut task = claimed(&officer, &reference).await;
        if action == "refuse" {
            task = decide(&officer, &task, "accept").await;
            task = decide(&officer, &task, "review").await;
        }
        let refusal =
            json!({ "action": action, "says": "会挡住消防窗", "basis": "《中华人民共和国行政许可法》第三十八条" });
        act(&officer, &task, "decisions", &refusal).await.expect(200);
        let notices = served(&owner, &reference).await;
        let last = notices.as_array().unwrap().len();
        assert_eq!(titles(&notices)[last - 1], title);
        assert!(
            is_pdf_a(&owner.get(&format!("/api/cases/{reference}/notices/{last}")).await.expect(200).body),
            "{title}"
        );
    }
}

#[tokio::test]
#[invariant::invariant("notices-hold-nothing-up")]
async fn a_character_that_no_font_has_is_named_and_the_case_goes_on() {
    let world = printing().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let task = claimed(&officer, &reference).await;
    let decline = json!({ "action": "decline", "says": "店名里的\u{E000}字不清楚", "basis": "店很小" });
    assert_eq!(act(&officer, &task, "decisions", &decline).await.expect(200).json()["status"], "not-accepted");
    let told = owner.get(&format!("/api/cases/{reference}/notices/1")).await.expect(503);
    assert_eq!(told.code(), "notice-unprintable");
    let detail = told.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("U+E000") && detail.contains("窗口"), "{detail}");
    assert!(!detail.contains("店名"), "what was written is not repeated: {detail}");
}
