//! Sending an application.

use image::ImageFormat;
use serde_json::{Value, json};

use crate::photograph::picture;
use crate::world::{CREDIT_CODE, OWNER, Reply, STRANGER, Visitor, World};

/// A draft that can be sent: looked up, with a photograph and a certificate.
pub(crate) async fn ready(owner: &Visitor<'_>) -> Value {
    let draft = owner.draft().await;
    let draft = owner.change(&draft, &json!({ "credit-code": CREDIT_CODE })).await.expect(200).json();
    let draft = owner.look_up(&draft, &json!({})).await.expect(200).json();
    let file = picture(20, 20, ImageFormat::Jpeg);
    let photo =
        owner.upload(&draft, "sign.photos", &[("row", "a"), ("filename", "前.jpg")], &file).await.expect(200).json();
    let answers = json!({
        "in-city": true,
        "track": "ordinary",
        "shop-address": { "division": "430703", "street": "430703001", "door": "金霞路 88 号", "place": "" },
        "sign": [{ "row": "a", "text": "刘记卤味", "width": "3.5",
            "photos": [{ "id": photo["id"], "name": "anything", "bytes": 1 }] }],
        "title-certificate": { "id": "certificate-liu-title", "title": "anything", "number": "anything" },
        "truth": { "accepted": true, "version": 1 },
    });
    owner.change(&draft, &answers).await.expect(200).json()
}

pub(crate) async fn send(visitor: &Visitor<'_>, draft: &Value, key: &str) -> Reply {
    let path = format!("/api/drafts/{}/submit", draft["id"].as_str().unwrap());
    let mut seen = json!({ "version": draft["version"], "content_hash": draft["content_hash"] });
    if let Some(returns) = draft.get("returns") {
        seen["returns"] = returns.clone();
    }
    visitor.json("POST", &path, &[("idempotency-key", key)], &seen).await
}

#[tokio::test]
async fn a_case_has_a_task_for_each_item_that_holds() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    let receipt = send(&owner, &draft, "key-0001").await.expect(201).json();
    assert_eq!(receipt["reference"], "CD2611-0001-0");
    assert_eq!(receipt["received_at"], "2026-11-24T02:00:00Z");
    let tasks: Vec<_> = receipt["tasks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|task| json!([task["item"], task["status"], task["due"]]))
        .collect();
    // Seven working days after Tuesday 24 November are Thursday 3 December.
    assert_eq!(json!(tasks), json!([["permit", "submitted", "2026-12-03"], ["inspection", "waiting", null]]));
    assert_eq!(receipt["tasks"][0]["agency"]["zh"], "市场监管局");
    // The draft became the case.
    owner.get(&format!("/api/drafts/{}", draft["id"].as_str().unwrap())).await.expect(404);
    assert_eq!(owner.get("/api/drafts").await.expect(200).json(), json!([]));
}

#[tokio::test]
async fn the_promise_track_has_its_own_clock_and_other_items_appear() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    let draft = owner.change(&draft, &json!({ "track": "promise", "has-lights": true })).await.expect(200).json();
    let receipt = send(&owner, &draft, "key-0001").await.expect(201).json();
    assert_eq!(receipt["tasks"][0]["due"], "2026-11-25");
    assert_eq!((&receipt["tasks"][2]["item"], &receipt["tasks"][2]["due"]), (&json!("lights"), &json!("2026-12-01")));
}

#[tokio::test]
async fn a_day_in_a_year_without_a_calendar_is_provisional() {
    let world = World::new().await;
    world.pass(35 * 24 * 60 * 60);
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    let receipt = send(&owner, &draft, "key-0001").await.expect(201).json();
    assert_eq!(receipt["reference"], "CD2612-0001-8");
    assert_eq!(
        (&receipt["tasks"][0]["due"], &receipt["tasks"][0]["due_is_provisional"]),
        (&json!("2027-01-08"), &json!(true))
    );
}

#[tokio::test]
#[invariant::invariant("one-case")]
async fn the_same_key_gives_the_same_receipt_and_no_second_case() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    let first = send(&owner, &draft, "key-0001").await.expect(201).json();
    assert_eq!(send(&owner, &draft, "key-0001").await.expect(201).json(), first);
    let mut other = draft.clone();
    other["version"] = json!(1);
    assert_eq!(send(&owner, &other, "key-0001").await.expect(422).code(), "idempotency-key-reused");
    let another = owner.draft().await;
    assert_eq!(send(&owner, &another, "key-0001").await.expect(422).code(), "idempotency-key-reused");
    send(&owner, &draft, "key-0002").await.expect(404);
    assert_eq!(owner.get("/api/cases").await.expect(200).json().as_array().unwrap().len(), 1);
}

