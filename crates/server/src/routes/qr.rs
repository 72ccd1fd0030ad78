//! Addresses of ours, also as pictures that any window can read.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use qrcode::render::svg::Color;
use qrcode::{EcLevel, QrCode};

use crate::backend::Backend;
use crate::error::ApiError;

/// The address of a path where people find this server; where nobody said so, on the host that was asked.
pub(super) fn address(backend: &Backend, headers: &HeaderMap, path: &str) -> String {
    if let Some(address) = &backend.address {
        return format!("{address}{path}");
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if host.is_empty() {
        return path.to_owned();
    }
    let scheme = if backend.behind_https { "https" } else { "http" };
    format!("{scheme}://{host}{path}")
}

/// The same as a picture.
pub(super) fn drawn(backend: &Backend, headers: &HeaderMap, path: &str) -> Result<Response, ApiError> {
    let code = QrCode::with_error_correction_level(address(backend, headers, path), EcLevel::M);
    let code = code.map_err(|_| ApiError::Internal)?;
    let picture = code.render().min_dimensions(240, 240).dark_color(Color("#000")).light_color(Color("#fff")).build();
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, picture).into_response())
}
