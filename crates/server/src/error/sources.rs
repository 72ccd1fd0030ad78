//! Turns errors of other layers into API errors. Causes go to the log, never to people.

use std::error::Error;

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::StatusCode;
use tower_http::timeout::TimeoutError;

use super::ApiError;
use crate::notice::PrintError;
use crate::partners::PartnerError;
use crate::secret::SecretError;
use crate::store::StoreError;

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Busy,
            StoreError::Full => Self::Full,
            other => {
                tracing::error!(error = %other, "the store");
                Self::Internal
            }
        }
    }
}

impl From<PartnerError> for ApiError {
    fn from(error: PartnerError) -> Self {
        tracing::warn!(%error, "a partner");
        Self::Unavailable
    }
}

impl From<PrintError> for ApiError {
    fn from(error: PrintError) -> Self {
        match error {
            PrintError::Unprintable(character) => Self::NoticeUnprintable(character),
            other => {
                tracing::warn!(error = %other, "a notice cannot be printed");
                Self::NoticeUnavailable
            }
        }
    }
}

/// Data of our own cannot be read or written.
impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> Self {
        tracing::error!(category = ?error.classify(), "our own data");
        Self::Internal
    }
}

impl From<SecretError> for ApiError {
    fn from(error: SecretError) -> Self {
        if matches!(error, SecretError::Busy) {
            return Self::Busy;
        }
        tracing::error!(%error, "secrets");
        Self::Internal
    }
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        if stalled(&rejection) {
            return Self::Slow;
        }
        match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::WrongMediaType,
            _ => Self::Unreadable(rejection.body_text()),
        }
    }
}

/// Whether the body did not come, which is nothing that the client wrote wrongly.
fn stalled(rejection: &JsonRejection) -> bool {
    let mut cause: Option<&dyn Error> = Some(rejection);
    while let Some(error) = cause {
        if error.is::<TimeoutError>() {
            return true;
        }
        cause = error.source();
    }
    false
}

impl From<PathRejection> for ApiError {
    fn from(_: PathRejection) -> Self {
        Self::NotFound
    }
}

impl From<QueryRejection> for ApiError {
    fn from(rejection: QueryRejection) -> Self {
        Self::Unreadable(rejection.body_text())
    }
}
