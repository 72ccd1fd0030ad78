//! Group commit: one task owns the write connection and commits whatever gathered while the last commit was reaching
//! the disk. Each job has a savepoint, so that one that fails takes no neighbour with it, and is answered after the
//! commit.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use sqlx::{SqliteConnection, query};
use tokio::sync::{mpsc, oneshot};

use super::room::Room;
use crate::store::StoreError;

/// Beyond this, callers are told to come again.
const LONGEST_QUEUE: usize = 1024;
const LARGEST_GROUP: usize = 256;

/// The way to the task.
pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
}

/// Runs in the transaction of its group, or is refused with what kept the group from having one.
type Job = Box<dyn for<'c> FnOnce(Result<&'c mut SqliteConnection, StoreError>) -> BoxFuture<'c, Done> + Send>;

/// A job that has run and waits for the commit.
struct Done {
    failed: Option<StoreError>,
    answer: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

impl Writer {
    pub(super) fn start(connection: SqliteConnection, room: Room) -> Self {
        let (jobs, waiting) = mpsc::channel(LONGEST_QUEUE);
        tokio::spawn(write(connection, room, waiting));
        Self { jobs }
    }

    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        let (sender, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            Box::pin(async move {
                let result = match connection {
                    Ok(connection) => without_panic(async move { work(connection).await }).await,
                    Err(refused) => Err(refused),
                };
                let failed = result.as_ref().err().cloned();
                let answer = move |committed: Result<(), StoreError>| {
                    // The caller may have gone away; its write stands all the same.
                    let _ = sender.send(committed.and(result));
                };
                Done { failed, answer: Box::new(answer) }
            })
        });
        self.jobs.try_send(job).map_err(|_| StoreError::Busy)?;
        answered.await.map_err(|_| StoreError::Busy)?
    }
}

/// A job that panics has failed: its savepoint is rolled back, and the writer goes on.
async fn without_panic<T>(work: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    let panicked = |_| Err(StoreError::Database("a job panicked".to_owned()));
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(panicked)
}

async fn write(mut connection: SqliteConnection, room: Room, mut waiting: mpsc::Receiver<Job>) {
    let mut group = Vec::with_capacity(LARGEST_GROUP);
    while waiting.recv_many(&mut group, LARGEST_GROUP).await > 0 {
        let mut jobs = group.drain(..).peekable();
        while jobs.peek().is_some() {
            transact(&mut connection, &room, &mut jobs).await;
        }
    }
}

/// Runs jobs until all are through, or until the database gives the transaction up: a full disk may take it away in the
/// middle of a statement. Those that ran are told so, and those that did not are left for the next transaction.
async fn transact(connection: &mut SqliteConnection, room: &Room, jobs: &mut impl Iterator<Item = Job>) {
    let mut done = Vec::new();
    let mut outcome = begin(connection).await;
    if let Err(refused) = &outcome {
        for job in jobs {
            done.push(job(Err(refused.clone())).await);
        }
    } else {
        while let Some(job) = if outcome.is_ok() { jobs.next() } else { None } {
            outcome = in_savepoint(connection, job, &mut done).await;
        }
    }
    let mut committed = match outcome {
        Ok(()) => commit(connection).await,
        Err(error) => Err(error),
    };
    if let Err(error) = &mut committed {
        tracing::error!(%error, "a transaction was given up");
        // Fails where the database has rolled back by itself already.
        let _ = query("rollback").execute(&mut *connection).await;
        if matches!(error, StoreError::NotSynced) && room.is_lacking().await {
            *error = StoreError::Full;
        }
    }
    for each in done {
        (each.answer)(committed.clone());
    }
}

/// Begins a transaction. One that a failed rollback left open would block the writer for ever, so it is ended first.
async fn begin(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let begun = query("begin immediate").execute(&mut *connection).await;
    if begun.is_err() && query("rollback").execute(&mut *connection).await.is_ok() {
        query("begin immediate").execute(&mut *connection).await?;
        return Ok(());
    }
    begun?;
    Ok(())
}

/// Fails when the transaction is gone. The error of the job is then the reason.
async fn in_savepoint(connection: &mut SqliteConnection, job: Job, done: &mut Vec<Done>) -> Result<(), StoreError> {
    if let Err(error) = query("savepoint job").execute(&mut *connection).await {
        let error = StoreError::from(error);
        done.push(job(Err(error.clone())).await);
        return Err(error);
    }
    let ran = job(Ok(&mut *connection)).await;
    let failed = ran.failed.clone();
    done.push(ran);
    if let Some(cause) = failed {
        query("rollback to job").execute(&mut *connection).await.map_err(|_| cause)?;
    }
    query("release job").execute(&mut *connection).await?;
    Ok(())
}

async fn commit(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    query("commit").execute(&mut *connection).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
