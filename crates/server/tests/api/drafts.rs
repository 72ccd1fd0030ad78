//! Drafts and lookups.

use serde_json::{Value, json};

use crate::world::{CREDIT_CODE, OWNER, Reply, STRANGER, Visitor, World};

#[tokio::test]
async fn a_draft_begins_with_what_the_account_knows() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    assert_eq!(draft["answers"], json!({ "contact-phone": OWNER }));
    assert_eq!(draft["version"], 1);
    assert_eq!(draft["saved_at"], "2026-11-24T02:00:00Z");
}

#[tokio::test]
async fn a_change_sets_removes_and_leaves_answers() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let reply = owner.change(&draft, &json!({ "in-city": true, "licence-name": "刘记" })).await.expect(200);
    assert_eq!(reply.header("etag"), "\"2\"");
    let changed = owner.change(&reply.json(), &json!({ "licence-name": null })).await.expect(200).json();
    assert_eq!(changed["answers"], json!({ "contact-phone": OWNER, "in-city": true }));
    let path = format!("/api/drafts/{}", draft["id"].as_str().unwrap());
    assert_eq!(owner.get(&path).await.expect(200).json(), changed);
}

#[tokio::test]
async fn a_change_on_an_old_version_is_refused_with_both() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    owner.change(&draft, &json!({ "in-city": true })).await.expect(200);
    let reply = owner.change(&draft, &json!({ "in-city": false })).await.expect(412);
    assert_eq!(reply.json()["current"]["answers"]["in-city"], true);
    assert_eq!(reply.json()["current"]["version"], 2);
    let path = format!("/api/drafts/{}", draft["id"].as_str().unwrap());
    let bare = owner.json("PATCH", &path, &[], &json!({ "answers": {} })).await.expect(428);
    assert_eq!(bare.code(), "if-match-needed");
}

#[tokio::test]
#[invariant::invariant("no-lost-change")]
async fn of_many_changes_on_one_version_exactly_one_is_kept() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let changes = (0..20).map(|number| {
        let (owner, draft) = (owner.clone(), draft.clone());
        async move { owner.change(&draft, &json!({ "licence-name": number.to_string() })).await.status }
    });
    let statuses = futures_util::future::join_all(changes).await;
    assert_eq!(statuses.iter().filter(|status| status.is_success()).count(), 1);
    assert!(statuses.iter().all(|status| [200, 412].contains(&status.as_u16())));
}

#[tokio::test]
#[invariant::invariant("server-writes-lookups")]
async fn answers_that_the_form_does_not_have_are_refused() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    for (answers, field, code) in [
        (json!({ "colour": "red" }), "colour", "unknown-field"),
        (json!({ "licence-name": 7 }), "licence-name", "wrong-type"),
        (json!({ "in-city": "yes" }), "in-city", "wrong-type"),
        (
            json!({ "licence-check": { "status": "matched", "at": "2026-11-24", "found": {} } }),
            "licence-check",
            "read-only",
        ),
        (json!({ "sign": [{ "row": "a", "colour": "red" }] }), "sign.colour", "unknown-field"),
        (json!({ "sign-pictures": [{ "row": "a", "photos": [] }] }), "sign-pictures", "unknown-field"),
        (json!({ "sign": [{ "row": "a", "photos": "x" }] }), "sign.photos", "wrong-type"),
        (json!({ "sign": [{ "row": "a", "width": 3 }] }), "sign.width", "wrong-type"),
        (json!({ "sign": [{ "row": "a", "double": "9" }] }), "sign.double", "read-only"),
        (json!({ "sign": [{ "text": "no name" }] }), "sign", "wrong-type"),
        (json!({ "sign": { "row": "a" } }), "sign", "wrong-type"),
        (json!({ "shop-address": { "county": "430703" } }), "shop-address", "wrong-type"),
    ] {
        let reply = owner.change(&draft, &answers).await.expect(422);
        assert_eq!(reply.code(), "invalid-answers", "{answers}");
        assert_eq!(reply.json()["errors"][0]["field"], field, "{answers}");
        assert_eq!(reply.json()["errors"][0]["code"], code, "{answers}");
    }
}

#[tokio::test]
async fn a_wrong_answer_of_the_right_type_survives_as_it_was_typed() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let typed = json!({ "credit-code": "924307o3", "sign": [{ "row": "a", "width": "three" }] });
    let changed = owner.change(&draft, &typed).await.expect(200).json();
    assert_eq!(changed["answers"]["credit-code"], "924307o3");
    assert_eq!(changed["answers"]["sign"][0]["width"], "three");
}

