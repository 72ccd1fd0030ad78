//! Lines of the audit: who saw or did what, and who tried to get in.

use serde_json::json;
use sqlx::{Connection, SqliteConnection, query_as};

use crate::officers::{CITY, act, open, sign_in_officer, submitted_case};
use crate::world::{OWNER, World};

/// Actor and object of all lines with this action.
pub(crate) async fn lines(world: &World, action: &str) -> Vec<(String, String)> {
    let file = world.config.data.join("yijianshi.sqlite");
    let mut database = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    query_as("select actor, object from audit where action = ? order by id")
        .bind(action)
        .fetch_all(&mut database)
        .await
        .unwrap()
}

#[tokio::test]
async fn failed_sign_ins_of_officers_are_written_down() {
    let world = World::new().await;
    for name in [CITY, "没有这个人", CITY] {
        let guess = json!({ "name": name, "password": "guess", "code": "000000" });
        world.visitor().post("/api/agency/session", &guess).await.expect(422);
    }
    let failed = lines(&world, "sign-in-failed").await;
    assert!(failed.iter().all(|(actor, _)| actor.starts_with("network:")), "{failed:?}");
    let objects: Vec<&str> = failed.iter().map(|(_, object)| object.as_str()).collect();
    assert_eq!((objects[0], objects[1]), (objects[2], "unknown"));
    assert!(objects[0].starts_with("officer:") && objects.len() == 3, "{failed:?}");
}

#[tokio::test]
async fn the_network_in_a_line_cannot_be_found_by_trying_all_addresses() {
    let mut actors = Vec::new();
    for _ in 0..2 {
        let world = World::new().await;
        let guess = json!({ "name": CITY, "password": "guess", "code": "000000" });
        world.visitor().post("/api/agency/session", &guess).await.expect(422);
        actors.extend(lines(&world, "sign-in-failed").await);
    }
    assert_ne!(actors[0].0, actors[1].0, "two servers give the same address the same name");
}

#[tokio::test]
async fn an_opened_file_a_claim_and_a_release_are_lines() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let officer = sign_in_officer(&world, CITY).await;
    let task = open(&officer, &reference, "permit").await;
    let task = act(&officer, &task, "claim", &json!({})).await.expect(200).json();
    act(&officer, &task, "release", &json!({})).await.expect(200);
    let object = format!("{reference}/permit");
    for action in ["claim", "release"] {
        let lines = lines(&world, action).await;
        assert_eq!(lines.len(), 1, "{action}");
        assert!(lines[0].0.starts_with("officer:") && lines[0].1 == object, "{action}: {lines:?}");
    }
    let photo = task["answers"]["sign"][0]["photos"][0]["id"].as_str().unwrap();
    officer.get(&format!("/api/agency/attachments/{photo}")).await.expect(200);
    officer.get(&format!("/api/agency/attachments/{photo}?thumbnail=1")).await.expect(200);
    let opened = lines(&world, "open-file").await;
    assert_eq!(opened.len(), 1, "the file, and not its small picture in the list: {opened:?}");
    assert_eq!(opened[0].1, format!("{reference}/{photo}"));
}
