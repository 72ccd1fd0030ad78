//! The catalogue and the divisions.

use serde_json::json;
use tempfile::TempDir;

use crate::world::{OWNER, Visitor, World, settings};

#[tokio::test]
async fn a_service_is_found_by_name_common_word_pinyin_and_initials() {
    let world = World::new().await;
    for (search, found) in [
        ("", 1),
        ("街角", 1),
        ("小卖部", 1),
        ("jiejiao", 1),
        ("jjxd", 1),
        ("xmb", 1),
        ("KIOSK", 1),
        ("corner shop", 1),
        ("newborn", 0),
    ] {
        let search: String = search.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let reply = world.get(&format!("/api/services?q={search}")).await.expect(200);
        assert_eq!(reply.json().as_array().unwrap().len(), found, "{search}");
    }
}

#[tokio::test]
async fn a_definition_is_tagged_and_not_sent_twice() {
    let world = World::new().await;
    let reply = world.get("/api/services/corner-shop/versions/1?division=430703").await.expect(200);
    assert_eq!(reply.json()["title"]["zh"], "街角小店");
    let tag = reply.header("etag").to_owned();
    let again = world
        .visitor()
        .send("GET", "/api/services/corner-shop/versions/1?division=430703", &[("if-none-match", &tag)], "".into())
        .await;
    assert!(again.expect(304).body.is_empty());
}

#[tokio::test]
async fn what_does_not_exist_is_404() {
    let world = World::new().await;
    for path in [
        "/api/services/no-such-service",
        "/api/services/corner-shop/versions/2",
        "/api/services/corner-shop/versions/x",
        "/api/services/corner-shop?division=110101",
        "/api/divisions?parent=11",
        "/api/nothing",
    ] {
        let reply = world.get(path).await.expect(404);
        assert_eq!(reply.code(), "not-found", "{path}");
        assert_eq!(reply.header("content-type"), "application/problem+json", "{path}");
    }
}

#[tokio::test]
async fn divisions_are_served_by_their_parent() {
    let world = World::new().await;
    let counties = world.get("/api/divisions?parent=4307").await.expect(200).json();
    assert_eq!(counties.as_array().unwrap().len(), 15);
    let streets = world.get("/api/divisions?parent=430702").await.expect(200).json();
    assert_eq!(streets[0]["name"], "启明街道");
    assert_eq!(streets[0]["keys"], "qimingjiedao qmjd");
}

#[tokio::test]
#[invariant::invariant("frozen-versions")]
async fn a_published_definition_cannot_be_changed_without_a_new_version() {
    let folder = TempDir::new().unwrap();
    let services = folder.path().join("services/corner-shop");
    std::fs::create_dir_all(&services).unwrap();
    let original = include_str!("../services/corner-shop/service.toml");
    let write = |text: String| std::fs::write(services.join("service.toml"), text).unwrap();
    let mut config = server::config::Config::new(folder.path());
    config.services = Some(folder.path().join("services"));

    write(original.to_owned());
    let start = async || server::app(&config, std::sync::Arc::new(server::SystemClock)).await.map(drop);
    start().await.unwrap();
    write(original.replace("街角小店", "街角大店"));
    let refused = start().await.unwrap_err().to_string();
    assert!(refused.contains("services/corner-shop was changed after version 1 was published"), "{refused}");
    write(original.replace("街角小店", "街角大店").replace("version = 1\ncode", "version = 2\ncode"));
    start().await.unwrap();
}

#[tokio::test]
async fn a_hidden_service_is_served_but_not_listed() {
    let folder = TempDir::new().unwrap();
    let services = folder.path().join("services/corner-shop");
    std::fs::create_dir_all(&services).unwrap();
    let text =
        include_str!("../services/corner-shop/service.toml").replace("minutes = 2", "minutes = 2\nhidden = true");
    std::fs::write(services.join("service.toml"), text).unwrap();
    let mut config = server::config::Config::new(folder.path());
    config.services = Some(folder.path().join("services"));
    config.demo = true;
    let world = World::with(config, folder).await;
    assert_eq!(world.get("/api/services").await.expect(200).json(), serde_json::json!([]));
    world.get("/api/services/corner-shop").await.expect(200);
}

#[tokio::test]
async fn without_a_demonstration_a_hidden_service_is_not_there_and_cannot_be_begun() {
    let folder = TempDir::new().unwrap();
    let mut config = settings(&folder);
    let mut world = World::with(config.clone(), folder).await;
    let owner = world.sign_in(OWNER).await;
    let new = json!({ "service": "family", "division": "430703" });
    let draft = owner.post("/api/drafts", &new).await.expect(201).json();
    let (cookie, path) = (owner.cookie.clone(), format!("/api/drafts/{}", draft["id"].as_str().unwrap()));
    config.demo = false;
    world.config = config;
    world.restart().await;
    world.get("/api/services/family?division=430703").await.expect(404);
    let owner = Visitor { world: &world, cookie };
    owner.post("/api/drafts", &new).await.expect(404);
    // Who began one before can still read it.
    owner.get(&path).await.expect(200);
    world.get("/api/services/corner-shop?division=430703").await.expect(200);
}
