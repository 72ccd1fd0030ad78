//! Clients that are slow or many, over real connections and with shorter limits.

use axum::middleware::from_fn_with_state;
use axum::response::sse::{Event, Sse};
use axum::routing::{get, post};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

use super::*;
use crate::error::write_problems;
use crate::extract::Json;

/// Longer than anything here takes, so that a test which hangs fails.
const TEST_TIMEOUT: Duration = Duration::from_secs(60);
const ASK: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";

struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
    /// Told when a handler waits, and what lets it go on.
    at_work: Arc<Notify>,
    go_on: Arc<Notify>,
}

impl Server {
    async fn with(change: impl FnOnce(&mut Limits)) -> Self {
        let usual = Limits::with(usize::MAX);
        let mut limits = Limits {
            header: TEST_TIMEOUT,
            body: TEST_TIMEOUT,
            answer: TEST_TIMEOUT,
            shutdown_grace: TEST_TIMEOUT,
            ..usual
        };
        change(&mut limits);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (at_work, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let app = app(Arc::clone(&at_work), Arc::clone(&go_on));
        let (stop, stopped) = oneshot::channel();
        let served = tokio::spawn(serve(listener, app, limits, async { stopped.await.unwrap() }));
        Self { address, stop, served, at_work, go_on }
    }

    /// A connection on which this was sent.
    async fn sent(&self, bytes: &[u8]) -> TcpStream {
        let mut connection = TcpStream::connect(self.address).await.unwrap();
        connection.write_all(bytes).await.unwrap();
        connection
    }

    fn stop(self) -> JoinHandle<()> {
        self.stop.send(()).unwrap();
        self.served
    }
}

fn app(at_work: Arc<Notify>, go_on: Arc<Notify>) -> Router {
    let slow = async move || {
        at_work.notify_one();
        go_on.notified().await;
        "done"
    };
    let follow = async |mut shutdown: ShutdownSignal| {
        let begun = futures_util::stream::once(async { Ok::<_, std::convert::Infallible>(Event::default().data("x")) });
        let rest = futures_util::stream::once(async move { shutdown.received().await });
        Sse::new(futures_util::StreamExt::chain(begun, futures_util::StreamExt::filter_map(rest, async |()| None)))
    };
    Router::new()
        .route("/", get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.ip().to_string()))
        .route("/json", post(async |Json(_): Json<Value>| "read"))
        .route("/slow", get(slow))
        .route("/large", get(async || vec![0; 64 * 1024 * 1024]))
        .route("/events", get(follow))
        .layer(from_fn_with_state((), write_problems))
}

async fn in_time<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(TEST_TIMEOUT, what).await.unwrap()
}

/// Everything that comes until the server closes.
async fn rest(connection: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    // Closing with unread bytes is an error of its own, and closing all the same.
    let _ = in_time(connection.read_to_end(&mut answer)).await;
    String::from_utf8(answer).unwrap()
}

async fn until(connection: &mut TcpStream, words: &str) -> String {
    let mut answer = String::new();
    while !answer.contains(words) {
        let mut piece = [0; 512];
        let read = in_time(connection.read(&mut piece)).await.unwrap();
        assert_ne!(read, 0, "closed after {answer}");
        answer.push_str(std::str::from_utf8(&piece[..read]).unwrap());
    }
    answer
}

#[tokio::test]
#[invariant::invariant("slow-ones-hold-nobody")]
async fn half_a_header_is_not_waited_for() {
    let server = Server::with(|limits| limits.header = Duration::from_millis(200)).await;
    let mut connection = server.sent(b"GET / HTTP/1.1\r\nhost: x\r\n").await;
    assert_eq!(rest(&mut connection).await, "");
}

#[tokio::test]
#[invariant::invariant("slow-ones-hold-nobody")]
async fn a_body_that_stalls_is_ended_and_told_why() {
    let server = Server::with(|limits| limits.body = Duration::from_millis(200)).await;
    let head = b"POST /json HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n";
    let mut connection = server.sent(&[head, &b"{\"a\":"[..]].concat()).await;
    let answer = rest(&mut connection).await;
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("\"slow\""), "{answer}");
}

