//! SQLite: one file, one writer that commits in groups, readers on a pool of their own.

mod cases;
mod casework;
mod catalogue;
mod deliverables;
mod drafts;
mod figures;
mod grievances;
mod integrations;
mod notices;
mod rate_limits;
mod room;
mod sessions;
mod signature_requests;
mod uploads;
mod writer;

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::future::BoxFuture;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection, SqlitePool};
use tokio::sync::Mutex;

use super::{Store, StoreError};
use crate::private_files::create_database;
use room::Room;
use writer::Writer;

/// Older ones can lose committed writes when the write-ahead log is reset.
const OLDEST_VERSION: (u32, u32, u32) = (3, 51, 3);
const READERS: u32 = 4;
/// For a reader, or for another process that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// For readers of an earlier state, while nothing is written.
const CHECKPOINT_TIMEOUT: Duration = Duration::from_secs(1);

/// The store in one file.
pub(crate) struct Sqlite {
    writer: Writer,
    readers: SqlitePool,
    /// For checkpoints, which may not stand in a transaction.
    checkpoints: Mutex<SqliteConnection>,
}

#[async_trait]
impl Store for Sqlite {
    async fn ping(&self) -> Result<(), StoreError> {
        self.write(|connection| Box::pin(async move { Ok(connection.ping().await?) })).await
    }

    async fn erase_deleted(&self) -> Result<(), StoreError> {
        let mut connection = self.checkpoints.lock().await;
        let (is_busy, _, _): (bool, i64, i64) =
            sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(&mut *connection).await?;
        if is_busy { Err(StoreError::Busy) } else { Ok(()) }
    }
}

impl Sqlite {
    /// Opens the file, made if new, and brings it to this version's tables.
    pub(crate) async fn open(file: &Path) -> Result<Self, StoreError> {
        create_database(file).map_err(sqlx::Error::Io)?;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is deleted is overwritten.
            .pragma("secure_delete", "on")
            .busy_timeout(BUSY_TIMEOUT);
        let mut connection = options.clone().create_if_missing(true).connect().await?;
        check_version(&mut connection).await?;
        let migrations = sqlx::migrate!("migrations/sqlite");
        migrations.run(&mut connection).await.map_err(|error| StoreError::Database(error.to_string()))?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(BUSY_TIMEOUT)
            .connect_with(options.clone().read_only(true))
            .await?;
        let checkpoints = Mutex::new(options.busy_timeout(CHECKPOINT_TIMEOUT).connect().await?);
        Ok(Self { writer: Writer::start(connection, Room::beside(file)), readers, checkpoints })
    }

    /// Does something in a savepoint of its own and answers after the commit.
    async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        self.writer.run(work).await
    }
}

async fn check_version(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("select sqlite_version()").fetch_one(&mut *connection).await?;
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    let found = (next(), next(), next());
    if found < OLDEST_VERSION {
        connection.ping().await?;
        return Err(StoreError::Database(format!(
            "SQLite {version} can lose committed writes: 3.51.3 or newer is needed"
        )));
    }
    Ok(())
}
