//! Files as they are kept: looked at, cleaned of everything that is not the picture or the page, under random names.

mod answer;
mod clean;
mod cleaner;
mod jpeg;
mod pdf;
mod photo;
mod program;
mod sniff;
mod unfinished;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Name;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

pub(crate) use clean::{Cleaned, RejectedFile};
pub(crate) use cleaner::{CleanerError, Place};
pub use program::{FileToClean, clean_file};

use crate::secret::{self, SecretError};
use cleaner::Cleaner;

/// The object store of attachments.
pub(crate) struct Attachments {
    objects: Arc<dyn ObjectStore>,
    folder: PathBuf,
    cleaner: Cleaner,
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
    #[error(transparent)]
    Cleaning(#[from] CleanerError),
}

impl Attachments {
    /// In a folder. Every object is on disk before its name is given out. `cleaner` is the program that cleans files,
    /// if it is not our own.
    pub(crate) fn in_folder(folder: &Path, cleaner: Option<PathBuf>) -> Result<Self, AttachmentError> {
        let objects = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        let cleaner = Cleaner::with(cleaner).map_err(CleanerError::NoProgram)?;
        Ok(Self { objects: Arc::new(objects), folder: folder.to_owned(), cleaner })
    }

    /// Waits for a place among the files that are cleaned.
    pub(crate) async fn place(&self, citizen: &str) -> Result<Place, AttachmentError> {
        Ok(self.cleaner.place(citizen).await?)
    }

    /// The file without metadata, or why it cannot be used.
    pub(crate) async fn clean(
        &self,
        _place: &Place,
        file: File,
        about: &FileToClean,
    ) -> Result<Result<Cleaned, RejectedFile>, AttachmentError> {
        Ok(self.cleaner.clean(file, about).await?)
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
