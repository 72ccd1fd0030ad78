//! Code lists: fetched apart from the definition, judged here, and filled in by registers under their codes.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::world::{CREDIT_CODE, OWNER, Visitor, World, settings};

const CORNER_SHOP: &str = include_str!("../services/corner-shop/service.toml");

/// The test's service with a person and a people to choose from lists, one of its own and one shared.
async fn world() -> World {
    let lists = "[lists.trader]\nbasis = \"assumption\"\nsource = \"Made up\"\ncsv = \"\"\"\ncode,zh,en,keys\n\
        liu,刘建国,Liu Jianguo,老刘\nwang,王芳,Wang Fang,\n\"\"\"\n\n[[steps]]\nid = \"start\"";
    let operator = "id = \"operator\"\nkind = \"person-name\"";
    let listed = "id = \"people\"\nkind = \"choice\"\nlabel = { zh = \"民族\", en = \"Ethnicity\" }\noptional = true\n\
        options_from = \"ethnicity\"\n\n[[steps.fields]]\nid = \"operator\"\nkind = \"choice\"\noptions_from = \"trader\"";
    let text = CORNER_SHOP;
    assert_eq!(text.matches(operator).count(), 1);
    let text = text.replacen("[[steps]]\nid = \"start\"", lists, 1).replace(operator, listed);
    world_of(&text).await
}

/// A world that offers this one definition.
async fn world_of(definition: &str) -> World {
    let folder = TempDir::new().unwrap();
    let services = folder.path().join("services/corner-shop");
    std::fs::create_dir_all(&services).unwrap();
    std::fs::write(services.join("service.toml"), definition).unwrap();
    let mut config = settings(&folder);
    config.services = Some(folder.path().join("services"));
    World::with(config, folder).await
}

#[tokio::test]
async fn a_list_is_fetched_apart_from_the_definition_and_not_sent_twice() {
    let world = world().await;
    let definition = world.get("/api/services/corner-shop/versions/1?division=430703").await.expect(200).json();
    assert!(!definition.to_string().contains("土家族") && !definition.to_string().contains("Liu Jianguo"));

    let path = "/api/services/corner-shop/versions/1/lists/ethnicity";
    let reply = world.get(path).await.expect(200);
    let entries = reply.json();
    assert_eq!(entries.as_array().unwrap().len(), 56);
    assert_eq!(entries[14]["id"], "15");
    assert_eq!(entries[14]["label"], json!({ "zh": "土家族", "en": "Tujia" }));
    let keys: Vec<&str> = entries[14]["keys"].as_str().unwrap().split(' ').collect();
    assert!(keys.contains(&"tujiazu") && keys.contains(&"tjz") && keys.contains(&"土家"), "{keys:?}");

    let tag = reply.header("etag").to_owned();
    assert_eq!(reply.header("cache-control"), "public, no-cache");
    let again = world.visitor().send("GET", path, &[("if-none-match", &tag)], "".into()).await;
    assert!(again.expect(304).body.is_empty());

    let own = world.get("/api/services/corner-shop/versions/1/lists/trader").await.expect(200).json();
    assert_eq!(own[0]["keys"], "老刘 liujianguo ljg laoliu ll");
    // A list that no question asks for is nobody's.
    world.get("/api/services/corner-shop/versions/1/lists/country").await.expect(404);
    world.get("/api/services/corner-shop/versions/2/lists/trader").await.expect(404);
}

#[tokio::test]
async fn a_code_is_kept_and_a_name_becomes_its_code() {
    let world = world().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    for (typed, kept) in [("15", "15"), ("土家族", "15"), ("Tujia", "15"), ("外星人", "外星人")] {
        let path = format!("/api/drafts/{}", draft["id"].as_str().unwrap());
        let now = owner.get(&path).await.expect(200).json();
        let changed = owner.change(&now, &json!({ "people": typed })).await.expect(200).json();
        assert_eq!(changed["answers"]["people"], kept, "{typed}");
    }
}

