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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use futures_util::future::join_all;
    use sqlx::{Connection, query_scalar};
    use tokio::sync::Notify;

    use super::*;

    async fn writer() -> Writer {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        query("create table numbers (number integer primary key)").execute(&mut connection).await.unwrap();
        Writer::start(connection)
    }

    async fn insert(writer: &Writer, number: i64) -> Result<(), StoreError> {
        writer
            .run(move |connection| {
                Box::pin(async move {
                    query("insert into numbers values (?)").bind(number).execute(connection).await?;
                    Ok(())
                })
            })
            .await
    }

    async fn count(writer: &Writer) -> i64 {
        let counted = writer.run(|connection| {
            Box::pin(async move { Ok(query_scalar("select count(*) from numbers").fetch_one(connection).await?) })
        });
        counted.await.unwrap()
    }

    #[tokio::test]
    async fn one_bad_job_takes_no_neighbour_with_it() {
        let writer = writer().await;
        let results = join_all([1, 2, 1, 3].map(|number| insert(&writer, number))).await;
        assert_eq!(results.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, true, false, true]);
        assert_eq!(count(&writer).await, 3);
    }

    #[tokio::test]
    async fn a_full_queue_says_so_instead_of_growing() {
        let writer = Arc::new(writer().await);
        let (reached, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (at_work, may_go) = (Arc::clone(&reached), Arc::clone(&go));
        let holding = Arc::clone(&writer);
        let held = tokio::spawn(async move {
            holding
                .run(move |_| {
                    Box::pin(async move {
                        at_work.notify_one();
                        may_go.notified().await;
                        Ok(())
                    })
                })
                .await
        });
        reached.notified().await;
        let many = join_all((0..1100).map(|number| insert(&writer, number)));
        let release = async { go.notify_one() };
        let (results, ()) = tokio::join!(many, release);
        let refused = results.iter().filter(|result| matches!(result, Err(StoreError::Busy))).count();
        assert_eq!(refused, 1100 - LONGEST_QUEUE);
        held.await.unwrap().unwrap();
        assert_eq!(count(&writer).await, i64::try_from(LONGEST_QUEUE).unwrap());
    }
}
