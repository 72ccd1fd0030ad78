//! Extractors that refuse in our own words.

use axum::body::{Body, Bytes};
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::http::header::IF_MATCH;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::ApiError;

/// A JSON body, in both directions. What is sent to us is an object.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let body = match Bytes::from_request(Request::from_parts(parts.clone(), body), state).await {
            Ok(body) => body,
            Err(rejection) => return Err(JsonRejection::BytesRejection(rejection).into()),
        };
        // Serde would read a list as the fields of a shape in their order.
        if body.trim_ascii_start().first() == Some(&b'[') {
            return Err(ApiError::Unreadable("the body is a list, and an object is expected".to_owned()));
        }
        let axum::Json(value) = axum::Json::from_request(Request::from_parts(parts, Body::from(body)), state).await?;
        Ok(Self(value))
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// Parts of the path; an unreadable one names nothing.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(ApiError))]
pub(crate) struct Path<T>(pub(crate) T);

/// The query of the address.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(ApiError))]
pub(crate) struct Parameters<T>(pub(crate) T);

/// The version that a change was made on: `If-Match: "7"`.
pub(crate) struct IfMatch(pub(crate) u64);

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        version(&parts.headers).map(Self)
    }
}

fn version(headers: &HeaderMap) -> Result<u64, ApiError> {
    let tag = headers.get(IF_MATCH).ok_or(ApiError::IfMatchNeeded)?.to_str().unwrap_or_default();
    // Proxies that compress make tags weak.
    let strong = tag.strip_prefix("W/").unwrap_or(tag);
    let version = strong.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).and_then(|text| text.parse().ok());
    version.ok_or_else(|| ApiError::Unreadable("If-Match holds no version of a draft".to_owned()))
}
