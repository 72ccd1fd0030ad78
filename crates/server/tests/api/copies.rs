//! The same sending many times at once, to two copies of the server on the same data and across a restart.
//! `YIJIANSHI_SUBMITS` says how many.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tower::ServiceExt;

use crate::chance::{chance, times};
use crate::world::{OWNER, Visitor, World};

/// A person may have fifty unfinished drafts.
const AT_ONCE: usize = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("one-case")]
async fn however_often_and_wherever_it_is_sent_one_case_comes_of_it() {
    let mut world = World::of_short_services().await;
    let cookie = world.sign_in(OWNER).await.cookie;
    let (mut chance, submits) = (chance(), times("YIJIANSHI_SUBMITS", 500));
    let mut references = BTreeSet::new();
    while references.len() < submits {
        let (begun, round) = (references.len(), AT_ONCE.min(submits - references.len()));
        let before = world.app.clone();
        let mut drafts = Vec::new();
        for number in begun..begun + round {
            drafts.push(Visitor { world: &world, cookie: cookie.clone() }.note(&number.to_string()).await);
        }
        // The old program still answers while the new one does already.
        world.restart().await;
        let owner = Visitor { world: &world, cookie: cookie.clone() };
        let mut sending = JoinSet::new();
        for draft in &drafts {
            for _ in 0..2 + chance.usize(..7) {
                let app = if chance.usize(..2) == 0 { before.clone() } else { world.app.clone() };
                sending.spawn(until_received(app, Sending::of(&owner, draft)));
            }
        }
        let copies = sending.len();
        let received = sending.join_all().await;
        let distinct: BTreeSet<_> = received.iter().cloned().collect();
        assert_eq!((received.len(), distinct.len()), (copies, round), "a case for each draft, and one only");
        references.extend(distinct);
    }
    world.restart().await;
    let owner = Visitor { world: &world, cookie };
    let cases = owner.get("/api/cases").await.expect(200).json();
    let known = cases.as_array().unwrap().iter().map(|case| case["reference"].as_str().unwrap().to_owned());
    assert_eq!(known.collect::<BTreeSet<_>>(), references);
    assert_eq!(owner.get("/api/drafts").await.expect(200).json(), json!([]));
}

#[derive(Clone)]
struct Sending {
    path: String,
    cookie: String,
    key: String,
    body: String,
}

impl Sending {
    fn of(owner: &Visitor<'_>, draft: &Value) -> Self {
        let id = draft["id"].as_str().unwrap();
        let seen = json!({ "version": draft["version"], "content_hash": draft["content_hash"] });
        let path = format!("/api/drafts/{id}/submit");
        Self { path, cookie: owner.cookie.clone(), key: format!("key-{id}"), body: seen.to_string() }
    }

    fn request(&self) -> axum::http::Request<Body> {
        let request = axum::http::Request::post(&self.path).header("cookie", &self.cookie);
        let request = request.header("idempotency-key", &self.key).header("content-type", "application/json");
        request.body(Body::from(self.body.clone())).unwrap()
    }
}

/// Sends again when told to, as a client does. Returns the reference.
async fn until_received(app: Router, sending: Sending) -> String {
    let received = async {
        loop {
            let response = app.clone().oneshot(sending.request()).await.unwrap();
            let (status, again) = (response.status().as_u16(), response.headers().contains_key("retry-after"));
            let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            if status == 201 {
                return serde_json::from_slice::<Value>(&body).unwrap()["reference"].as_str().unwrap().to_owned();
            }
            assert!(again && [409, 503].contains(&status), "{status} {}", String::from_utf8_lossy(&body));
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), received).await.unwrap()
}
