//! Resumable uploads (tus 1.0): pieces go to a folder, what they belong to into the store. The library speaks the
//! protocol; the parts here make it durable, private and patient with phones.

mod extensions;
mod finish;
mod metadata;
mod partial_write_storage;
mod state;
mod takeover;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use time::OffsetDateTime;
use tokio::fs;
use tus_axum::{TusRouter, TusState};
use tus_protocol::locking::memory::MemoryLocker;
use tus_protocol::storage::file::FileStorage;
use tus_protocol::{Config, Extension, NoopHookExecutor, ProtocolHandle, Storage, UploadState};

pub(crate) use extensions::reject_unsupported_extensions;
pub(crate) use finish::finish;
pub(crate) use metadata::UploadMetadata;
pub(crate) use state::{UPLOAD_OWNER, UploadOwner};
pub(crate) use takeover::{Takeovers, note_arrival, take_over};

use crate::store::{FileLimits, Store, StoreError};
use partial_write_storage::PartialWriteStorage;
use state::StoredState;

/// The largest file.
pub(crate) const LARGEST_FILE_BYTES: u64 = 20 * 1024 * 1024;
/// What may be on the disk, under way or arrived.
const LIMITS: FileLimits = FileLimits { of_draft: 60, bytes_of_citizen: 50 * LARGEST_FILE_BYTES.cast_signed() };
pub(crate) const BASE_PATH: &str = "/api/uploads";
/// Unfinished uploads are kept this long.
const LIFE: Duration = Duration::from_secs(24 * 60 * 60);
/// Pieces that were not written to for longer belong to no upload.
pub(crate) const LONGEST_LIFE_SECONDS: i64 = 36 * 60 * 60;
/// How long a request waits for an older request of the same upload to release its lock.
const LOCK_TIMEOUT: Duration = Duration::from_secs(20);

/// The protocol, ready to be routed.
pub(crate) struct Uploads {
    protocol: ProtocolHandle<PartialWriteStorage<FileStorage>, StoredState, MemoryLocker, NoopHookExecutor>,
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
            .with_lock_timeout(LOCK_TIMEOUT)
            .without_extension(Extension::CreationDeferLength)
            .without_download();
        let storage = PartialWriteStorage(FileStorage::new_sync(folder)?);
        let hooks = NoopHookExecutor::new();
        let protocol = ProtocolHandle::new(config, storage, StoredState(store), MemoryLocker::new(), hooks);
        Ok(Self { protocol })
    }

    /// The routes of the protocol; a layer over them decides who may use them.
    pub(crate) fn router(&self) -> Result<Router, UploadError> {
        Ok(TusRouter::new(TusState::new(self.protocol.clone())).build()?)
    }

    /// Deletes uploads that never arrived, and finished ones that no draft used in time.
    pub(crate) async fn delete_expired(&self, store: &dyn Store, now: i64) -> Result<(), UploadError> {
        for id in store.expired_uploads(now).await? {
            self.delete(store, &id).await?;
        }
        Ok(())
    }

    /// Deletes an upload with its pieces.
    pub(crate) async fn delete(&self, store: &dyn Store, id: &str) -> Result<(), UploadError> {
        let Some(record) = store.upload(id).await? else { return Ok(()) };
        self.delete_pieces_of(&record.state).await?;
        Ok(store.delete_upload(id).await?)
    }

    /// Deletes the pieces of an upload of which only the record is left.
    pub(crate) async fn delete_pieces_of(&self, record: &str) -> Result<(), UploadError> {
        self.delete_pieces(&serde_json::from_str(record)?).await
    }

    /// Deletes orphaned pieces, which a program leaves that is killed between writing a piece and its record. A piece
    /// last written before `seconds` is older than any record.
    pub(crate) async fn delete_orphaned_pieces(&self, seconds: i64) -> Result<(), UploadError> {
        let mut pieces = fs::read_dir(self.protocol.storage_arc().files().root()).await?;
        while let Some(piece) = pieces.next_entry().await? {
            let written = OffsetDateTime::from(piece.metadata().await?.modified()?);
            if written.unix_timestamp() < seconds {
                fs::remove_file(piece.path()).await?;
            }
        }
        Ok(())
    }

    /// The file in which the pieces are.
    fn pieces(&self, state: &UploadState) -> Result<PathBuf, UploadError> {
        let handle = state.storage_handle().ok_or(tus_protocol::Error::StorageKeyMissing)?;
        Ok(self.protocol.storage_arc().files().root().join(handle.key()))
    }

    async fn delete_pieces(&self, state: &UploadState) -> Result<(), UploadError> {
        if let Some(handle) = state.storage_handle() {
            self.protocol.storage_arc().delete(&handle).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::store::{Begun, Known, NewDraftRecord, Sqlite, UploadRecord};

    #[tokio::test]
    async fn an_expired_upload_is_deleted_with_its_pieces() {
        let folder = tempfile::tempdir().unwrap();
        let store: Arc<dyn Store> = Arc::new(Sqlite::open(&folder.path().join("test.sqlite")).await.unwrap());
        let citizen = store.citizen_with(Known::by_phone("13800000000"), 0).await.unwrap().id;
        let draft = NewDraftRecord {
            channel: crate::channel::Channel::OwnPhone,
            citizen: citizen.clone(),
            service: "note".to_owned(),
            service_version: 1,
            division: "430703".to_owned(),
            answers: contract::Answers::default(),
            family: None,
            corrects: None,
            renews: None,
            copies: Vec::new(),
        };
        let draft = store.create_draft(draft, 50, 0).await.unwrap().unwrap().id;
        let pieces = folder.path().join("uploads");
        let uploads = Uploads::in_folder(&pieces, Arc::clone(&store)).unwrap();
        for (id, expires_at) in [("old", 100), ("new", 300)] {
            let mut state = UploadState::new(id).with_length(10);
            state.set_storage_handle(uploads.protocol.storage_arc().create(id).await.unwrap());
            let state = serde_json::to_string(&state).unwrap();
            let (citizen, draft) = (citizen.clone(), draft.clone());
            let expires_at = Some(expires_at);
            let record =
                UploadRecord { id: id.to_owned(), citizen, draft, expires_at, state, bytes: 10, refused: None };
            assert_eq!(store.create_upload(record, LIMITS).await.unwrap(), Begun::Yes);
        }
        uploads.delete_expired(&*store, 200).await.unwrap();
        assert_eq!(std::fs::read_dir(&pieces).unwrap().count(), 1);
        assert!(store.upload("old").await.unwrap().is_none());
        assert!(store.upload("new").await.unwrap().is_some());
    }

    #[tokio::test]
    async fn pieces_that_a_killed_program_left_are_deleted_once_no_record_can_name_them() {
        let folder = tempfile::tempdir().unwrap();
        let store: Arc<dyn Store> = Arc::new(Sqlite::open(&folder.path().join("test.sqlite")).await.unwrap());
        let pieces = folder.path().join("uploads");
        let uploads = Uploads::in_folder(&pieces, store).unwrap();
        let [old, new] = ["old.upload", "new.upload"].map(|name| pieces.join(name));
        for (path, hours) in [(&old, 40), (&new, 20)] {
            let written = SystemTime::now() - Duration::from_secs(hours * 60 * 60);
            std::fs::File::create(path).unwrap().set_modified(written).unwrap();
        }
        let now = OffsetDateTime::now_utc().unix_timestamp();
        uploads.delete_orphaned_pieces(now - LONGEST_LIFE_SECONDS).await.unwrap();
        assert!(!old.exists() && new.exists());
    }
}
