//! A request beyond the limit is refused; waiting for a body and streaming an answer take no permit.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::to_bytes;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use futures_util::FutureExt;
use futures_util::stream::{self, StreamExt};
use serde_json::Value;
use tokio::sync::{Notify, oneshot};
use tower::ServiceExt;

use super::*;
use crate::error::write_problems;
use crate::store::StoreError;

const NO_WAIT: Duration = Duration::ZERO;
/// Longer than anything here takes.
const TEST_TIMEOUT: Duration = Duration::from_secs(60);

struct TestServer {
    app: Router,
    limit: ConcurrencyLimit,
    begun: Arc<AtomicUsize>,
    at_work: Arc<Notify>,
    go_on: Arc<Notify>,
}

impl TestServer {
    /// With one permit. A request that does not get it within `max_wait` is refused.
    fn with_max_wait(max_wait: Duration) -> Self {
        let (limit, begun) = (ConcurrencyLimit::with(1, max_wait), Arc::new(AtomicUsize::new(0)));
        let (at_work, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (count, told, waits) = (Arc::clone(&begun), Arc::clone(&at_work), Arc::clone(&go_on));
        let work = async move || {
            count.fetch_add(1, Ordering::Relaxed);
            told.notify_one();
            waits.notified().await;
        };
        let app = Router::new()
            .route("/work", get(work))
            .route("/read", post(async |_: Bytes| {}))
            .route("/full", get(async || Err::<(), ApiError>(StoreError::Busy.into())))
            .route("/stream", get(async || Body::from_stream(stream::pending::<Result<Bytes, Infallible>>())))
            .layer(from_fn_with_state(limit.clone(), limit_concurrency))
            .layer(from_fn_with_state((), write_problems));
        Self { app, limit, begun, at_work, go_on }
    }

    async fn ask(&self, method: &str, path: &str, language: &str, body: Body) -> Response {
        let request = Request::builder().method(method).uri(path).header("accept-language", language);
        self.app.clone().oneshot(request.body(body).unwrap()).await.unwrap()
    }

    async fn get(&self, path: &str, language: &str) -> Response {
        self.ask("GET", path, language, Body::empty()).await
    }

    fn is_free(&self) -> bool {
        self.limit.permits.available_permits() == 1
    }
}

async fn is_told_to_come_again(refused: Response, title: &str) {
    assert_eq!((refused.status().as_u16(), &refused.headers()["retry-after"]), (503, &"5".parse().unwrap()));
    let problem: Value = serde_json::from_slice(&to_bytes(refused.into_body(), 10_000).await.unwrap()).unwrap();
    assert_eq!((&problem["code"], &problem["title"]), (&"busy".into(), &title.into()));
}

#[tokio::test]
#[invariant::invariant("overload-is-told")]
async fn one_too_many_is_told_to_come_again_before_anything_is_done() {
    let server = TestServer::with_max_wait(NO_WAIT);
    let meanwhile = async {
        server.at_work.notified().await;
        is_told_to_come_again(server.get("/work", "zh").await, "现在办事的人比较多").await;
        is_told_to_come_again(server.get("/work", "en").await, "Many people are here right now").await;
        server.go_on.notify_one();
    };
    let (first, ()) = tokio::join!(server.get("/work", "zh"), meanwhile);
    assert_eq!((first.status().as_u16(), server.begun.load(Ordering::Relaxed)), (200, 1));
    server.go_on.notify_one();
    assert_eq!(server.get("/work", "zh").await.status(), 200);
}

#[tokio::test]
#[invariant::invariant("overload-is-told")]
async fn a_request_that_gets_its_permit_in_time_is_served() {
    let server = TestServer::with_max_wait(TEST_TIMEOUT);
    let waits = async {
        server.at_work.notified().await;
        let second = server.get("/work", "zh");
        let first_goes_on = async {
            server.go_on.notify_one();
            server.at_work.notified().await;
            server.go_on.notify_one();
        };
        tokio::join!(biased; second, first_goes_on).0
    };
    let (first, second) = tokio::join!(server.get("/work", "zh"), waits);
    assert_eq!((first.status().as_u16(), second.status().as_u16()), (200, 200));
}

#[tokio::test]
#[invariant::invariant("overload-is-told")]
async fn a_full_queue_of_the_writer_is_told_the_same_way() {
    is_told_to_come_again(TestServer::with_max_wait(NO_WAIT).get("/full", "zh").await, "现在办事的人比较多").await;
}

#[tokio::test]
#[invariant::invariant("overload-is-told")]
async fn a_request_that_waits_for_a_slow_body_takes_no_permit() {
    let server = TestServer::with_max_wait(NO_WAIT);
    let (send, sent) = oneshot::channel();
    let body = Body::from_stream(stream::once(async { Ok::<_, Infallible>(sent.await.unwrap()) }));
    let meanwhile = async {
        while !server.is_free() {
            tokio::task::yield_now().await;
        }
        server.go_on.notify_one();
        assert_eq!(server.get("/work", "zh").await.status(), 200);
        send.send(Bytes::from_static(b"at last")).unwrap();
    };
    let (slow, ()) = tokio::join!(biased; server.ask("POST", "/read", "zh", body), meanwhile);
    assert_eq!((slow.status().as_u16(), server.is_free()), (200, true));
}

#[tokio::test]
#[invariant::invariant("overload-is-told")]
async fn an_answer_that_streams_takes_no_permit() {
    let server = TestServer::with_max_wait(NO_WAIT);
    let followed = server.get("/stream", "zh").await;
    server.go_on.notify_one();
    assert_eq!(server.get("/work", "zh").await.status(), 200);
    drop(followed);
}

#[tokio::test]
#[invariant::invariant("overload-is-told")]
async fn a_client_that_goes_away_gives_its_permit_back() {
    let server = TestServer::with_max_wait(NO_WAIT);
    let slow = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>().boxed());
    for (method, path, body) in [("GET", "/work", Body::empty()), ("POST", "/read", slow)] {
        assert!(server.ask(method, path, "zh", body).now_or_never().is_none(), "{path} was answered");
        assert!(server.is_free(), "{path}");
    }
    assert_eq!(server.begun.load(Ordering::Relaxed), 1, "it was at work when it went");
}