#[tokio::test]
#[invariant::invariant("slow-ones-hold-nobody")]
async fn an_answer_that_is_not_read_is_not_held() {
    let change = |limits: &mut Limits| (limits.answer, limits.connections) = (Duration::from_millis(200), 1);
    let server = Server::with(change).await;
    // More than fits between us.
    let _unread = server.sent(b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let mut next = server.sent(ASK).await;
    until(&mut next, "127.0.0.1").await;
}

#[tokio::test]
#[invariant::invariant("slow-ones-hold-nobody")]
async fn an_address_has_its_share_of_connections_and_leaves_room_by_going() {
    let server = Server::with(|limits| limits.connections_per_address = 2).await;
    let mut first = server.sent(ASK).await;
    let mut second = server.sent(ASK).await;
    until(&mut first, "127.0.0.1").await;
    until(&mut second, "127.0.0.1").await;
    let mut third = server.sent(ASK).await;
    assert_eq!(rest(&mut third).await, "");
    drop(first);
    // The server notices the going a little later.
    let comes_in = async {
        loop {
            let mut fourth = server.sent(ASK).await;
            let mut piece = [0; 512];
            if fourth.read(&mut piece).await.is_ok_and(|read| read > 0) {
                return;
            }
        }
    };
    in_time(comes_in).await;
}

#[tokio::test]
#[invariant::invariant("slow-ones-hold-nobody")]
async fn beyond_the_limit_for_all_a_connection_waits_for_a_slot() {
    let server = Server::with(|limits| limits.connections = 1).await;
    let mut first = server.sent(ASK).await;
    until(&mut first, "127.0.0.1").await;
    let mut second = server.sent(ASK).await;
    drop(first);
    until(&mut second, "127.0.0.1").await;
}

#[tokio::test]
#[invariant::invariant("stops-in-time")]
async fn a_stopped_server_lets_go_of_idle_connections_at_once() {
    let server = Server::with(|_| {}).await;
    let mut connection = server.sent(ASK).await;
    let answer = until(&mut connection, "127.0.0.1").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let served = server.stop();
    in_time(served).await.unwrap();
}

#[tokio::test]
#[invariant::invariant("stops-in-time")]
async fn a_stopped_server_finishes_what_runs_and_takes_nothing_new() {
    let server = Server::with(|_| {}).await;
    let mut running = server.sent(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await;
    in_time(server.at_work.notified()).await;
    let Server { address, stop, served, go_on, .. } = server;
    stop.send(()).unwrap();
    let refused = async {
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    in_time(refused).await;
    assert!(!served.is_finished());
    go_on.notify_one();
    assert!(rest(&mut running).await.ends_with("done"));
    in_time(served).await.unwrap();
}

#[tokio::test]
#[invariant::invariant("stops-in-time")]
async fn a_stopped_server_ends_streams_of_events() {
    let server = Server::with(|_| {}).await;
    let mut following = server.sent(b"GET /events HTTP/1.1\r\nhost: x\r\n\r\n").await;
    until(&mut following, "data: x").await;
    let served = server.stop();
    // The end of a chunked answer: it was ended, not cut.
    assert!(rest(&mut following).await.ends_with("0\r\n\r\n"));
    in_time(served).await.unwrap();
}

#[tokio::test]
#[invariant::invariant("stops-in-time")]
async fn a_request_that_does_not_finish_does_not_delay_the_shutdown() {
    let server = Server::with(|limits| limits.shutdown_grace = Duration::from_millis(200)).await;
    let _running = server.sent(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await;
    in_time(server.at_work.notified()).await;
    let served = server.stop();
    in_time(served).await.unwrap();
}

#[tokio::test]
async fn a_request_names_one_host() {
    let server = Server::with(|_| {}).await;
    for (head, status) in [
        ("GET / HTTP/1.1\r\nhost: shi.example:8080\r\n", "200"),
        ("GET / HTTP/1.1\r\nhost: [2001:db8::1]\r\n", "200"),
        ("GET / HTTP/1.0\r\n", "200"),
        ("GET / HTTP/1.1\r\n", "400"),
        ("GET / HTTP/1.1\r\nhost: one.example\r\nhost: two.example\r\n", "400"),
        ("GET / HTTP/1.1\r\nhost: one.example\r\nhost: one.example\r\n", "400"),
        ("GET / HTTP/1.1\r\nhost: \r\n", "400"),
        ("GET / HTTP/1.1\r\nhost: a@b.example\r\n", "400"),
        ("GET / HTTP/1.1\r\nhost: a/b\r\n", "400"),
    ] {
        let mut connection = server.sent(format!("{head}connection: close\r\n\r\n").as_bytes()).await;
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.unwrap();
        assert_eq!(answer.split(' ').nth(1), Some(status), "{head}");
    }
}
