//! More requests than a server can work on.

use futures_util::StreamExt;
use futures_util::future::join_all;
use tempfile::TempDir;

use crate::officers::submitted_case;
use crate::world::{OWNER, World, settings};

async fn world_that_takes(requests: u32) -> World {
    let folder = TempDir::new().unwrap();
    let mut config = settings(&folder);
    config.max_concurrent_requests = requests;
    World::with(config, folder).await
}

#[tokio::test]
#[invariant::invariant("overload-is-told")]
async fn an_overloaded_server_says_so_and_is_not_taken_for_dead() {
    let world = world_that_takes(0).await;
    let paths = ["/api/services", "/api/session", "/api/drafts", "/api/nothing", "/figures", "/solved"];
    for reply in join_all(paths.map(|path| world.get(path))).await {
        assert_eq!(reply.expect(503).header("retry-after"), "5");
    }
    let english = world.visitor().send("GET", "/api/drafts", &[("accept-language", "en")], "".into()).await.expect(503);
    assert_eq!(english.json()["detail"], "Everything you entered is safe. Please try again in a few seconds.");
    world.get("/health").await.expect(200);
}

#[tokio::test]
#[invariant::invariant("slow-ones-hold-nobody")]
async fn a_person_follows_on_sixteen_screens_and_a_closed_one_makes_room() {
    let world = World::new().await;
    let owner = world.sign_in(OWNER).await;
    let path = format!("/api/cases/{}/events", submitted_case(&owner).await);
    let mut following = Vec::new();
    for _ in 0..16 {
        following.push(owner.stream(&path, &[]).await);
    }
    assert_eq!(owner.get(&path).await.expect(429).header("retry-after"), "60");
    following.pop();
    following.push(owner.stream(&path, &[]).await);
}

#[tokio::test]
#[invariant::invariant("overload-is-told")]
async fn a_client_that_follows_a_case_takes_no_permit() {
    let world = world_that_takes(1).await;
    let owner = world.sign_in(OWNER).await;
    let reference = submitted_case(&owner).await;
    let mut following = owner.stream(&format!("/api/cases/{reference}/events"), &[]).await.into_data_stream();
    following.next().await.unwrap().unwrap();
    owner.get("/api/cases").await.expect(200);
}
