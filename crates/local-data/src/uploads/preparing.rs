//! Keeps a file as it came, then makes it small.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{File, Url};

use super::{Uploads, file_of};
use crate::browser::{blob_of, bytes_of};
use crate::photographs::{self, Prepared};
use crate::protocol::Failure;
use crate::sealing::sha256;

impl Uploads {
    pub(super) async fn keep_original(&self, key: &str) {
        let Some((facts, Some(file))) = self.with(key, |upload| (upload.facts.clone(), upload.file.clone())) else {
            return;
        };
        // A file that cannot be read says so when it is made small.
        if let Some(bytes) = bytes_of(&file).await {
            let is_kept = self.kept.keep(&facts, Some(&bytes)).await;
            self.update(key, |upload| upload.is_kept = is_kept);
        }
    }

    pub(super) async fn prepare(self: &Rc<Self>, key: &str) {
        if self.with(key, |upload| upload.file.is_some() || upload.facts.is_original) != Some(true) {
            return;
        }
        if let Err(failure) = self.try_to_prepare(key).await {
            self.update(key, |upload| upload.fail(failure, false));
            self.report(key);
        }
        self.tell();
    }

    async fn try_to_prepare(&self, key: &str) -> Result<(), Failure> {
        let file = self.original(key).await.ok_or(Failure::Unreadable)?;
        let Prepared { blob, thumbnail, hint } = photographs::prepare(&file).await?;
        let bytes = bytes_of(&blob).await.ok_or(Failure::Unreadable)?;
        let digest = sha256(&bytes).await;
        let facts = self.update(key, |upload| {
            upload.file = None;
            upload.hint = hint;
            upload.blob = Some(blob.clone());
            upload.facts.is_original = false;
            upload.facts.media_type = blob.type_();
            upload.facts.size = bytes.length();
            upload.facts.sha256 = digest;
            upload.facts.clone()
        });
        // It was removed meanwhile.
        let Some(facts) = facts else { return Ok(()) };
        let is_kept = self.kept.keep(&facts, Some(&bytes)).await;
        // It is seen once it is safe on this phone, as far as this phone keeps anything.
        let picture = thumbnail.and_then(|thumbnail| Url::create_object_url_with_blob(&thumbnail).ok());
        self.update(key, |upload| {
            upload.is_kept = is_kept;
            upload.picture = picture.unwrap_or_default();
        });
        // Other pages find it on the disk now.
        if let Some(state) = self.with(key, |upload| upload.state.clone()) {
            self.sharing.say(key, Some(state));
        }
        Ok(())
    }

    /// The file as it came: from this page, or from the disk.
    async fn original(&self, key: &str) -> Option<File> {
        let (file, facts) = self.with(key, |upload| (upload.file.clone(), upload.facts.clone()))?;
        match file {
            Some(file) => Some(file),
            None => {
                let blob = blob_of(&self.kept.bytes_of(key).await?, &facts.media_type)?;
                file_of(blob.unchecked_ref(), &facts.name, &facts.media_type)
            }
        }
    }
}
