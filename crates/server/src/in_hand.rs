//! How many requests are worked on at once. Others wait their turn for a moment, and who does not get it is told to come again
//! before anything is read from the database, so that those in hand are answered soon. Who waits for a client's body is not
//! worked on, and an answer that streams is out of hand: slow clients and followers of a case take no place.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use hyper::body::{Frame, SizeHint};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::ApiError;

/// Refusing at once was tried: clients that come again at once then take more work to refuse than to serve.
pub(crate) const TURN_PATIENCE: Duration = Duration::from_secs(1);

/// The places of those that are worked on.
#[derive(Clone)]
pub(crate) struct InHand {
    places: Arc<Semaphore>,
    patience: Duration,
}

/// A layer that refuses those whose turn does not come.
pub(crate) async fn shed(State(in_hand): State<InHand>, request: Request, next: Next) -> Result<Response, ApiError> {
    let one = in_hand.enter().await.ok_or(ApiError::Busy)?;
    let request = request.map(|body| if body.is_end_stream() { body } else { one.clone().awaiting(body) });
    let response = next.run(request).await;
    drop(one);
    Ok(response)
}

impl InHand {
    pub(crate) fn with(most: u32, patience: Duration) -> Self {
        let places = usize::try_from(most).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS);
        Self { places: Arc::new(Semaphore::new(places)), patience }
    }

    async fn enter(&self) -> Option<One> {
        let turn = tokio::time::timeout(self.patience, Arc::clone(&self.places).acquire_owned());
        let place = turn.await.ok()?.ok()?;
        Some(One { in_hand: self.clone(), place: Arc::new(Mutex::new(Some(place))) })
    }
}

/// A request, with its place while it has one.
#[derive(Clone)]
struct One {
    in_hand: InHand,
    place: Arc<Mutex<Option<OwnedSemaphorePermit>>>,
}

impl One {
    fn awaiting(self, body: Body) -> Body {
        Body::new(Awaited { body, one: self })
    }

    /// Out of hand, or in hand again. Who comes back goes on even where no place is free: the work was begun.
    fn is_awaited(&self, awaited: bool) {
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        if awaited {
            *place = None;
        } else if place.is_none() {
            *place = Arc::clone(&self.in_hand.places).try_acquire_owned().ok();
        }
    }
}

/// A body whose request is out of hand while nothing of it comes.
struct Awaited {
    body: Body,
    one: One,
}

impl HttpBody for Awaited {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        self.one.is_awaited(polled.is_pending());
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        self.one.is_awaited(false);
    }
}

#[cfg(test)]
mod tests;
