//! Group commit: one task owns the write connection and commits whatever gathered while the last commit was reaching the
//! disk. Each job has a savepoint, so that one that fails takes no neighbour with it, and is answered after the commit.

use futures_util::future::BoxFuture;
use sqlx::{SqliteConnection, query};
use tokio::sync::{mpsc, oneshot};

use crate::store::StoreError;

/// Beyond this, callers are told to come again.
const LONGEST_QUEUE: usize = 1024;
const LARGEST_GROUP: usize = 256;

/// The way to the task.
pub(super) struct Writer {
    jobs: mpsc::Sender<Job>,
}

type Job = Box<dyn for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Done> + Send>;

/// A job that has run and waits for the commit.
struct Done {
    keep: bool,
    answer: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

impl Writer {
    pub(super) fn start(connection: SqliteConnection) -> Self {
        let (jobs, waiting) = mpsc::channel(LONGEST_QUEUE);
        tokio::spawn(write(connection, waiting));
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
                let result = work(connection).await;
                let keep = result.is_ok();
                let answer = move |committed: Result<(), StoreError>| {
                    // Whoever asked may have gone; the work stands all the same.
                    let _ = sender.send(committed.and(result));
                };
                Done { keep, answer: Box::new(answer) }
            })
        });
        self.jobs.try_send(job).map_err(|_| StoreError::Busy)?;
        answered.await.map_err(|_| StoreError::Busy)?
    }
}

async fn write(mut connection: SqliteConnection, mut waiting: mpsc::Receiver<Job>) {
    let mut group = Vec::with_capacity(LARGEST_GROUP);
    while waiting.recv_many(&mut group, LARGEST_GROUP).await > 0 {
        if let Err(error) = query("begin immediate").execute(&mut connection).await {
            tracing::error!(%error, "cannot begin a transaction");
            group.clear();
            continue;
        }
        let mut done = Vec::with_capacity(group.len());
        for job in group.drain(..) {
            done.extend(in_savepoint(&mut connection, job).await);
        }
        let committed = commit(&mut connection).await;
        for each in done {
            (each.answer)(committed.clone());
        }
    }
}

/// `None`, and with it no answer but "busy", when not even a savepoint can be had.
async fn in_savepoint(connection: &mut SqliteConnection, job: Job) -> Option<Done> {
    query("savepoint job").execute(&mut *connection).await.ok()?;
    let done = job(&mut *connection).await;
    if !done.keep {
        query("rollback to job").execute(&mut *connection).await.ok()?;
    }
    query("release job").execute(&mut *connection).await.ok()?;
    Some(done)
}

async fn commit(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let committed = query("commit").execute(&mut *connection).await;
    if let Err(error) = committed {
        tracing::error!(%error, "cannot commit");
        let _ = query("rollback").execute(&mut *connection).await;
        return Err(StoreError::Database(error.to_string()));
    }
    Ok(())
}