#[tokio::test]
async fn more_than_the_limit_is_refused() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let reply = owner.change(&draft, &json!({ "licence-name": "长".repeat(100_000) })).await.expect(413);
    assert_eq!(reply.code(), "too-large");
    let half = |field: &str| json!({ field: "x".repeat(140_000) });
    let first = owner.change(&draft, &half("licence-name")).await.expect(200).json();
    owner.change(&first, &half("operator")).await.expect(413);
}

#[tokio::test]
async fn names_of_places_come_from_our_own_list() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let address = |street: &str| json!({ "shop-address": { "division": "430703", "street": street, "door": "1 号", "place": "北京" } });
    let changed = owner.change(&draft, &address("430703001")).await.expect(200).json();
    assert_eq!(changed["answers"]["shop-address"]["place"], "鼎城区玉霞街道");
    let changed = owner.change(&changed, &address("430702001")).await.expect(200).json();
    assert_eq!(changed["answers"]["shop-address"]["place"], "");
    assert_eq!(changed["answers"]["shop-address"]["street"], "");
}

#[tokio::test]
async fn the_content_hash_follows_what_would_be_sent_and_nothing_else() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let hash = |draft: &Value| draft["content_hash"].as_str().unwrap().to_owned();
    let one = owner.change(&draft, &json!({ "in-city": true })).await.expect(200).json();
    assert_ne!(hash(&one), hash(&draft));
    // Not shown, because the licence was not looked up.
    let hidden =
        owner.change(&one, &json!({ "licence-photo": [{ "id": "x", "name": "x", "bytes": 1 }] })).await.expect(200);
    assert_eq!(hash(&hidden.json()), hash(&one));
}

#[tokio::test]
async fn drafts_are_listed_with_their_progress_and_deleted() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let answers = json!({ "in-city": true, "track": "ordinary" });
    owner.change(&draft, &answers).await.expect(200);
    let drafts = owner.get("/api/drafts").await.expect(200).json();
    assert_eq!((&drafts[0]["steps_done"], &drafts[0]["steps"]), (&json!(1), &json!(6)));
    let path = format!("/api/drafts/{}", draft["id"].as_str().unwrap());
    owner.delete(&path).await.expect(204);
    owner.get(&path).await.expect(404);
    owner.delete(&path).await.expect(404);
    assert_eq!(owner.get("/api/drafts").await.expect(200).json(), json!([]));
}

#[tokio::test]
async fn a_lookup_fills_empty_fields_and_a_different_answer_doubts_it() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let typed = json!({ "credit-code": CREDIT_CODE, "operator": "刘大" });
    let draft = owner.change(&draft, &typed).await.expect(200).json();
    let found = owner.look_up(&draft, &json!({})).await.expect(200).json();
    assert_eq!(found["answers"]["licence-name"], "鼎城区刘记卤味店");
    assert_eq!(found["answers"]["operator"], "刘大");
    let entry = json!({ "name": "鼎城区刘记卤味店", "operator": "刘建国" });
    assert_eq!(found["answers"]["licence-check"], json!({ "status": "doubted", "at": "2026-11-24", "found": entry }));
    let mended = owner.change(&found, &json!({ "operator": "" })).await.expect(200).json();
    let matched = owner.look_up(&mended, &json!({})).await.expect(200).json();
    assert_eq!(
        (&matched["answers"]["operator"], &matched["answers"]["licence-check"]["status"]),
        (&json!("刘建国"), &json!("matched"))
    );
    let doubted = owner.look_up(&matched, &json!({ "doubt": true })).await.expect(200).json();
    assert_eq!(doubted["answers"]["licence-check"]["status"], "doubted");
    assert_eq!(doubted["answers"]["licence-check"]["found"], entry);
}

#[tokio::test]
async fn another_number_forgets_what_was_found_for_the_old_one() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let draft = owner.change(&draft, &json!({ "credit-code": CREDIT_CODE })).await.expect(200).json();
    let draft = owner.look_up(&draft, &json!({})).await.expect(200).json();
    let draft = owner
        .change(&draft, &json!({ "operator": "刘大", "credit-code": "91430702MA0000015F" }))
        .await
        .expect(200)
        .json();
    assert_eq!(draft["answers"]["licence-check"], Value::Null);
    assert_eq!(draft["answers"]["licence-name"], Value::Null);
    assert_eq!(draft["answers"]["operator"], "刘大");
}

