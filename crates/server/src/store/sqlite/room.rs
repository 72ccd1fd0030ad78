//! Whether the disk has room, found out by writing. SQLite keeps to itself why a sync failed, and a file system that
//! gives out room only when it syncs, or over a network, counts what it does not have as free until then.

use std::io;
use std::path::{Path, PathBuf};

use tokio::fs;
use tokio::io::AsyncWriteExt;

use crate::full_disk::is_full_disk;

/// About what a transaction writes.
const PROBE_BYTES: usize = 64 * 1024;

/// A probe file beside the database, which exists only while the room is measured.
pub(super) struct Room(PathBuf);

impl Room {
    pub(super) fn beside(database: &Path) -> Self {
        Self(database.with_extension("room"))
    }

    /// Called only after a sync has failed.
    pub(super) async fn is_lacking(&self) -> bool {
        let written = self.write().await;
        match fs::remove_file(&self.0).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => tracing::warn!(%error, "a probe for room stays"),
            _ => {}
        }
        written.is_err_and(|error| is_full_disk(&error))
    }

    async fn write(&self) -> io::Result<()> {
        let mut file = fs::File::create(&self.0).await?;
        file.write_all(&[0; PROBE_BYTES]).await?;
        file.flush().await?;
        file.sync_all().await
    }
}
