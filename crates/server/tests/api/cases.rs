//! Following a case, the wallet, and grievances.

use serde_json::json;

use crate::submissions::{ready, send};
use crate::world::{OWNER, STRANGER, World};

#[tokio::test]
async fn a_case_is_listed_shown_and_survives_a_restart() {
    let mut world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    let receipt = send(&owner, &draft, "key-0001").await.expect(201).json();
    let cookie = owner.cookie.clone();
    world.restart().await;
    let owner = crate::world::Visitor { world: &world, cookie };
    let reference = receipt["reference"].as_str().unwrap();
    let mut listed = receipt.clone();
    listed.as_object_mut().unwrap().remove("next");
    assert_eq!(owner.get("/api/cases").await.expect(200).json(), json!([listed]), "what comes next is for the receipt");
    assert_eq!(owner.get(&format!("/api/cases/{reference}/receipt")).await.expect(200).json(), receipt);
    let reply = owner.get(&format!("/api/cases/{reference}")).await.expect(200);
    assert_eq!(reply.header("cache-control"), "no-store");
    let case = reply.json();
    assert_eq!((&case["division"], &case["answers"]["track"]), (&json!("430703"), &json!("ordinary")));
    let code = owner.get(&format!("/api/cases/{reference}/qr.svg")).await.expect(200);
    assert_eq!(code.header("content-type"), "image/svg+xml");
    assert!(String::from_utf8(code.body).unwrap().contains("<svg"));
}

#[tokio::test]
#[invariant::invariant("owners-only")]
async fn a_case_is_nobody_elses() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    let receipt = send(&owner, &draft, "key-0001").await.expect(201).json();
    let path = format!("/api/cases/{}", receipt["reference"].as_str().unwrap());
    for (visitor, status) in [(world.sign_in(STRANGER).await, 404), (world.visitor(), 401)] {
        for part in ["", "/receipt", "/qr.svg"] {
            visitor.get(&format!("{path}{part}")).await.expect(status);
        }
    }
    assert_eq!(world.sign_in("13900000000").await.get("/api/cases").await.expect(200).json(), json!([]));
}

#[tokio::test]
async fn a_wallet_shows_masked_numbers_of_ones_own() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let all = owner.get("/api/certificates").await.expect(200).json();
    assert_eq!(all.as_array().unwrap().len(), 2);
    let titles = owner.get("/api/certificates?type=property-title").await.expect(200).json();
    assert_eq!(titles[0]["id"], "certificate-liu-title");
    assert_eq!(titles[0]["number"], "湘(20***************345号");
    let stranger = world.sign_in(STRANGER).await;
    assert_eq!(stranger.get("/api/certificates").await.expect(200).json(), json!([]));
    world.partner("certificate-library", "fails").await;
    assert_eq!(owner.get("/api/certificates").await.expect(503).code(), "unavailable");
}

#[tokio::test]
#[invariant::invariant("told-once")]
async fn anybody_may_tell_what_could_not_be_done() {
    let world = World::new().await;
    let told =
        json!({ "happened": "一直传不上去", "phone": "0736 7257982", "service": "corner-shop", "step": "signs" });
    let reply = world.visitor().post("/api/grievances", &told).await.expect(201).json();
    assert_eq!(reply["number"], "BB2611-0001-0");
    let owner = world.sign_in(OWNER).await;
    // The answer was lost, or the button pressed twice: it is told once.
    for _ in 0..2 {
        owner.post("/api/grievances", &told).await.expect(201);
    }
    // The same words about another service are another matter.
    let elsewhere = json!({ "happened": "一直传不上去", "phone": "0736 7257982", "service": "family" });
    let other = world.visitor().post("/api/grievances", &elsewhere).await.expect(201).json();
    assert_eq!(other["number"], "BB2611-0003-6");
    let own = owner.get("/api/grievances").await.expect(200).json();
    assert_eq!(own.as_array().unwrap().len(), 1);
    assert_eq!(own[0]["number"], "BB2611-0002-8");
    let empty = json!({ "happened": "  ", "phone": "1" });
    let errors = world.visitor().post("/api/grievances", &empty).await.expect(422).json();
    assert_eq!((&errors["errors"][0]["field"], &errors["errors"][1]["field"]), (&json!("happened"), &json!("phone")));
}
