//! Whether the server can work.

use axum::extract::State;
use axum::http::StatusCode;

use crate::backend::Backend;

/// 200 as long as the store takes work. On a full disk, requests that write are refused, and reading goes on.
pub(super) async fn check(State(backend): State<Backend>) -> StatusCode {
    match backend.store.ping().await {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}
