//! Tells handlers whose answers would not end by themselves that the server is about to stop.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use tokio::sync::watch;

/// Handlers of event streams take it as an argument.
#[derive(Clone)]
pub(crate) struct ShutdownSignal(watch::Receiver<bool>);

impl ShutdownSignal {
    /// Ready when the server begins to stop.
    pub(crate) async fn received(&mut self) {
        if self.0.wait_for(|shutdown| *shutdown).await.is_err() {
            std::future::pending().await
        }
    }
}

impl From<watch::Receiver<bool>> for ShutdownSignal {
    fn from(receiver: watch::Receiver<bool>) -> Self {
        Self(receiver)
    }
}

impl<S: Sync> FromRequestParts<S> for ShutdownSignal {
    type Rejection = Infallible;

    /// Without an accept loop, as in tests of the router, the signal never comes.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().cloned().unwrap_or_else(|| Self(watch::channel(false).1)))
    }
}
