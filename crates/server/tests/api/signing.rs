//! Somebody signs on their own phone: what the person sees whom the request names, what lands in the draft, and what the
//! applicant learns.

use serde_json::{Value, json};

use crate::audit::lines;
use crate::officers::{CITY, act, sign_in_officer, task_in_review, wait_for_sms_to};
use crate::submissions::send;
use crate::world::{OWNER, Reply, Visitor, World};

/// 周小梅, whom the deed names with her resident number.
pub(crate) const PARTNER: &str = "13807360003";
const PARTNER_ID: &str = "430725199306071028";
/// 向长明, an heir whom the deed knows by phone.
pub(crate) const HEIR: &str = "13807360004";
pub(crate) const OTHER_HEIR: &str = "13807360012";
pub(crate) const STRANGER: &str = "13807360002";
const STROKES: &str = "M10 20L60 40L110 20";
const DAY: i64 = 24 * 60 * 60;

pub(crate) fn answers(subject: &str) -> Value {
    json!({ "subject": subject, "partner-name": "周小梅", "partner-id": PARTNER_ID, "partner-phone": PARTNER,
        "with-heirs": false })
}

pub(crate) fn heirs() -> Value {
    json!({ "with-heirs": true, "heir": [
        { "row": "elder", "name": "向长明", "phone": HEIR },
        { "row": "younger", "name": "曹映雪", "phone": OTHER_HEIR },
    ] })
}

/// A deed with everything but the signatures.
pub(crate) async fn deed(owner: &Visitor<'_>, answers: &Value) -> Value {
    let new = json!({ "service": "deed", "division": "430703" });
    let draft = owner.post("/api/drafts", &new).await.expect(201).json();
    owner.change(&draft, answers).await.expect(200).json()
}

pub(crate) async fn ask_to_sign(owner: &Visitor<'_>, draft: &Value, field: &str, row: Option<&str>) -> Reply {
    let mut body = json!({ "field": field });
    if let Some(row) = row {
        body["row"] = json!(row);
    }
    owner.post(&format!("/api/drafts/{}/signature-requests", id(draft)), &body).await
}

pub(crate) async fn requests(owner: &Visitor<'_>, draft: &Value) -> Value {
    owner.get(&format!("/api/drafts/{}/signature-requests", id(draft))).await.expect(200).json()
}

async fn signers(owner: &Visitor<'_>, draft: &Value) -> Vec<Value> {
    let view = owner.get(&format!("/api/drafts/{}/signers", id(draft))).await.expect(200).json();
    view["signers"].as_array().unwrap().clone()
}

pub(crate) async fn current(owner: &Visitor<'_>, draft: &Value) -> Value {
    owner.get(&format!("/api/drafts/{}", id(draft))).await.expect(200).json()
}

pub(crate) async fn look(visitor: &Visitor<'_>, request: &Value) -> Reply {
    visitor.get(&format!("/api/sign/{}", id(request))).await
}

pub(crate) async fn sign(visitor: &Visitor<'_>, request: &Value, hash: &Value) -> Reply {
    let body = json!({ "content_hash": hash, "strokes": STROKES });
    visitor.post(&format!("/api/sign/{}/signature", id(request)), &body).await
}

pub(crate) async fn object(visitor: &Visitor<'_>, request: &Value, reason: &str) -> Reply {
    visitor.post(&format!("/api/sign/{}/objection", id(request)), &json!({ "reason": reason })).await
}

pub(crate) fn id(named: &Value) -> &str {
    named["id"].as_str().unwrap()
}

/// A deed whose partner was asked: the deed, and the request.
async fn asked(owner: &Visitor<'_>) -> (Value, Value) {
    let draft = deed(owner, &answers("卖房")).await;
    let request = ask_to_sign(owner, &draft, "partner-signature", None).await.expect(201).json();
    (draft, request)
}

async fn signed(partner: &Visitor<'_>, request: &Value) -> Value {
    let seen = look(partner, request).await.expect(200).json();
    sign(partner, request, &seen["to_sign"]["content_hash"]).await.expect(200).json()
}

