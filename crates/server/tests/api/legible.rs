//! What people type is legible: nothing that cannot be seen, turns the text around or controls a screen, in forms,
//! words of officers, reports and file names.

use serde_json::json;

use crate::officers::{CITY, act, case, open, sign_in_officer, submitted_case};
use crate::submissions::{ready, send};
use crate::world::{OWNER, World};

#[tokio::test]
#[invariant::invariant("legible-text")]
async fn an_answer_that_cannot_be_read_is_not_sent() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let mut draft = ready(&owner).await;
    let address = draft["answers"]["shop-address"].clone();
    let door = |door: &str| {
        let mut address = address.clone();
        address["door"] = json!(door);
        json!({ "shop-address": address })
    };
    for (answers, field, code) in [
        (json!({ "licence-name": "刘记\u{202e}味卤" }), "licence-name", "illegible-character"),
        (json!({ "licence-name": "刘\u{0}记" }), "licence-name", "illegible-character"),
        (json!({ "licence-name": "刘\u{1b}[31m记" }), "licence-name", "illegible-character"),
        (json!({ "licence-name": "刘记\n卤味" }), "licence-name", "illegible-character"),
        (json!({ "licence-name": "刘记\u{2066}卤味" }), "licence-name", "illegible-character"),
        (json!({ "licence-name": "刘记\u{feff}" }), "licence-name", "illegible-character"),
        (json!({ "licence-name": "\u{200b}\u{200d}\u{3164}" }), "licence-name", "missing"),
        (json!({ "licence-name": "  " }), "licence-name", "missing"),
        (door("金霞路\u{202e} 88 号"), "shop-address", "illegible-character"),
        (door("\u{2800}"), "shop-address", "no-door"),
    ] {
        let before = draft["answers"].clone();
        draft = owner.change(&draft, &answers).await.expect(200).json();
        let refused = send(&owner, &draft, "key-illegible").await.expect(422).json();
        let errors = refused["errors"].as_array().unwrap();
        let error = errors.iter().find(|error| error["field"] == field);
        assert_eq!(error.map(|error| &error["code"]), Some(&json!(code)), "{answers}: {errors:?}");
        draft = owner.change(&draft, &json!({ field: before[field] })).await.expect(200).json();
    }
    // A name that differs from the register's asks for a photograph, so nothing is sent.
    for (name, is_right) in
        [("VAN DER BERG-O'NEILL, María", true), ("刘大", true), ("阿卜杜·热合曼", true), ("刘 Smith", false)]
    {
        draft = owner.change(&draft, &json!({ "operator": name })).await.expect(200).json();
        let refused = send(&owner, &draft, "key-refused").await.expect(422).json();
        let errors = refused["errors"].as_array().unwrap();
        assert_eq!(!errors.iter().any(|error| error["field"] == "operator"), is_right, "{name}: {errors:?}");
    }
}

#[tokio::test]
#[invariant::invariant("legible-text")]
async fn words_of_reporters_and_officers_lose_what_cannot_be_read() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let report = json!({ "happened": "\u{202e}材料\u{0}交了\u{1b}三次\r\n没人\t收\u{200b}", "phone": OWNER });
    let told = world.visitor().post("/api/grievances", &report).await.expect(201).json();
    assert_eq!(told["happened"], "材料交了三次\n没人 收");
    let nothing = json!({ "happened": "\u{200b}\u{2060}", "phone": OWNER });
    world.visitor().post("/api/grievances", &nothing).await.expect(422);
    let other = json!({ "happened": "没人收", "phone": OWNER, "reference": "CD\u{202e}2611" });
    world.visitor().post("/api/grievances", &other).await.expect(400);

    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let task = open(&officer, &reference, "permit").await;
    let task = act(&officer, &task, "claim", &json!({})).await.expect(200).json();
    let unseen = json!({ "action": "decline", "says": "\u{200b}", "basis": "行政许可法" });
    act(&officer, &task, "decisions", &unseen).await.expect(422);
    let reasons = json!([{ "field": "sign.text", "says": "请\u{202e}改\u{7}" }]);
    act(&officer, &task, "decisions", &json!({ "action": "return", "reasons": reasons })).await.expect(200);
    assert_eq!(case(&owner, &reference).await["correction_requests"][0]["says"], "请改");
}

#[tokio::test]
#[invariant::invariant("legible-text")]
async fn a_file_name_loses_what_cannot_be_read() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let file = crate::photograph::picture(20, 20, image::ImageFormat::Jpeg);
    let about = [("row", "a"), ("filename", "gnp\u{202e}.\u{200b}前.jpg")];
    let photo = owner.upload(&draft, "sign.photos", &about, &file).await.expect(200).json();
    assert_eq!(photo["name"], "gnp.前.jpg");
}
