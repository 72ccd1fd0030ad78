//! How many requests are worked on at once. One more is told to come again before anything is read from the database, so that
//! those already here are answered soon. Who waits for a client's body is not worked on, and an answer that streams is out of
//! hand: slow clients and followers of a case take no place.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use hyper::body::{Frame, SizeHint};

use crate::error::ApiError;

/// Counts what is in hand.
#[derive(Clone)]
pub(crate) struct InHand {
    most: i64,
    now: Arc<AtomicI64>,
}

/// A layer that refuses one too many.
pub(crate) async fn shed(State(in_hand): State<InHand>, request: Request, next: Next) -> Result<Response, ApiError> {
    let _one = in_hand.take().ok_or(ApiError::Busy)?;
    let request = request.map(|body| if body.is_end_stream() { body } else { in_hand.awaiting(body) });
    Ok(next.run(request).await)
}

impl InHand {
    pub(crate) fn with(most: u32) -> Self {
        Self { most: most.into(), now: Arc::default() }
    }

    fn take(&self) -> Option<One> {
        let room = |now| (now < self.most).then_some(now + 1);
        self.now.fetch_update(Ordering::Relaxed, Ordering::Relaxed, room).ok()?;
        Some(One(self.clone()))
    }

    fn awaiting(&self, body: Body) -> Body {
        Body::new(Awaited { body, in_hand: self.clone(), is_awaited: false })
    }

    fn add(&self, difference: i64) {
        self.now.fetch_add(difference, Ordering::Relaxed);
    }
}

/// A request in hand, until it is dropped.
struct One(InHand);

impl Drop for One {
    fn drop(&mut self) {
        self.0.add(-1);
    }
}

/// A body whose request is out of hand while nothing of it comes. Once it goes on it is not refused any more.
struct Awaited {
    body: Body,
    in_hand: InHand,
    is_awaited: bool,
}

impl Awaited {
    fn is_now(&mut self, awaited: bool) {
        if self.is_awaited != awaited {
            self.in_hand.add(if awaited { -1 } else { 1 });
            self.is_awaited = awaited;
        }
    }
}

impl HttpBody for Awaited {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        self.is_now(polled.is_pending());
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
        self.is_now(false);
    }
}

#[cfg(test)]
mod tests;