#[tokio::test]
#[invariant::invariant("signed-is-sent")]
async fn the_person_whom_the_form_names_signs_on_their_own_phone() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let (draft, request) = asked(&owner).await;
    assert_eq!(request["state"], "sent");
    assert_eq!(request["phone"], "138****0003");
    let told = wait_for_sms_to(&world, PARTNER, "签名").await;
    let link = format!("/sign/{}", id(&request));
    assert!(
        told.iter().any(|text| text.contains("刘**请您作为合伙人在“契约”上签名") && text.contains(&link)),
        "{told:?}"
    );
    let partner = world.sign_in(PARTNER).await;
    let seen = look(&partner, &request).await.expect(200).json();
    assert_eq!((&seen["asked_by"], &seen["to_sign"]["name"]), (&json!("刘**"), &json!("周小梅")));
    assert_eq!(seen["to_sign"]["papers"][0]["zh"], "契约书");
    let says = seen["to_sign"]["steps"][0]["lines"][0]["says"]["zh"].clone();
    assert_eq!(says, "卖房");
    assert_eq!(requests(&owner, &draft).await[0]["state"], "seen");
    let after = sign(&partner, &request, &seen["to_sign"]["content_hash"]).await.expect(200).json();
    assert_eq!((&after["state"], &after["to_sign"]), (&json!("signed"), &Value::Null));
    wait_for_sms_to(&world, OWNER, "周小梅已经在“契约”上签名").await;
    let draft = current(&owner, &draft).await;
    let signature = json!({ "strokes": STROKES, "signed": seen["to_sign"]["content_hash"], "at": "2026-11-24T02:00:00Z",
        "signer": "周小梅", "request": id(&request) });
    assert_eq!(draft["answers"]["partner-signature"], signature);
    let receipt = send(&owner, &draft, "key-0001").await.expect(201).json();
    let case = owner.get(&format!("/api/cases/{}", receipt["reference"].as_str().unwrap())).await.expect(200).json();
    assert_eq!(case["answers"]["partner-signature"], signature);
    // Afterwards nothing of what was sent is read through the request.
    assert_eq!(look(&partner, &request).await.expect(200).json()["to_sign"], Value::Null);
    for action in ["request-signature", "open-signature", "sign"] {
        assert_eq!(lines(&world, action).await.len(), 1, "{action}");
    }
}

#[tokio::test]
#[invariant::invariant("only-the-signer")]
async fn for_anybody_else_a_request_is_not_there() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let draft = deed(&owner, &answers("卖房")).await;
    let draft = owner.change(&draft, &heirs()).await.expect(200).json();
    let by_number = ask_to_sign(&owner, &draft, "partner-signature", None).await.expect(201).json();
    let by_phone = ask_to_sign(&owner, &draft, "heir.signature", Some("elder")).await.expect(201).json();
    let [stranger, other_heir, partner] =
        [world.sign_in(STRANGER).await, world.sign_in(OTHER_HEIR).await, world.sign_in(PARTNER).await];
    let hash = look(&partner, &by_number).await.expect(200).json()["to_sign"]["content_hash"].clone();
    let nowhere = json!({ "id": "00000000-0000-4000-8000-000000000000" });
    let missing = look(&stranger, &nowhere).await.expect(404).text();
    for (who, visitor) in [("owner", &owner), ("stranger", &stranger), ("other heir", &other_heir)] {
        for request in [&by_number, &by_phone] {
            assert_eq!(look(visitor, request).await.expect(404).text(), missing, "{who}");
            sign(visitor, request, &hash).await.expect(404);
            object(visitor, request, "不对").await.expect(404);
        }
    }
    look(&partner, &by_phone).await.expect(404);
    look(&world.visitor(), &by_number).await.expect(401);
    let states: Vec<_> =
        requests(&owner, &draft).await.as_array().unwrap().iter().map(|one| one["state"].clone()).collect();
    assert_eq!(states, ["sent", "seen"]);
    // Nor does anybody else ask for signatures under this draft, or see who was asked.
    ask_to_sign(&stranger, &draft, "partner-signature", None).await.expect(404);
    let list = format!("/api/drafts/{}/signature-requests", id(&draft));
    stranger.get(&list).await.expect(404);
    stranger.get(&format!("/api/drafts/{}/signers", id(&draft))).await.expect(404);
    stranger.delete(&format!("{list}/{}", id(&by_number))).await.expect(404);
}