#[tokio::test]
#[invariant::invariant("one-case")]
async fn a_second_sending_while_the_first_is_under_way_is_told_to_wait() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    // The register is asked once more before anything is written, and takes its time.
    world.partner("business-register", "slow").await;
    let (one, other) = tokio::join!(send(&owner, &draft, "key-0001"), send(&owner, &draft, "key-0001"));
    let (sent, waits) = if one.status == 201 { (one, other) } else { (other, one) };
    let waits = waits.expect(409);
    assert_eq!((waits.code().as_str(), waits.header("retry-after")), ("submission-in-flight", "2"));
    assert_eq!(send(&owner, &draft, "key-0001").await.expect(201).json(), sent.expect(201).json());
}

#[tokio::test]
async fn of_many_sendings_at_once_one_case_comes() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    let sendings = (0..16).map(|number| {
        let (owner, draft) = (owner.clone(), draft.clone());
        async move { send(&owner, &draft, &format!("key-000{}", number % 4)).await }
    });
    let replies = futures_util::future::join_all(sendings).await;
    let references: std::collections::BTreeSet<_> =
        replies.iter().filter(|reply| reply.status == 201).map(|reply| reply.json()["reference"].to_string()).collect();
    assert_eq!(references.len(), 1);
    assert_eq!(owner.get("/api/cases").await.expect(200).json().as_array().unwrap().len(), 1);
}

#[tokio::test]
#[invariant::invariant("one-case")]
async fn many_people_at_once_get_numbers_without_gaps() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let mut drafts = Vec::new();
    for _ in 0..8 {
        drafts.push(ready(&owner).await);
    }
    let sendings = drafts.iter().map(|draft| send(&owner, draft, draft["id"].as_str().unwrap()));
    let mut numbers: Vec<u32> = futures_util::future::join_all(sendings)
        .await
        .iter()
        .map(|reply| reply.json()["reference"].as_str().unwrap()[7..11].parse().unwrap())
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
}

#[tokio::test]
#[invariant::invariant("seen-is-sent")]
async fn what_was_not_seen_is_not_sent() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    let newer = owner.change(&draft, &json!({ "track": "promise" })).await.expect(200).json();
    let stale = send(&owner, &draft, "key-0001").await.expect(412).json();
    assert_eq!(stale["current"]["version"], newer["version"]);
    let mut forged = newer.clone();
    forged["content_hash"] = draft["content_hash"].clone();
    send(&owner, &forged, "key-0002").await.expect(412);
}

#[tokio::test]
#[invariant::invariant("server-decides")]
async fn a_form_with_gaps_is_sent_back_with_all_of_them() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    let gaps = json!({ "truth": null, "sign": [{ "row": "a", "text": "刘记卤味", "width": "99" }] });
    let draft = owner.change(&draft, &gaps).await.expect(200).json();
    let reply = send(&owner, &draft, "key-0001").await.expect(422);
    assert_eq!(reply.code(), "not-ready");
    let errors: Vec<_> = reply.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| json!([error["field"], error["row"], error["code"]]))
        .collect();
    let expected = json!([["sign.width", 0, "too-large"], ["sign.photos", 0, "missing"], ["truth", null, "missing"]]);
    assert_eq!(json!(errors), expected);
}

#[tokio::test]
async fn a_warning_does_not_stop_anybody() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    // 3.5 m is more than the limit of 3 m, which only warns.
    let draft = ready(&owner).await;
    send(&owner, &draft, "key-0001").await.expect(201);
}

#[tokio::test]
async fn a_gate_says_where_to_go_instead() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    let draft = owner.change(&draft, &json!({ "in-city": false })).await.expect(200).json();
    let reply = send(&owner, &draft, "key-0001").await.expect(422);
    assert_eq!(reply.code(), "gate");
    assert!(reply.json()["detail"].as_str().unwrap().contains("12345"));
}

#[tokio::test]
async fn a_register_that_says_otherwise_now_is_shown_before_sending() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    world.partner("business-register", "wrong").await;
    let stale = send(&owner, &draft, "key-0001").await.expect(412).json();
    assert_ne!(stale["current"]["answers"]["licence-check"]["found"], draft["answers"]["licence-check"]["found"]);
    world.partner("business-register", "fails").await;
    send(&owner, &stale["current"], "key-0002").await.expect(201);
}

#[tokio::test]
async fn a_register_that_was_silent_since_yesterday_holds_the_sending_up() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    world.pass(24 * 60 * 60);
    world.partner("business-register", "fails").await;
    let owner = world.sign_in(OWNER).await;
    assert_eq!(send(&owner, &draft, "key-0001").await.expect(503).code(), "unavailable");
}

