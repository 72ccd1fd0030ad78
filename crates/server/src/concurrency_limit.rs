//! Limits how many requests are worked on at once. The others wait for a moment; a request that gets no permit in
//! time is refused before the database is asked, so that the accepted ones are answered soon. A request that waits
//! for its client's body gives its permit back meanwhile, and a streamed answer holds none: slow clients and
//! followers of a case take no permit.

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
pub(crate) const MAX_WAIT: Duration = Duration::from_secs(1);

/// One permit for each request that may be worked on at once.
#[derive(Clone)]
pub(crate) struct ConcurrencyLimit {
    permits: Arc<Semaphore>,
    max_wait: Duration,
}

/// The layer that refuses requests which get no permit in time.
pub(crate) async fn limit_concurrency(
    State(limit): State<ConcurrencyLimit>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let permit = limit.acquire().await.ok_or(ApiError::Busy)?;
    let request =
        request.map(|body| if body.is_end_stream() { body } else { permit.clone().released_while_waiting(body) });
    let response = next.run(request).await;
    drop(permit);
    Ok(response)
}

impl ConcurrencyLimit {
    pub(crate) fn with(most: u32, max_wait: Duration) -> Self {
        let permits = usize::try_from(most).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS);
        Self { permits: Arc::new(Semaphore::new(permits)), max_wait }
    }

    async fn acquire(&self) -> Option<RequestPermit> {
        let acquired = tokio::time::timeout(self.max_wait, Arc::clone(&self.permits).acquire_owned());
        let permit = acquired.await.ok()?.ok()?;
        Some(RequestPermit { limit: self.clone(), permit: Arc::new(Mutex::new(Some(permit))) })
    }
}

/// The permit of one request, while it holds one.
#[derive(Clone)]
struct RequestPermit {
    limit: ConcurrencyLimit,
    permit: Arc<Mutex<Option<OwnedSemaphorePermit>>>,
}

impl RequestPermit {
    fn released_while_waiting(self, body: Body) -> Body {
        Body::new(PermitReleasingBody { body, permit: self })
    }

    /// Gives the permit back while the request waits for its body, and takes one again afterwards. Where none is free
    /// then, the request goes on without one: its work was begun.
    fn set_waiting(&self, waiting: bool) {
        let mut permit = self.permit.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting {
            *permit = None;
        } else if permit.is_none() {
            *permit = Arc::clone(&self.limit.permits).try_acquire_owned().ok();
        }
    }
}

/// A body whose request holds no permit while the next piece of it has not arrived.
struct PermitReleasingBody {
    body: Body,
    permit: RequestPermit,
}

impl HttpBody for PermitReleasingBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        self.permit.set_waiting(polled.is_pending());
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for PermitReleasingBody {
    fn drop(&mut self) {
        self.permit.set_waiting(false);
    }
}

#[cfg(test)]
mod tests;
