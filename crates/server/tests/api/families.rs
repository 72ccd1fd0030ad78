//! A family's application needs more than a shop's: a consent before anything of a child is stored, registers that
//! release only the family's own data, signatures that hold for the signed answers, and twins.

use image::ImageFormat;
use serde_json::{Value, json};

use crate::drafts::move_to;
use crate::photograph::picture;
use crate::submissions::send;
use crate::world::{Reply, STRANGER, Visitor, World};

/// A mother of one, and a mother of twins, each in every register.
const MOTHER: &str = "13807360005";
const MOTHER_ID: &str = "430722199503160020";
const FATHER_ID: &str = "430722199308250012";
const TWINS_MOTHER: &str = "13807360006";

async fn begin(visitor: &Visitor<'_>) -> Value {
    visitor.post("/api/drafts", &json!({ "service": "family", "division": "430703" })).await.expect(201).json()
}

async fn look_up(visitor: &Visitor<'_>, draft: &Value, field: &str) -> Reply {
    post(visitor, draft, &format!("lookups/{field}"), &json!({})).await
}

async fn sign(visitor: &Visitor<'_>, draft: &Value, body: &Value) -> Reply {
    post(visitor, draft, "signatures/signature", body).await
}

async fn post(visitor: &Visitor<'_>, draft: &Value, what: &str, body: &Value) -> Reply {
    let tag = format!("\"{}\"", draft["version"]);
    let path = format!("/api/drafts/{}/{what}", draft["id"].as_str().unwrap());
    visitor.json("POST", &path, &[("if-match", &tag)], body).await
}

fn agreed() -> Value {
    json!({ "accepted": true, "version": 1 })
}

fn strokes() -> Value {
    json!({ "strokes": "M10 20L60 40L110 20" })
}

/// Everything but the signature.
async fn filled(mother: &Visitor<'_>, babies: &str) -> Value {
    let draft = begin(mother).await;
    let draft = mother.change(&draft, &json!({ "applicant": "mother", "babies": babies })).await.expect(200).json();
    let draft = look_up(mother, &draft, "mother-check").await.expect(200).json();
    let file = picture(20, 20, ImageFormat::Jpeg);
    let book = mother.upload(&draft, "book", &[("filename", "户口簿.jpg")], &file).await.expect(200).json();
    let book = json!([{ "id": book["id"], "name": "book.jpg", "bytes": 1 }]);
    mother.change(&draft, &json!({ "book": book, "privacy": agreed() })).await.expect(200).json()
}

async fn with_child(mother: &Visitor<'_>, draft: &Value, child: &Value) -> Value {
    let draft = mother.change(draft, child).await.expect(200).json();
    look_up(mother, &draft, "record-check").await.expect(200).json()
}

#[tokio::test]
#[invariant::invariant("nothing-before-consent")]
async fn nothing_of_a_child_is_kept_before_the_consent() {
    let world = World::new().await;
    let mother = world.sign_in(MOTHER).await;
    let draft = begin(&mother).await;
    let early = mother.change(&draft, &json!({ "child-name": "刘念慈" })).await.expect(422).json();
    assert_eq!(
        (&early["errors"][0]["field"], &early["errors"][0]["code"]),
        (&json!("child-name"), &json!("consent-missing"))
    );
    assert_eq!(look_up(&mother, &draft, "record-check").await.expect(422).code(), "consent-needed");
    let about = crate::world::metadata(&[("draft", draft["id"].as_str().unwrap()), ("field", "record-photo")]);
    let headers = [("upload-metadata", about.as_str()), ("upload-length", "10")];
    mother.tus("POST", "/api/uploads", &headers, "".into()).await.expect(422);
    // Both in one change is the app catching up after a lost network.
    let both = json!({ "child-name": "刘念慈", "privacy": agreed() });
    let draft = mother.change(&draft, &both).await.expect(200).json();
    assert_eq!(draft["answers"]["child-name"], "刘念慈");
    // Taking the consent back takes the data along; so does agreeing to another text.
    for privacy in [json!({ "accepted": false, "version": 1 }), json!(null), json!({ "accepted": true, "version": 2 })]
    {
        let given = mother.change(&mother.get(&path(&draft)).await.json(), &both).await.expect(200).json();
        let withdrawn = mother.change(&given, &json!({ "privacy": privacy })).await.expect(200).json();
        assert_eq!(withdrawn["answers"]["child-name"], Value::Null, "{privacy}");
    }
}

