//! The metadata of an upload: its draft, its field and its file name.

use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use contract::legible::{Lines, legible};

use crate::error::ApiError;

const LONGEST_NAME: usize = 120;

/// `Upload-Metadata` of tus, read.
#[derive(Clone, Debug, Default)]
pub(crate) struct UploadMetadata {
    pub(crate) draft: String,
    /// A path: `field` or `group.field`.
    pub(crate) field: String,
    /// The lasting name of the row, in a group.
    pub(crate) row: Option<String>,
    pub(crate) filename: String,
    /// Of the whole file, in hex.
    pub(crate) sha256: Option<String>,
}

impl UploadMetadata {
    /// Of a request that begins an upload.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Self, ApiError> {
        let header = headers.get("upload-metadata").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut metadata = Self::default();
        for pair in header.split(',') {
            let (name, coded) = pair.trim().split_once(' ').unwrap_or((pair.trim(), ""));
            let value = STANDARD.decode(coded.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            let value =
                value.ok_or_else(|| ApiError::Unreadable(format!("Upload-Metadata: `{name}` is not base64")))?;
            metadata.set(name, value);
        }
        if metadata.draft.is_empty() || metadata.field.is_empty() {
            return Err(ApiError::Unreadable("Upload-Metadata must name `draft` and `field`".to_owned()));
        }
        Ok(metadata)
    }

    /// Of the protocol's record.
    pub(super) fn of_state(state: &tus_protocol::UploadState) -> Self {
        let mut metadata = Self::default();
        for (name, value) in state.metadata().iter() {
            metadata.set(name, value.as_str().unwrap_or_default().to_owned());
        }
        metadata
    }

    fn set(&mut self, name: &str, value: String) {
        match name {
            "draft" => self.draft = value,
            "field" => self.field = value,
            "row" => self.row = Some(value),
            "filename" => self.filename = plain_name(&value),
            "sha256" => self.sha256 = Some(value.to_lowercase()),
            _ => {}
        }
    }
}

/// The last part of a path, without what could confuse a screen.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    legible(last, Lines::One).chars().take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_only_its_last_part() {
        for (given, plain) in [
            ("招牌.jpg", "招牌.jpg"),
            ("C:\\fakepath\\before.jpg", "before.jpg"),
            ("../../etc/passwd", "passwd"),
            ("a\u{0}\nb.png", "a b.png"),
        ] {
            assert_eq!(plain_name(given), plain);
        }
    }
}
