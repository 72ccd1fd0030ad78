//! A newer request for an upload ends the body of an older one, which may hang on a dead connection and hold the lock; the
//! older one then syncs what it has and lets go. (A body that stalls is ended by the accept loop.)

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, BodyDataStream, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::{StreamExt, stream};
use tokio::sync::oneshot;

use super::BASE_PATH;

/// The newest request of each upload.
#[derive(Clone, Default)]
pub(crate) struct Takeovers(Arc<Mutex<HashMap<String, Newest>>>);

/// Its number, and what ends it when dropped.
type Newest = (u64, oneshot::Sender<()>);

impl Takeovers {
    /// Ends the older request; the new one is told through what this gives.
    fn begin(&self, path: &str) -> (u64, oneshot::Receiver<()>) {
        let (sender, receiver) = oneshot::channel();
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = newest.get(path).map_or(0, |(number, _)| number + 1);
        // Dropping the older sender is the message.
        newest.insert(path.to_owned(), (number, sender));
        (number, receiver)
    }

    fn end(&self, path: &str, own: u64) {
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if newest.get(path).is_some_and(|(number, _)| *number == own) {
            newest.remove(path);
        }
    }
}

pub(crate) async fn take_over(State(takeovers): State<Takeovers>, request: Request, next: Next) -> Response {
    if request.method() == Method::OPTIONS || path_is_collection(&request) {
        return next.run(request).await;
    }
    let path = request.uri().path().to_owned();
    let (number, taken_over) = takeovers.begin(&path);
    // A body that is not there must not look like one.
    let request =
        if request.body().is_end_stream() { request } else { request.map(|body| breakable(body, taken_over)) };
    let response = next.run(request).await;
    takeovers.end(&path, number);
    response
}

/// Beginning an upload takes nothing over.
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
