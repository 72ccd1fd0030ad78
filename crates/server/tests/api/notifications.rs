//! Word to somebody else whose data an application uses: once, with the application, and in the audit.

use serde_json::json;
use tempfile::TempDir;

use crate::audit::lines;
use crate::officers::{CITY, act, sign_in_officer, task_in_review, wait_for_sms, wait_for_sms_to};
use crate::submissions::{ready, send};
use crate::world::{OWNER, World, settings};

const LANDLORD: &str = "13807360099";

/// The test's service, which tells the landlord where a phone is given and the sign has lights.
async fn world() -> World {
    let folder = TempDir::new().unwrap();
    let services = folder.path().join("services/corner-shop");
    std::fs::create_dir_all(&services).unwrap();
    let (address, windows) = ("[[steps.fields]]\nid = \"shop-address\"", "[windows.430701]");
    let phone = "[[steps.fields]]\nid = \"landlord-phone\"\nkind = \"phone\"\n\
        label = { zh = \"房东的手机号\", en = \"The landlord's phone\" }\noptional = true\n\n";
    let told = "[[notifications]]\nid = \"landlord-told\"\nto = \"landlord-phone\"\n\
        when = { field = \"has-lights\", is = true }\n\
        says = { zh = \"有人用了您的信息，办件 {reference}\", en = \"Your data are used in case {reference}\" }\n\n";
    let text = include_str!("../services/corner-shop/service.toml");
    let text = text.replacen(address, &format!("{phone}{address}"), 1);
    let text = text.replacen(windows, &format!("{told}{windows}"), 1);
    std::fs::write(services.join("service.toml"), text).unwrap();
    let mut config = settings(&folder);
    config.services = Some(folder.path().join("services"));
    World::with(config, folder).await
}

#[tokio::test]
async fn whoever_must_be_told_is_told_once_and_not_of_a_correction() {
    let world = world().await;
    let owner = world.sign_in(OWNER).await;
    let draft = ready(&owner).await;
    let told = json!({ "has-lights": true, "landlord-phone": LANDLORD });
    let draft = owner.change(&draft, &told).await.expect(200).json();
    let receipt = send(&owner, &draft, "key-0001").await.expect(201).json();
    send(&owner, &draft, "key-0001").await;
    let reference = receipt["reference"].as_str().unwrap();
    let texts = wait_for_sms_to(&world, LANDLORD, reference).await;
    let words = format!("【一件事】有人用了您的信息，办件 {reference}\nYour data are used in case {reference}");
    assert_eq!(texts, std::slice::from_ref(&words));
    let line = |lines: Vec<(String, String)>| lines.into_iter().map(|(_, object)| object).collect::<Vec<_>>();
    assert_eq!(line(lines(&world, "notify").await), [format!("{reference}/landlord-told")]);

    let officer = sign_in_officer(&world, CITY).await;
    let task = task_in_review(&officer, reference, "permit").await;
    let reasons = json!([{ "field": "sign.text", "says": "请改" }]);
    act(&officer, &task, "decisions", &json!({ "action": "return", "reasons": reasons })).await.expect(200);
    let new = json!({ "service": "corner-shop", "division": "430703", "corrects": reference });
    let draft = owner.post("/api/drafts", &new).await.expect(201).json();
    let mut sign = draft["answers"]["sign"].clone();
    sign[0]["text"] = json!("刘记");
    let draft = owner.change(&draft, &json!({ "sign": sign })).await.expect(200).json();
    send(&owner, &draft, "key-correction").await.expect(201);
    world.run_background_jobs().await;
    assert_eq!(wait_for_sms_to(&world, LANDLORD, reference).await, [words]);
    assert_eq!(lines(&world, "notify").await.len(), 1);
}

#[tokio::test]
async fn nobody_is_told_where_the_condition_does_not_hold_or_no_phone_is_given() {
    for answers in [json!({ "has-lights": false, "landlord-phone": LANDLORD }), json!({ "has-lights": true })] {
        let world = world().await;
        let owner = world.sign_in(OWNER).await;
        let draft = ready(&owner).await;
        let draft = owner.change(&draft, &answers).await.expect(200).json();
        send(&owner, &draft, "key-0001").await.expect(201);
        wait_for_sms(&world, "已经收到").await;
        assert_eq!(lines(&world, "notify").await, []);
    }
}