#[tokio::test]
#[invariant::invariant("only-the-signer")]
async fn a_mistyped_number_opens_nothing_to_whoever_has_it() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let draft = deed(&owner, &answers("卖房")).await;
    let mut heirs = heirs();
    heirs["heir"][0]["phone"] = json!(STRANGER);
    let draft = owner.change(&draft, &heirs).await.expect(200).json();
    let request = ask_to_sign(&owner, &draft, "heir.signature", Some("elder")).await.expect(201).json();
    look(&world.sign_in(STRANGER).await, &request).await.expect(404);
    let told = wait_for_sms_to(&world, STRANGER, "签名").await;
    assert!(told.iter().all(|text| !text.contains("卖房") && !text.contains("向长明")), "{told:?}");
}

#[tokio::test]
#[invariant::invariant("signed-is-sent")]
async fn only_what_was_seen_is_signed() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let (draft, request) = asked(&owner).await;
    let partner = world.sign_in(PARTNER).await;
    let seen = look(&partner, &request).await.expect(200).json()["to_sign"]["content_hash"].clone();
    owner.change(&draft, &json!({ "subject": "送房" })).await.expect(200);
    let refused = sign(&partner, &request, &seen).await.expect(412);
    assert_eq!(refused.code(), "signed-content-changed");
    let errors = refused.json()["errors"].clone();
    assert_eq!((errors.as_array().unwrap().len(), &errors[0]["message"]), (1, &json!("事由：送房")));
    assert_eq!(current(&owner, &draft).await["answers"]["partner-signature"], Value::Null);
    let seen = look(&partner, &request).await.expect(200).json()["to_sign"]["content_hash"].clone();
    sign(&partner, &request, &seen).await.expect(200);
    // The same once more is the same; another one is not taken.
    sign(&partner, &request, &seen).await.expect(200);
    assert_eq!(object(&partner, &request, "后悔了").await.expect(409).code(), "signature-request-closed");
    assert_eq!(lines(&world, "sign").await.len(), 1);
}

#[tokio::test]
async fn what_is_sent_twice_at_once_is_one_request_and_one_signature() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let draft = deed(&owner, &answers("卖房")).await;
    let ask = || ask_to_sign(&owner, &draft, "partner-signature", None);
    let (one, other) = tokio::join!(ask(), ask());
    let (one, other) = (one.expect(201).json(), other.expect(201).json());
    assert_eq!(one["id"], other["id"]);
    let partner = world.sign_in(PARTNER).await;
    let hash = look(&partner, &one).await.expect(200).json()["to_sign"]["content_hash"].clone();
    let (first, second) = tokio::join!(sign(&partner, &one, &hash), sign(&partner, &one, &hash));
    assert_eq!(
        (&first.expect(200).json()["state"], &second.expect(200).json()["state"]),
        (&json!("signed"), &json!("signed"))
    );
    assert_eq!((lines(&world, "request-signature").await.len(), lines(&world, "sign").await.len()), (1, 1));
}

#[tokio::test]
#[invariant::invariant("signed-is-sent")]
async fn a_change_after_signing_voids_it_and_both_are_told() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let (draft, request) = asked(&owner).await;
    let partner = world.sign_in(PARTNER).await;
    signed(&partner, &request).await;
    let hash = current(&owner, &draft).await["answers"]["partner-signature"]["signed"].clone();
    let changed = owner.change(&current(&owner, &draft).await, &json!({ "subject": "送房" })).await.expect(200).json();
    assert_eq!(changed["answers"]["partner-signature"], json!({ "stale": true }));
    assert_eq!(requests(&owner, &draft).await[0]["state"], "voided");
    wait_for_sms_to(&world, PARTNER, "您的签名已经作废").await;
    wait_for_sms_to(&world, OWNER, "对方的签名已经作废").await;
    // A second change tells nobody again, and the old content coming back brings no signature back.
    let back = owner.change(&changed, &json!({ "subject": "卖房" })).await.expect(200).json();
    assert_eq!(back["answers"]["partner-signature"], json!({ "stale": true }));
    sign(&partner, &request, &hash).await.expect(409);
    assert_eq!(lines(&world, "void-signature").await.len(), 1);
    send(&owner, &back, "key-0001").await.expect(422);
    let again = ask_to_sign(&owner, &back, "partner-signature", None).await.expect(201).json();
    assert_ne!(again["id"], request["id"]);
    signed(&partner, &again).await;
    send(&owner, &current(&owner, &draft).await, "key-0002").await.expect(201);
}

