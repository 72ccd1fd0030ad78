//! More requests than a server can work on.

use std::time::Duration;

use axum::body::Body;
use futures_util::StreamExt;
use futures_util::future::join_all;
use tempfile::TempDir;
use tokio::time::timeout;

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
#[invariant::invariant("slow-ones-hold-nobody")]
async fn a_body_that_trickles_is_refused_in_the_end_whatever_takes_it() {
    let folder = TempDir::new().unwrap();
    let mut config = settings(&folder);
    config.longest_answer = Duration::from_millis(200);
    let world = World::with(config, folder).await;
    for (path, media_type) in [
        ("/api/grievances", "application/json"),
        ("/grievances/report", "application/x-www-form-urlencoded"),
        ("/grievances/follow", "application/x-www-form-urlencoded"),
        ("/grievances/follow/answer", "application/x-www-form-urlencoded"),
        ("/demo/switches", "application/x-www-form-urlencoded"),
    ] {
        let never = futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>();
        let headers = [("content-type", media_type)];
        let visitor = world.visitor();
        let asked = visitor.send("POST", path, &headers, Body::from_stream(never));
        let reply = timeout(Duration::from_secs(20), asked).await.unwrap_or_else(|_| panic!("{path} waits for ever"));
        assert_eq!(reply.expect(408).code(), "slow", "{path}");
    }
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
