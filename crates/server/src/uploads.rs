//! Resumable uploads (tus 1.0): pieces go to a folder, what they belong to into the store. The library speaks the protocol;
//! the parts here make it durable, private and patient with phones.

mod finish;
mod keep;
mod metadata;
mod state;
mod takeover;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tus_axum::{TusRouter, TusState};
use tus_protocol::locking::memory::MemoryLocker;
use tus_protocol::storage::file::FileStorage;
use tus_protocol::{Config, Extension, NoopHookExecutor, ProtocolHandle, Storage, UploadState};

pub(crate) use finish::{finish, view};
pub(crate) use metadata::UploadMetadata;
pub(crate) use state::{BEGINNING, Beginning};
pub(crate) use takeover::{Takeovers, take_over};

use crate::store::{Store, StoreError};
use keep::Keep;
use state::StoredState;

/// Of one file.
pub(crate) const LARGEST_FILE_BYTES: u64 = 20 * 1024 * 1024;
/// Of one draft, under way or arrived.
pub(crate) const MOST_FILES: i64 = 60;
pub(crate) const BASE_PATH: &str = "/api/uploads";
/// Unfinished uploads are kept this long.
const LIFE: Duration = Duration::from_secs(24 * 60 * 60);
/// For an older request of the same upload to let go.
const LOCK_PATIENCE: Duration = Duration::from_secs(20);

/// The protocol, ready to be routed.
pub(crate) struct Uploads {
    protocol: ProtocolHandle<Keep<FileStorage>, StoredState, MemoryLocker, NoopHookExecutor>,
}

/// Why uploads cannot be taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UploadError {
    #[error("the upload protocol: {0}")]
    Protocol(#[from] tus_protocol::Error),
    #[error("the upload routes: {0}")]
    Routes(#[from] tus_axum::RouterError),
    #[error("the pieces of an upload: {0}")]
    Pieces(#[from] std::io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("an upload's record cannot be read: {0}")]
    Record(#[from] serde_json::Error),
}

impl Uploads {
    pub(crate) fn in_folder(folder: &Path, store: Arc<dyn Store>) -> Result<Self, UploadError> {
        // Checksums of pieces are off: a cut piece is kept, and the digest of the whole decides at the end.
        let config = Config::new()
            .with_base_path(BASE_PATH)
            .with_max_size(LARGEST_FILE_BYTES)
            .with_expiration(LIFE)
            .with_lock_timeout(LOCK_PATIENCE)
            .without_extension(Extension::CreationDeferLength)
            .without_download();
        let storage = Keep(FileStorage::new_sync(folder)?);
        let hooks = NoopHookExecutor::new();
        let protocol = ProtocolHandle::new(config, storage, StoredState(store), MemoryLocker::new(), hooks);
        Ok(Self { protocol })
    }

    /// The routes of the protocol; who may use them is decided by a layer over them.
    pub(crate) fn router(&self) -> Result<Router, UploadError> {
        Ok(TusRouter::new(TusState::new(self.protocol.clone())).build()?)
    }

    /// Takes away what never arrived or was never asked for again.
    pub(crate) async fn sweep(&self, store: &dyn Store, now: i64) -> Result<(), UploadError> {
        for id in store.expired_uploads(now).await? {
            self.forget(store, &id).await?;
        }
        Ok(())
    }

    /// Takes away an upload with its pieces.
    pub(crate) async fn forget(&self, store: &dyn Store, id: &str) -> Result<(), UploadError> {
        let Some(record) = store.upload(id).await? else { return Ok(()) };
        let state: UploadState = serde_json::from_str(&record.state)?;
        self.forget_pieces(&state).await?;
        Ok(store.delete_upload(id).await?)
    }

    async fn forget_pieces(&self, state: &UploadState) -> Result<(), UploadError> {
        if let Some(handle) = state.storage_handle() {
            self.protocol.storage_arc().delete(&handle).await?;
        }
        Ok(())
    }
}
