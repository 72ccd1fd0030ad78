//! A newer request for an upload ends the body of an older one, which may hang on a dead connection and hold the lock;
//! the older one then syncs what it has and lets go. (A body that stalls is ended by the accept loop.)

use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, BodyDataStream, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use tokio::sync::oneshot;

use super::BASE_PATH;

/// How long a request may have been on its way to here; what is older than the newest of its upload is refused so long.
const MEMORY: Duration = Duration::from_secs(60);
/// Beyond so many, those that ended long ago are forgotten.
const MOST_REMEMBERED: usize = 1024;

/// The newest request of each upload.
#[derive(Clone, Default)]
pub(crate) struct Takeovers {
    newest: Arc<Mutex<HashMap<String, Newest>>>,
    arrived: Arc<AtomicU64>,
}

struct Newest {
    arrival: Arrival,
    /// Dropping it ends the request; `None` once the request has ended.
    running: Option<oneshot::Sender<()>>,
    since: Instant,
}

/// The order in which requests came in.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Arrival(u64);

impl Takeovers {
    /// Ends the older request, and returns the receiver through which a later one will end this. `None` when a newer
    /// request came first: this one was delayed on its way, and its client has gone on without it.
    fn begin(&self, path: &str, arrival: Arrival) -> Option<oneshot::Receiver<()>> {
        let (sender, receiver) = oneshot::channel();
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        if newest.get(path).is_some_and(|newest| newest.arrival > arrival) {
            return None;
        }
        if newest.len() >= MOST_REMEMBERED {
            newest.retain(|_, newest| newest.running.is_some() || newest.since.elapsed() < MEMORY);
        }
        // Replacing the older sender drops it, which ends the older request.
        newest.insert(path.to_owned(), Newest { arrival, running: Some(sender), since: Instant::now() });
        Some(receiver)
    }

    fn end(&self, path: &str, arrival: Arrival) {
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = newest.get_mut(path).filter(|newest| newest.arrival == arrival) {
            (own.running, own.since) = (None, Instant::now());
        }
    }
}

/// Notes when a request came, before anything is waited for.
pub(crate) async fn note_arrival(State(takeovers): State<Takeovers>, mut request: Request, next: Next) -> Response {
    let arrival = Arrival(takeovers.arrived.fetch_add(1, Ordering::Relaxed));
    request.extensions_mut().insert(arrival);
    next.run(request).await
}

pub(crate) async fn take_over(State(takeovers): State<Takeovers>, request: Request, next: Next) -> Response {
    let arrival = request.extensions().get::<Arrival>().copied();
    let Some(arrival) = arrival.filter(|_| request.method() != Method::OPTIONS && !path_is_collection(&request)) else {
        return next.run(request).await;
    };
    let path = request.uri().path().to_owned();
    let Some(taken_over) = takeovers.begin(&path, arrival) else { return StatusCode::CONFLICT.into_response() };
    // An empty body stays empty: wrapped, it would look like one that is still to come.
    let request =
        if request.body().is_end_stream() { request } else { request.map(|body| breakable(body, taken_over)) };
    // In a task of its own: a client that goes away would otherwise end it anywhere, with a write under way and the
    // lock free.
    let running = tokio::spawn(async move {
        let response = next.run(request).await;
        takeovers.end(&path, arrival);
        response
    });
    running.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// A request that begins an upload takes nothing over.
fn path_is_collection(request: &Request) -> bool {
    request.uri().path().trim_end_matches('/') == BASE_PATH
}

fn breakable(body: Body, taken_over: oneshot::Receiver<()>) -> Body {
    let begun = Some((body.into_data_stream(), taken_over));
    Body::from_stream(stream::unfold(begun, async |open| {
        let (mut body, mut taken_over) = open?;
        match next_chunk(&mut body, &mut taken_over).await? {
            Ok(chunk) => Some((Ok(chunk), Some((body, taken_over)))),
            Err(error) => Some((Err(error), None)),
        }
    }))
}

async fn next_chunk(body: &mut BodyDataStream, taken_over: &mut oneshot::Receiver<()>) -> Option<io::Result<Bytes>> {
    tokio::select! {
        biased;
        _ = taken_over => Some(Err(io::Error::other("a newer request took over"))),
        chunk = body.next() => Some(chunk?.map_err(io::Error::other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_held_up_on_its_way_takes_nothing_over() {
        let takeovers = Takeovers::default();
        let mut newer = takeovers.begin("one", Arrival(2)).unwrap();
        assert!(takeovers.begin("one", Arrival(1)).is_none());
        assert!(newer.try_recv().is_err_and(|told| told == oneshot::error::TryRecvError::Empty), "still undisturbed");
        takeovers.end("one", Arrival(2));
        assert!(takeovers.begin("one", Arrival(1)).is_none(), "its client has gone on");
        assert!(takeovers.begin("other", Arrival(1)).is_some());
        assert!(takeovers.begin("one", Arrival(3)).is_some());
    }
}