#[tokio::test]
async fn what_is_in_no_list_is_not_sent() {
    let world = world().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let draft = owner.change(&draft, &json!({ "in-city": true, "people": "外星人" })).await.expect(200).json();
    let refused = crate::submissions::send(&owner, &draft, "key-of-a-list").await.expect(422).json();
    let codes = |field: &str| {
        let errors = refused["errors"].as_array().unwrap();
        errors.iter().filter(|error| error["field"] == field).map(|error| error["code"].clone()).collect::<Vec<Value>>()
    };
    assert_eq!(codes("people"), ["unknown-option"]);
    assert_eq!(codes("operator"), ["missing"]);
}

#[tokio::test]
async fn a_register_that_gives_a_name_fills_in_its_code() {
    let world = world().await;
    let owner = world.sign_in(OWNER).await;
    let draft = owner.draft().await;
    let draft = owner.change(&draft, &json!({ "credit-code": CREDIT_CODE })).await.expect(200).json();
    let filled = owner.look_up(&draft, &json!({})).await.expect(200).json();
    assert_eq!(filled["answers"]["operator"], "liu");
    assert_eq!(filled["answers"]["licence-check"]["status"], "matched");
    let other = owner.change(&filled, &json!({ "operator": "wang" })).await.expect(200).json();
    assert_eq!(other["answers"]["licence-check"]["status"], "doubted");
}

#[tokio::test]
async fn what_a_register_filled_in_under_its_code_can_be_sent() {
    let world = world().await;
    let owner = world.sign_in(OWNER).await;
    let draft = crate::submissions::ready(&owner).await;
    assert_eq!(draft["answers"]["operator"], "liu");
    crate::submissions::send(&owner, &draft, "key-of-a-code").await.expect(201);
}

#[tokio::test]
async fn a_draft_from_before_the_list_goes_on_with_codes_and_is_not_doubted() {
    let mut world = world_of(CORNER_SHOP).await;
    let owner = world.sign_in(OWNER).await;
    let draft = crate::submissions::ready(&owner).await;
    assert_eq!(draft["answers"]["licence-name"], "鼎城区刘记卤味店");
    let cookie = owner.cookie;

    let lists = "[lists.shop]\nbasis = \"assumption\"\nsource = \"Made up\"\ncsv = \"\"\"\ncode,zh,en,keys\n\
        liu-shop,鼎城区刘记卤味店,Liu's,\n\"\"\"\n\n[[steps]]\nid = \"start\"";
    let listed =
        "kind = \"choice\"\nlabel = { zh = \"名称\", en = \"Name\" }\noptions_from = \"shop\"\nothers = true\n";
    let text = "kind = \"text\"\nlabel = { zh = \"名称\", en = \"Name\" }\nmax_chars = 60\n";
    assert_eq!(CORNER_SHOP.matches(text).count(), 1);
    let later = CORNER_SHOP.replace(text, listed).replacen("[[steps]]\nid = \"start\"", lists, 1);
    let folder = world.config.services.clone().unwrap();
    std::fs::write(folder.join("corner-shop/service.toml"), later).unwrap();
    world.restart().await;

    let owner = Visitor { world: &world, cookie };
    let now = owner.get(&format!("/api/drafts/{}", draft["id"].as_str().unwrap())).await.expect(200).json();
    assert_eq!(now["answers"]["licence-name"], "鼎城区刘记卤味店");
    let draft = owner.change(&now, &json!({ "has-lights": true })).await.expect(200).json();
    let answers = &draft["answers"];
    assert_eq!(
        (&answers["licence-name"], &answers["licence-check"]["found"]["name"]),
        (&json!("liu-shop"), &json!("liu-shop"))
    );
    assert_eq!(answers["licence-check"]["status"], "matched");
    crate::submissions::send(&owner, &draft, "key-of-old").await.expect(201);
}
