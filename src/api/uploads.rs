//! Resumable uploads (tus 1.0).

use contract::api::AttachmentView;

use super::http::{Request, Response};
use super::{Answer, ApiError, Ask, answer, get, request};

/// Begins a resumable upload (tus 1.0); the answer is its address.
pub(crate) async fn create_upload(bytes: f64, metadata: &str) -> Answer<String> {
    let request = tus("POST", "/api/uploads")
        .header("Upload-Length", &(bytes as u64).to_string())
        .header("Upload-Metadata", metadata);
    answer(request).await?.header("location").ok_or_else(ApiError::default)
}

/// Sends one piece; the answer is the new offset.
pub(crate) async fn send_piece(upload: &str, offset: f64, piece: &web_sys::Blob) -> Answer<f64> {
    let request = tus("PATCH", upload)
        .header("Upload-Offset", &(offset as u64).to_string())
        .header("Content-Type", "application/offset+octet-stream")
        .body(piece);
    offset_of(&answer(request).await?)
}

/// Asks how much of an upload has arrived.
pub(crate) async fn upload_offset(upload: &str) -> Answer<f64> {
    offset_of(&answer(tus("HEAD", upload)).await?)
}

/// What became of a finished upload: the cleaned file, or why it was refused.
pub(crate) fn uploaded(upload: &str) -> Ask<AttachmentView> {
    get(&format!("{upload}/attachment"))
}

fn offset_of(response: &Response) -> Answer<f64> {
    let offset: Option<u32> = response.header("upload-offset").and_then(|offset| offset.parse().ok());
    offset.map(f64::from).ok_or_else(ApiError::default)
}

fn tus(method: &str, url: &str) -> Request {
    request(method, url).header("Tus-Resumable", "1.0.0")
}