fn path(draft: &Value) -> String {
    format!("/api/drafts/{}", draft["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_consent_says_when_it_was_given_and_by_whom() {
    let world = World::new().await;
    let mother = world.sign_in(MOTHER).await;
    let draft = begin(&mother).await;
    let forged =
        json!({ "privacy": { "accepted": true, "version": 1, "at": "1999-01-01T00:00:00Z", "signer": "别人" } });
    let draft = mother.change(&draft, &forged).await.expect(200).json();
    let stamped = json!({ "accepted": true, "version": 1, "at": "2026-11-24T02:00:00Z", "signer": "覃晓月" });
    assert_eq!(draft["answers"]["privacy"], stamped);
    world.pass(60);
    let draft = mother.change(&draft, &json!({ "applicant": "mother" })).await.expect(200).json();
    assert_eq!(draft["answers"]["privacy"], stamped);
}

#[tokio::test]
async fn prefilled_answers_follow_the_applicant() {
    let world = World::new().await;
    let mother = world.sign_in(MOTHER).await;
    let draft = begin(&mother).await;
    assert_eq!(draft["answers"]["mother-id"], Value::Null);
    let draft = mother.change(&draft, &json!({ "applicant": "mother" })).await.expect(200).json();
    assert_eq!(draft["answers"]["mother-id"], MOTHER_ID);
    let draft = mother.change(&draft, &json!({ "applicant": "father" })).await.expect(200).json();
    assert_eq!(draft["answers"]["mother-id"], Value::Null);
    // A typed answer stays.
    let draft = mother.change(&draft, &json!({ "mother-id": FATHER_ID })).await.expect(200).json();
    let draft = mother.change(&draft, &json!({ "applicant": "mother" })).await.expect(200).json();
    assert_eq!(draft["answers"]["mother-id"], FATHER_ID);
}

#[tokio::test]
#[invariant::invariant("family-only")]
async fn registers_of_people_tell_the_person_and_the_other_parent_only() {
    let world = World::new().await;
    for (phone, status) in [(MOTHER, "matched"), ("13807360026", "matched"), (STRANGER, "not-found")] {
        let visitor = world.sign_in(phone).await;
        let draft = begin(&visitor).await;
        let answers = json!({ "applicant": "father", "babies": "one", "mother-id": MOTHER_ID, "privacy": agreed() });
        let draft = visitor.change(&draft, &answers).await.expect(200).json();
        let draft = look_up(&visitor, &draft, "mother-check").await.expect(200).json();
        assert_eq!(draft["answers"]["mother-check"]["status"], status, "{phone}");
        let draft = look_up(&visitor, &draft, "record-check").await.expect(200).json();
        assert_eq!(draft["answers"]["record-check"]["status"], status, "{phone}");
        assert_eq!(draft["answers"]["birth-time"].is_null(), status == "not-found");
        let draft = visitor.change(&draft, &json!({ "child-name": "龙䶮" })).await.expect(200).json();
        let draft = look_up(&visitor, &draft, "namesakes").await.expect(200).json();
        assert_eq!(draft["answers"]["namesakes"]["found"], json!({ "count": "0" }));
    }
}

#[tokio::test]
async fn an_offer_may_be_changed_without_doubting_the_register() {
    let world = World::new().await;
    let mother = world.sign_in(MOTHER).await;
    let draft = filled(&mother, "one").await;
    let moved = mother.change(&draft, &json!({ "home": "别处" })).await.expect(200).json();
    assert_eq!(moved["answers"]["mother-check"]["status"], "matched");
    let renamed = mother.change(&moved, &json!({ "mother-name": "覃月" })).await.expect(200).json();
    assert_eq!(renamed["answers"]["mother-check"]["status"], "doubted");
}

#[tokio::test]
#[invariant::invariant("signed-is-sent")]
async fn a_signature_does_not_outlive_a_change() {
    let world = World::new().await;
    let mother = world.sign_in(MOTHER).await;
    let draft = filled(&mother, "one").await;
    let draft = with_child(&mother, &draft, &json!({ "child-name": "刘𬱖" })).await;
    let signed = sign(&mother, &draft, &strokes()).await.expect(200).json();
    assert_eq!(signed["answers"]["signature"]["at"], "2026-11-24T02:00:00Z");
    let changed = mother.change(&signed, &json!({ "child-name": "刘㛃" })).await.expect(200).json();
    assert_eq!(changed["answers"]["signature"], json!({ "stale": true }));
    let refused = send(&mother, &changed, "key-0001").await.expect(422).json();
    assert_eq!(
        (&refused["errors"][0]["field"], &refused["errors"][0]["code"]),
        (&json!("signature"), &json!("missing"))
    );
    let signed = sign(&mother, &changed, &strokes()).await.expect(200).json();
    let moved = move_to(&mother, &signed, "430702").await.expect(200).json();
    assert_eq!(moved["answers"]["signature"], json!({ "stale": true }), "it was signed for another office");
    let signed = sign(&mother, &moved, &strokes()).await.expect(200).json();
    let receipt = send(&mother, &signed, "key-0002").await.expect(201).json();
    assert_eq!(
        receipt["to_pay"],
        json!([{ "title": { "zh": "医保费", "en": "Premium" }, "amount": "400.00", "sort": "contribution", "may_be_paid": false }])
    );
    let case = mother.get(&format!("/api/cases/{}", receipt["reference"].as_str().unwrap())).await.expect(200).json();
    assert_eq!(case["answers"]["child-name"], "刘㛃");
    assert_eq!(case["answers"]["signature"], signed["answers"]["signature"]);
}

#[tokio::test]
#[invariant::invariant("signed-is-sent")]
async fn only_the_server_writes_a_signature() {
    let world = World::new().await;
    let mother = world.sign_in(MOTHER).await;
    let draft = filled(&mother, "one").await;
    let forged = json!({ "signature": { "strokes": "M1 1L2 2", "signed": "0", "at": "2026-11-24T02:00:00Z" } });
    assert_eq!(mother.change(&draft, &forged).await.expect(422).json()["errors"][0]["code"], "read-only");
    for body in [
        json!({}),
        json!({ "strokes": "<script>" }),
        json!({ "strokes": "M1 1" }),
        json!({ "strokes": "M1 1L2 2", "typed": "x" }),
    ] {
        sign(&mother, &draft, &body).await.expect(400);
    }
    let wrong = sign(&mother, &draft, &json!({ "typed": "别人" })).await.expect(422).json();
    assert_eq!(wrong["errors"][0]["code"], "not-the-signer");
    let typed = sign(&mother, &draft, &json!({ "typed": " 覃晓月 " })).await.expect(200).json();
    assert_eq!(typed["answers"]["signature"]["typed"], "覃晓月");
    // One may take it back.
    let taken_back = mother.change(&typed, &json!({ "signature": null })).await.expect(200).json();
    assert_eq!(taken_back["answers"]["signature"], Value::Null);
    sign(&mother, &draft, &strokes()).await.expect(412);
    let stranger = world.sign_in(STRANGER).await;
    sign(&stranger, &taken_back, &strokes()).await.expect(404);
    post(&mother, &taken_back, "signatures/child-name", &strokes()).await.expect(404);
}

#[tokio::test]
async fn twins_share_what_a_family_has_and_know_of_each_other() {
    let world = World::new().await;
    let mother = world.sign_in(TWINS_MOTHER).await;
    let draft = filled(&mother, "more").await;
    let draft = with_child(&mother, &draft, &json!({ "birth-order": "first", "child-name": "李安" })).await;
    let signed = sign(&mother, &draft, &strokes()).await.expect(200).json();
    let first = send(&mother, &signed, "key-0001").await.expect(201).json();
    assert_eq!(first["another"]["title"]["en"], "Another baby");
    let sibling = json!({ "service": "family", "division": "430703", "sibling_of": first["reference"] });
    let draft = mother.post("/api/drafts", &sibling).await.expect(201).json();
    let (given, copied) = (&signed["answers"], &draft["answers"]);
    for shared in ["applicant", "babies", "mother-id", "mother-name", "mother-check", "home"] {
        assert_eq!(copied[shared], given[shared], "{shared}");
    }
    for own in ["privacy", "birth-order", "record-check", "birth-time", "child-name", "signature"] {
        assert_eq!(copied[own], Value::Null, "{own}");
    }
    // The file is the same under an id of its own, and is there for both.
    assert_ne!(copied["book"][0]["id"], given["book"][0]["id"]);
    for file in [&copied["book"][0]["id"], &given["book"][0]["id"]] {
        mother.get(&format!("/api/attachments/{}", file.as_str().unwrap())).await.expect(200);
    }
    let child = json!({ "privacy": agreed(), "birth-order": "second", "child-name": "李宁" });
    let draft = with_child(&mother, &draft, &child).await;
    assert_eq!(draft["answers"]["record-check"]["status"], "matched");
    assert_ne!(draft["answers"]["birth-time"], given["birth-time"]);
    let signed = sign(&mother, &draft, &strokes()).await.expect(200).json();
    let second = send(&mother, &signed, "key-0002").await.expect(201).json();
    assert_eq!(second["siblings"], json!([first["reference"]]));
    let case = mother.get(&format!("/api/cases/{}", first["reference"].as_str().unwrap())).await.expect(200).json();
    assert_eq!(case["siblings"], json!([second["reference"]]));
}

#[tokio::test]
async fn a_sibling_of_another_family_is_not_there() {
    let world = World::new().await;
    let mother = world.sign_in(MOTHER).await;
    let draft = filled(&mother, "one").await;
    let draft = with_child(&mother, &draft, &json!({ "child-name": "刘念慈" })).await;
    let signed = sign(&mother, &draft, &strokes()).await.expect(200).json();
    let first = send(&mother, &signed, "key-0001").await.expect(201).json();
    let stranger = world.sign_in(STRANGER).await;
    let sibling = json!({ "service": "family", "division": "430703", "sibling_of": first["reference"] });
    stranger.post("/api/drafts", &sibling).await.expect(404);
    let other_service = json!({ "service": "corner-shop", "division": "430703", "sibling_of": first["reference"] });
    mother.post("/api/drafts", &other_service).await.expect(404);
    assert_eq!(first["another"], Value::Null);
}
