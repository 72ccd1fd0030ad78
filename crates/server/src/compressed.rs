//! Answers that everybody gets alike: compressed once, tagged by their content, and not sent again to who has them.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Arc, PoisonError, RwLock};

use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::secret::digest;

/// Of 11: the best three take ten times as long for two percent less.
const BROTLI_QUALITY: u32 = 8;
const BROTLI_WINDOW: u32 = 22;

/// A body in the ways it may be sent.
pub(crate) struct Compressed {
    media_type: &'static str,
    tag: HeaderValue,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Compressed {
    pub(crate) fn new(media_type: &'static str, body: Vec<u8>) -> io::Result<Self> {
        let (brotli, gzip) = (brotli(&body)?, gzip(&body)?);
        Self::of_copies(media_type, body.into(), Some(brotli.into()), Some(gzip.into()))
    }

    /// A body whose compressed copies were made before, if there are any.
    pub(crate) fn of_copies(
        media_type: &'static str,
        plain: Bytes,
        brotli: Option<Bytes>,
        gzip: Option<Bytes>,
    ) -> io::Result<Self> {
        let tag = HeaderValue::from_str(&format!("\"{}\"", &digest(&plain)[..16])).map_err(io::Error::other)?;
        Ok(Self { media_type, tag, plain, brotli, gzip })
    }

    /// The body as the request accepts it, or word that the client has it.
    pub(crate) fn answer(&self, headers: &HeaderMap, cache: Option<&HeaderValue>) -> Response {
        let value =
            |header| headers.get(header).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
        let mut response = match self.tag.to_str().is_ok_and(|tag| value(IF_NONE_MATCH).contains(tag)) {
            true => StatusCode::NOT_MODIFIED.into_response(),
            false => self.whole(value(ACCEPT_ENCODING)),
        };
        let told = response.headers_mut();
        told.insert(ETAG, self.tag.clone());
        told.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(cache) = cache {
            told.insert(CACHE_CONTROL, cache.clone());
        }
        response
    }

    fn whole(&self, accepted: &str) -> Response {
        let takes = |coding: &str| accepted.split(',').any(|each| each.trim().split(';').next() == Some(coding));
        let media_type = [(CONTENT_TYPE, self.media_type)];
        for (coding, packed) in [("br", &self.brotli), ("gzip", &self.gzip)] {
            if let Some(packed) = packed.as_ref().filter(|_| takes(coding)) {
                return (media_type, [(CONTENT_ENCODING, coding)], packed.clone()).into_response();
            }
        }
        (media_type, self.plain.clone()).into_response()
    }
}

/// What was compressed before, by a key that names its content. There are only as many keys as services, versions,
/// divisions and languages; what they name changes when the server starts.
#[derive(Default)]
pub(crate) struct Bodies(RwLock<BTreeMap<String, Arc<Compressed>>>);

impl Bodies {
    pub(crate) fn known(&self, key: &str) -> Option<Arc<Compressed>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(key).map(Arc::clone)
    }

    /// Compresses a body and remembers it.
    pub(crate) fn remember(&self, key: String, media_type: &'static str, body: Vec<u8>) -> io::Result<Arc<Compressed>> {
        let compressed = Arc::new(Compressed::new(media_type, body)?);
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&compressed));
        Ok(compressed)
    }
}

fn brotli(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, BROTLI_QUALITY, BROTLI_WINDOW);
    writer.write_all(body)?;
    drop(writer);
    Ok(packed)
}

fn gzip(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(body)?;
    writer.finish()
}