#[tokio::test]
#[invariant::invariant("signed-is-sent")]
async fn a_correction_voids_what_was_signed_on_another_phone_and_says_so() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let (draft, request) = asked(&owner).await;
    let partner = world.sign_in(PARTNER).await;
    signed(&partner, &request).await;
    let receipt = send(&owner, &current(&owner, &draft).await, "key-0001").await.expect(201).json();
    let officer = sign_in_officer(&world, CITY).await;
    let task = task_in_review(&officer, receipt["reference"].as_str().unwrap(), "filing").await;
    let returned = json!({ "action": "return", "reasons": [{ "field": "subject", "says": "请改" }] });
    act(&officer, &task, "decisions", &returned).await.expect(200);
    let new = json!({ "service": "deed", "division": "430703", "corrects": receipt["reference"] });
    let correction = owner.post("/api/drafts", &new).await.expect(201).json();
    assert_eq!(correction["answers"]["partner-signature"]["request"], request["id"]);
    let changed = owner.change(&correction, &json!({ "subject": "送房" })).await.expect(200).json();
    assert_eq!(changed["answers"]["partner-signature"], json!({ "stale": true }));
    wait_for_sms_to(&world, PARTNER, "您的签名已经作废").await;
    assert_eq!(look(&partner, &request).await.expect(200).json()["state"], "voided");
    let again = ask_to_sign(&owner, &changed, "partner-signature", None).await.expect(201).json();
    signed(&partner, &again).await;
    send(&owner, &current(&owner, &changed).await, "key-0002").await.expect(201);
}

#[tokio::test]
async fn an_objection_reaches_the_applicant_with_its_reason() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let (draft, request) = asked(&owner).await;
    let partner = world.sign_in(PARTNER).await;
    let hash = look(&partner, &request).await.expect(200).json()["to_sign"]["content_hash"].clone();
    for reason in ["", "  ", &"长".repeat(501), "a\u{202e}b"] {
        assert_eq!(object(&partner, &request, reason).await.expect(422).json()["errors"][0]["field"], "reason");
    }
    for _ in 0..2 {
        assert_eq!(object(&partner, &request, " 房号写错了 ").await.expect(200).json()["state"], "objected");
    }
    let listed = requests(&owner, &draft).await;
    assert_eq!((&listed[0]["state"], &listed[0]["reason"]), (&json!("objected"), &json!("房号写错了")));
    wait_for_sms_to(&world, OWNER, "周小梅对“契约”有不同意见").await;
    assert_eq!(lines(&world, "object-to-signature").await.len(), 1);
    sign(&partner, &request, &hash).await.expect(409);
    // The next step: ask again.
    let again = ask_to_sign(&owner, &draft, "partner-signature", None).await.expect(201).json();
    signed(&partner, &again).await;
}

