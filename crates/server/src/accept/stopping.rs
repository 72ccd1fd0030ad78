//! Word that the server is about to stop, for answers that would not end by themselves.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use tokio::sync::watch;

/// Handlers that go on and on take it as an argument.
#[derive(Clone)]
pub(crate) struct Stopping(watch::Receiver<bool>);

impl Stopping {
    /// Ready when the server stops.
    pub(crate) async fn comes(&mut self) {
        if self.0.wait_for(|stopping| *stopping).await.is_err() {
            std::future::pending().await
        }
    }
}

impl From<watch::Receiver<bool>> for Stopping {
    fn from(told: watch::Receiver<bool>) -> Self {
        Self(told)
    }
}

impl<S: Sync> FromRequestParts<S> for Stopping {
    type Rejection = Infallible;

    /// Where no accept loop is, nothing stops.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().cloned().unwrap_or_else(|| Self(watch::channel(false).1)))
    }
}
