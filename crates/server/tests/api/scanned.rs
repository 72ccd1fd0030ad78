//! The code on a receipt: officers who have to do with the case see how far it is, its owner comes to the case page,
//! nobody else sees anything.

use serde_json::json;

use crate::audit::lines;
use crate::officers::{CITY, DISTRICT, HEALTH, WINDOW, sign_in_officer, submitted_case};
use crate::stages::applied;
use crate::world::{OWNER, STRANGER, World};

#[tokio::test]
#[invariant::invariant("scanned-by-those-concerned")]
async fn an_officer_who_scans_the_code_sees_how_far_it_is_and_that_is_written_down() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    for name in [CITY, DISTRICT] {
        let officer = sign_in_officer(&world, name).await;
        let desk = officer.get(&format!("/scan/{reference}")).await.expect(303);
        assert_eq!(desk.header("location"), format!("/agency/cases/{reference}"));
        let seen = officer.get(&format!("/api/agency/cases/{}", reference.to_lowercase())).await.expect(200);
        let case = seen.json();
        assert_eq!((&case["reference"], &case["division"]), (&json!(reference), &json!("430703")));
        assert_eq!((&case["tasks"][0]["status"], &case["tasks"][0]["may_open"]), (&json!("submitted"), &json!(true)));
        assert!(!seen.text().contains(OWNER) && !seen.text().contains("answers"), "{}", seen.text());
    }
    let lines = lines(&world, "look-up").await;
    assert!(
        lines.len() == 2 && lines.iter().all(|(actor, object)| actor.starts_with("officer:") && *object == reference)
    );
}

#[tokio::test]
#[invariant::invariant("scanned-by-those-concerned")]
async fn a_window_sees_how_far_any_case_is_and_opens_none() {
    let world = World::of_short_services().await;
    let reference = applied(&world.sign_in(OWNER).await, None).await;
    let window = sign_in_officer(&world, WINDOW).await;
    let case = window.get(&format!("/api/agency/cases/{reference}")).await.expect(200).json();
    // The case is of another division than the window.
    assert_eq!(case["division"], "430702");
    assert!(case["tasks"].as_array().unwrap().iter().all(|task| task["may_open"] == false), "{case}");
    window.get(&format!("/api/agency/tasks/{reference}/first")).await.expect(404);
    assert_eq!(window.get("/api/agency/tasks").await.expect(200).json(), json!([]));
    assert_eq!(lines(&world, "look-up").await.len(), 1);
}

#[tokio::test]
#[invariant::invariant("scanned-by-those-concerned")]
async fn an_officer_of_another_division_or_agency_is_refused_plainly() {
    let world = World::of_short_services().await;
    let reference = applied(&world.sign_in(OWNER).await, None).await;
    for name in [DISTRICT, HEALTH] {
        let officer = sign_in_officer(&world, name).await;
        let refused = officer.get(&format!("/api/agency/cases/{reference}")).await.expect(403);
        assert_eq!(refused.code(), "not-your-office", "{name}");
        assert!(!refused.text().contains("tasks"), "{}", refused.text());
    }
    assert_eq!(lines(&world, "look-up-refused").await.len(), 2);
    assert_eq!(lines(&world, "look-up").await.len(), 0);
}

#[tokio::test]
#[invariant::invariant("scanned-by-those-concerned")]
async fn the_code_leads_its_owner_to_the_case_and_shows_a_stranger_nothing() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let (scan, desk) = (format!("/scan/{reference}"), format!("/api/agency/cases/{reference}"));
    assert_eq!(owner.get(&scan).await.expect(303).header("location"), format!("/cases/{reference}"));
    let stranger = world.sign_in(STRANGER).await;
    // The stranger is led to a page that shows only one's own.
    assert_eq!(stranger.get(&scan).await.expect(303).header("location"), format!("/cases/{reference}"));
    stranger.get(&format!("/api/cases/{reference}")).await.expect(404);
    stranger.get(&desk).await.expect(401);
    let page = world.get(&scan).await.expect(200);
    let other = world.get("/scan/CD2611-0427-7").await.expect(200);
    assert_eq!(
        page.text().replace(&reference, ""),
        other.text().replace("CD2611-0427-7", ""),
        "it says whether there is one"
    );
    world.get(&desk).await.expect(401);
    world.get("/scan/CD2611-0427-8").await.expect(404);
    let officer = sign_in_officer(&world, CITY).await;
    officer.get("/api/agency/cases/CD2611-0427-7").await.expect(404);
}
