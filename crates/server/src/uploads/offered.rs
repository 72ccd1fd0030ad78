//! Extensions of the protocol that are not offered. A client that wants one is told its name, and what to do without it, before
//! anything else of its request is looked at.

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;

use crate::error::ApiError;

/// What a piece is sent as.
const PIECE: &str = "application/offset+octet-stream";

/// What a request that begins an upload may ask for.
pub(crate) fn must_be_offered(headers: &HeaderMap) -> Result<(), ApiError> {
    let refused = if headers.contains_key("upload-concat") {
        "concatenation: send the file as one upload"
    } else if headers.contains_key("upload-defer-length") {
        "creation-defer-length: say Upload-Length"
    } else if headers.get(CONTENT_TYPE).is_some_and(|given| given == PIECE) {
        "creation-with-upload: begin the upload, then send its pieces"
    } else {
        return Ok(());
    };
    Err(ApiError::Unreadable(format!("Not offered: the tus extension {refused}")))
}