#[tokio::test]
async fn a_register_without_an_answer_is_an_answer_too() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let missing = owner.look_up(&draft, &json!({})).await.expect(422).json();
    assert_eq!(
        (&missing["errors"][0]["field"], &missing["errors"][0]["code"]),
        (&json!("credit-code"), &json!("missing"))
    );
    let draft = owner.change(&draft, &json!({ "credit-code": "92430703MA00000230" })).await.expect(200).json();
    let wrong = owner.look_up(&draft, &json!({})).await.expect(422).json();
    assert_eq!(wrong["errors"][0]["code"], "bad-check-digit");
    let draft = owner.change(&draft, &json!({ "credit-code": "92430702MA0000058R" })).await.expect(200).json();
    let nothing = owner.look_up(&draft, &json!({})).await.expect(200).json();
    assert_eq!(nothing["answers"]["licence-check"]["status"], "not-found");
    world.partner("business-register", "fails").await;
    let stalled = owner.look_up(&nothing, &json!({})).await.expect(200).json();
    assert_eq!(stalled["answers"]["licence-check"]["status"], "unavailable");
    world.partner("business-register", "wrong").await;
    let mixed_up = owner.look_up(&stalled, &json!({})).await.expect(200).json();
    assert_eq!(mixed_up["answers"]["licence-check"]["status"], "matched");
    assert_ne!(mixed_up["answers"]["licence-name"], "鼎城区刘记卤味店");
}

#[tokio::test]
#[invariant::invariant("owners-only")]
async fn a_draft_is_nobody_elses() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let path = format!("/api/drafts/{}", draft["id"].as_str().unwrap());
    for (visitor, status) in [(world.sign_in(STRANGER).await, 404), (world.visitor(), 401)] {
        visitor.get(&path).await.expect(status);
        visitor.delete(&path).await.expect(status);
        visitor.change(&draft, &json!({ "in-city": true })).await.expect(status);
        visitor.look_up(&draft, &json!({})).await.expect(status);
    }
    assert_eq!(world.sign_in("13900000000").await.get("/api/drafts").await.expect(200).json(), json!([]));
}

#[tokio::test]
#[invariant::invariant("frozen-versions")]
async fn a_draft_survives_a_restart_and_finishes_on_its_version() {
    let mut world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let cookie = owner.cookie.clone();
    world.restart().await;
    let owner = Visitor { world: &world, cookie };
    let path = format!("/api/drafts/{}", draft["id"].as_str().unwrap());
    assert_eq!(owner.get(&path).await.expect(200).json(), draft);
}

#[tokio::test]
async fn fifty_unfinished_drafts_are_enough() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    for _ in 0..50 {
        owner.draft().await;
    }
    let new = json!({ "service": "corner-shop", "division": "430703" });
    assert_eq!(owner.post("/api/drafts", &new).await.expect(422).code(), "too-many-drafts");
}

pub(crate) async fn move_to(visitor: &Visitor<'_>, draft: &Value, division: &str) -> Reply {
    let tag = format!("\"{}\"", draft["version"]);
    let path = format!("/api/drafts/{}", draft["id"].as_str().unwrap());
    visitor.json("PATCH", &path, &[("if-match", &tag)], &json!({ "division": division })).await
}

#[tokio::test]
async fn a_draft_moves_to_another_division_with_its_answers() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let begun = owner.draft().await;
    let draft = owner.change(&begun, &json!({ "licence-name": "刘记" })).await.expect(200).json();
    let moved = move_to(&owner, &draft, "430702").await.expect(200).json();
    assert_eq!((&moved["division"], &moved["answers"]), (&json!("430702"), &draft["answers"]));
    assert_ne!(moved["content_hash"], draft["content_hash"], "another office gets it");
    let path = format!("/api/drafts/{}", draft["id"].as_str().unwrap());
    assert_eq!(owner.get(&path).await.expect(200).json(), moved);
    // Another screen learns of it as of every change, and nobody else may.
    assert_eq!(move_to(&owner, &draft, "430725").await.expect(412).json()["current"], moved);
    move_to(&world.sign_in(STRANGER).await, &moved, "430725").await.expect(404);
    let nowhere = move_to(&owner, &moved, "110000").await.expect(422).json();
    assert_eq!(nowhere["errors"][0]["code"], "unknown-division");
    assert_eq!(owner.get(&path).await.expect(200).json(), moved);
}
