//! Files as they are kept: looked at, cleaned of everything that is not the picture or the page, under random names.

mod clean;
mod jpeg;
mod pdf;
mod photo;
mod sniff;
mod unfinished;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Name;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use tokio::sync::Semaphore;

pub(crate) use clean::{Cleaned, RejectedFile};

use crate::secret::{self, SecretError};

/// Pictures are decoded this many at a time: each may take two hundred megabytes.
const DECODERS: usize = 2;

/// The object store of attachments.
pub(crate) struct Attachments {
    objects: Arc<dyn ObjectStore>,
    folder: PathBuf,
    decoders: Arc<Semaphore>,
}

/// Why a file could not be kept or found.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AttachmentError {
    #[error("the object store: {0}")]
    Objects(#[from] object_store::Error),
    #[error(transparent)]
    Secret(#[from] SecretError),
    #[error("what was left unfinished: {0}")]
    Unfinished(#[from] io::Error),
    #[error("cleaning stopped: {0}")]
    Cleaning(String),
}

impl Attachments {
    /// In a folder. Every object is on disk before its name is given out.
    pub(crate) fn in_folder(folder: &Path) -> Result<Self, AttachmentError> {
        let objects = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        let decoders = Arc::new(Semaphore::new(DECODERS));
        Ok(Self { objects: Arc::new(objects), folder: folder.to_owned(), decoders })
    }

    /// The file without metadata, or why it cannot be used.
    pub(crate) async fn clean(
        &self,
        file: Vec<u8>,
        accepts_pdf: bool,
    ) -> Result<Result<Cleaned, RejectedFile>, AttachmentError> {
        let stopped = |error: &dyn std::fmt::Display| AttachmentError::Cleaning(error.to_string());
        let _slot = self.decoders.acquire().await.map_err(|error| stopped(&error))?;
        match tokio::task::spawn_blocking(move || clean::clean(&file, accepts_pdf)).await {
            Ok(cleaned) => Ok(cleaned),
            // A parser that gave up in its own way.
            Err(error) if error.is_panic() => Ok(Err(RejectedFile::Damaged)),
            Err(error) => Err(stopped(&error)),
        }
    }

    /// Writes it under a random name.
    pub(crate) async fn put(&self, content: Bytes) -> Result<String, AttachmentError> {
        let random = secret::token()?;
        let name = format!("{}/{random}", &random[..2]);
        self.objects.put(&Name::from(name.as_str()), PutPayload::from(content)).await?;
        Ok(name)
    }

    pub(crate) async fn get(&self, name: &str) -> Result<Bytes, AttachmentError> {
        Ok(self.objects.get(&Name::from(name)).await?.bytes().await?)
    }

    /// Names of everything that was written before a time.
    pub(crate) async fn written_before(&self, seconds: i64) -> Result<Vec<String>, AttachmentError> {
        let all = self.objects.list(None).try_collect::<Vec<_>>().await?;
        let old = all.into_iter().filter(|object| object.last_modified.timestamp() < seconds);
        Ok(old.map(|object| object.location.to_string()).collect())
    }

    /// Deletes the unfinished files of programs that were killed in the middle of a `put`.
    pub(crate) async fn delete_unfinished(&self, seconds: i64) -> Result<(), AttachmentError> {
        let folder = self.folder.clone();
        let deleted = tokio::task::spawn_blocking(move || unfinished::delete(&folder, seconds)).await;
        Ok(deleted.map_err(io::Error::other)??)
    }

    /// One that is not there is gone already.
    pub(crate) async fn delete(&self, name: &str) {
        if let Err(error) = self.objects.delete(&Name::from(name)).await {
            tracing::warn!(%error, "an object was not deleted");
        }
    }
}