#[tokio::test]
#[invariant::invariant("server-decides")]
async fn certificates_must_be_ones_own_of_the_right_kind_and_valid() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    for (id, code) in [
        ("certificate-xiang-title", "certificate-gone"),
        ("certificate-liu-id", "certificate-gone"),
        ("no-such-certificate", "certificate-gone"),
    ] {
        let choice = json!({ "title-certificate": { "id": id, "title": "不动产权证书", "number": "1" } });
        let path = format!("/api/drafts/{}", draft["id"].as_str().unwrap());
        let now = owner.get(&path).await.expect(200).json();
        let changed = owner.change(&now, &choice).await.expect(200).json();
        let reply = send(&owner, &changed, "key-0001").await.expect(422);
        assert_eq!(
            (reply.json()["errors"][0]["code"].as_str(), reply.code()),
            (Some(code), "not-ready".to_owned()),
            "{id}"
        );
    }
    let holder = world.sign_in("13807360004").await;
    let draft = ready(&holder).await;
    let choice = json!({ "title-certificate": { "id": "certificate-xiang-title", "title": "x", "number": "x" } });
    let draft = holder.change(&draft, &choice).await.expect(200).json();
    let reply = send(&holder, &draft, "key-0001").await.expect(422).json();
    assert_eq!(reply["errors"][0]["code"], "certificate-expired");
}

#[tokio::test]
#[invariant::invariant("server-decides")]
async fn files_must_have_arrived_for_this_draft_and_question() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let other = ready(&owner).await;
    let draft = ready(&owner).await;
    let file = picture(20, 20, ImageFormat::Jpeg);
    let elsewhere = owner.upload(&draft, "title-copy", &[], &file).await.expect(200).json();
    let row = owner.upload(&draft, "sign.photos", &[("row", "b")], &file).await.expect(200).json();
    let path = format!("/api/drafts/{}", draft["id"].as_str().unwrap());
    for id in [
        json!("nothing"),
        elsewhere["id"].clone(),
        row["id"].clone(),
        other["answers"]["sign"][0]["photos"][0]["id"].clone(),
    ] {
        let sign = json!({ "sign": [{ "row": "a", "text": "刘记", "width": "1", "photos": [{ "id": id, "name": "", "bytes": 1 }] }] });
        let now = owner.get(&path).await.expect(200).json();
        let changed = owner.change(&now, &sign).await.expect(200).json();
        let reply = send(&owner, &changed, "key-0001").await.expect(422).json();
        assert_eq!(
            reply["errors"][0],
            json!({ "field": "sign.photos", "row": 0, "code": "file-gone",
            "message": "有一个文件没有传完，请删掉它再传一次" })
        );
    }
}

#[tokio::test]
#[invariant::invariant("server-decides")]
async fn a_case_describes_certificates_and_files_in_the_servers_words() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    let reference = send(&owner, &draft, "key-0001").await.expect(201).json()["reference"].as_str().unwrap().to_owned();
    let case = owner.get(&format!("/api/cases/{reference}")).await.expect(200).json();
    assert_eq!(case["answers"]["title-certificate"]["number"], "湘(20***************345号");
    let photo = &case["answers"]["sign"][0]["photos"][0];
    assert_eq!(photo["name"], "前.jpg");
    assert!(photo["bytes"].as_u64().unwrap() > 100);
    assert_eq!(case["answers"]["sign"][0]["double"], "12.25");
    // A sent file stays.
    let attachment = format!("/api/attachments/{}", photo["id"].as_str().unwrap());
    owner.delete(&attachment).await.expect(404);
    owner.get(&attachment).await.expect(200);
}

#[tokio::test]
async fn an_sms_tells_the_reference() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    let reference = send(&owner, &draft, "key-0001").await.expect(201).json()["reference"].as_str().unwrap().to_owned();
    let told = async {
        loop {
            let messages = world.get(&format!("/demo/sms?phone={OWNER}")).await.expect(200).json();
            if messages[0]["text"].as_str().unwrap().contains(&reference) {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), told).await.unwrap();
}

#[tokio::test]
async fn sending_needs_a_key_and_a_draft_of_ones_own() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    for key in ["", "short", &"x".repeat(65)] {
        assert_eq!(send(&owner, &draft, key).await.expect(400).code(), "idempotency-key-needed");
    }
    let stranger = world.sign_in(STRANGER).await;
    send(&stranger, &draft, "key-0001").await.expect(404);
    send(&world.visitor(), &draft, "key-0001").await.expect(401);
}
