//! Refuses extensions of the protocol that the server does not support. The refusal names the extension and says what
//! to do without it, and it comes before any other check of the request.

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;

use crate::error::ApiError;

/// The media type of a piece.
const PIECE: &str = "application/offset+octet-stream";

/// Checks a request that begins an upload.
pub(crate) fn reject_unsupported_extensions(headers: &HeaderMap) -> Result<(), ApiError> {
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