#[tokio::test]
async fn everybody_in_rows_is_asked_for_themself() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let draft = deed(&owner, &answers("分家")).await;
    let draft = owner.change(&draft, &heirs()).await.expect(200).json();
    for row in [None, Some("nobody")] {
        ask_to_sign(&owner, &draft, "heir.signature", row).await.expect(404);
    }
    let before = signers(&owner, &draft).await;
    let names: Vec<_> = before.iter().map(|one| (one["name"].clone(), one["row"].clone())).collect();
    let expected = [("周小梅", json!(null)), ("向长明", json!("elder")), ("曹映雪", json!("younger"))];
    assert_eq!(names, expected.map(|(name, row)| (json!(name), row)));
    assert_eq!((&before[1]["phone"], &before[1]["is_signed"]), (&json!("138****0004"), &json!(false)));
    for (row, phone) in [("elder", HEIR), ("younger", OTHER_HEIR)] {
        let request = ask_to_sign(&owner, &draft, "heir.signature", Some(row)).await.expect(201).json();
        signed(&world.sign_in(phone).await, &request).await;
    }
    let after = signers(&owner, &draft).await;
    let states: Vec<_> = after.iter().map(|one| (one["is_signed"].clone(), one["request"]["state"].clone())).collect();
    assert_eq!(states[0], (json!(false), json!(null)));
    assert_eq!(states[1..], [(json!(true), json!("signed")), (json!(true), json!("signed"))]);
    let draft = current(&owner, &draft).await;
    let signed_by: Vec<_> =
        draft["answers"]["heir"].as_array().unwrap().iter().map(|row| row["signature"]["signer"].clone()).collect();
    assert_eq!(signed_by, ["向长明", "曹映雪"]);
    // Rows that come back as they were keep their signatures, a changed one voids all.
    let kept = owner.change(&draft, &json!({ "heir": draft["answers"]["heir"] })).await.expect(200).json();
    assert_eq!(kept["answers"]["heir"], draft["answers"]["heir"]);
    let mut rows = kept["answers"]["heir"].clone();
    rows[1]["name"] = json!("曹小雪");
    let changed = owner.change(&kept, &json!({ "heir": rows })).await.expect(200).json();
    for row in changed["answers"]["heir"].as_array().unwrap() {
        assert_eq!(row["signature"], json!({ "stale": true }));
    }
    let mut forged = changed["answers"]["heir"].clone();
    forged[0]["signature"] = draft["answers"]["heir"][0]["signature"].clone();
    owner.change(&changed, &json!({ "heir": forged })).await.expect(422);
}

#[tokio::test]
async fn a_request_can_be_taken_back_and_the_pad_takes_its_place() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let (draft, request) = asked(&owner).await;
    // As long as it waits, asking again is the same request.
    let same = ask_to_sign(&owner, &draft, "partner-signature", None).await.expect(201).json();
    assert_eq!(same["id"], request["id"]);
    assert_eq!(lines(&world, "request-signature").await.len(), 1);
    let partner = world.sign_in(PARTNER).await;
    let hash = look(&partner, &request).await.expect(200).json()["to_sign"]["content_hash"].clone();
    let path = format!("/api/drafts/{}/signature-requests/{}", id(&draft), id(&request));
    for _ in 0..2 {
        owner.delete(&path).await.expect(204);
    }
    assert_eq!(look(&partner, &request).await.expect(200).json()["state"], "cancelled");
    sign(&partner, &request, &hash).await.expect(409);
    let second = ask_to_sign(&owner, &draft, "partner-signature", None).await.expect(201).json();
    let tag = format!("\"{}\"", draft["version"]);
    let pad = format!("/api/drafts/{}/signatures/partner-signature", id(&draft));
    owner.json("POST", &pad, &[("if-match", &tag)], &json!({ "strokes": STROKES })).await.expect(200);
    assert_eq!(requests(&owner, &draft).await[0]["state"], "cancelled");
    sign(&partner, &second, &hash).await.expect(409);
    assert_eq!(lines(&world, "cancel-signature-request").await.len(), 2);
}

#[tokio::test]
async fn nobody_is_asked_without_need() {
    let world = World::of_short_services().await;
    let owner = world.sign_in(OWNER).await;
    let draft = deed(&owner, &json!({ "partner-name": "周小梅", "partner-phone": PARTNER })).await;
    let early = ask_to_sign(&owner, &draft, "partner-signature", None).await.expect(422).json();
    assert!(early["errors"].as_array().unwrap().iter().any(|error| error["field"] == "subject"), "{early}");
    ask_to_sign(&owner, &draft, "subject", None).await.expect(404);
    let mut own = answers("卖房");
    own["partner-phone"] = json!(OWNER);
    let draft = owner.change(&draft, &own).await.expect(200).json();
    let refused = ask_to_sign(&owner, &draft, "partner-signature", None).await.expect(422);
    assert_eq!(refused.code(), "own-signature");
    // No phone is asked more than a few times a day, whoever asks.
    let mut statuses = Vec::new();
    for number in 0..6 {
        let subject = format!("契约 {number}");
        let draft = deed(&owner, &answers(&subject)).await;
        statuses.push(ask_to_sign(&owner, &draft, "partner-signature", None).await.status.as_u16());
    }
    assert_eq!(statuses, [201, 201, 201, 201, 201, 429]);
    world.pass(DAY + 60);
    let owner = world.sign_in(OWNER).await;
    asked(&owner).await;
}
