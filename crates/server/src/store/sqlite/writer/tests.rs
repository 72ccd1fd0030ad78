//! Jobs that fail, panic or come too many, and transactions that are lost.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, query_scalar};
use tokio::sync::Notify;

use super::*;

async fn writer() -> Writer {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    query("create table numbers (number integer primary key)").execute(&mut connection).await.unwrap();
    start(connection)
}

/// No sync fails here.
fn start(connection: SqliteConnection) -> Writer {
    Writer::start(connection, Room::beside(Path::new("unused")))
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
#[invariant::invariant("no-bad-neighbour")]
async fn one_bad_job_takes_no_neighbour_with_it() {
    let writer = writer().await;
    let results = join_all([1, 2, 1, 3].map(|number| insert(&writer, number))).await;
    assert_eq!(results.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, true, false, true]);
    assert_eq!(count(&writer).await, 3);
}

#[tokio::test]
#[invariant::invariant("no-bad-neighbour")]
#[invariant::invariant("writer-goes-on")]
async fn a_panic_in_a_job_ends_the_job_and_not_the_writer() {
    let writer = writer().await;
    let panics = async |late: bool| {
        let failed: Result<(), StoreError> = writer
            .run(move |connection| {
                assert!(late, "before the first statement");
                Box::pin(async move {
                    query("insert into numbers values (7)").execute(connection).await?;
                    panic!("after it");
                })
            })
            .await;
        assert!(matches!(failed, Err(StoreError::Database(_))), "{failed:?}");
    };
    let (first, (), last) = tokio::join!(insert(&writer, 1), panics(true), insert(&writer, 2));
    first.and(last).unwrap();
    panics(false).await;
    insert(&writer, 3).await.unwrap();
    assert_eq!(count(&writer).await, 3);
}

/// SQLite rolls a transaction back like this when a statement finds the disk full.
async fn lose_the_transaction(writer: &Writer) -> Result<(), StoreError> {
    writer
        .run(|connection| {
            Box::pin(async move {
                query("rollback").execute(connection).await?;
                Err(StoreError::Full)
            })
        })
        .await
}

#[tokio::test]
#[invariant::invariant("no-bad-neighbour")]
#[invariant::invariant("writer-goes-on")]
async fn a_lost_transaction_is_told_to_those_in_it_and_to_nobody_else() {
    let writer = writer().await;
    let before = async { tokio::join!(insert(&writer, 1), insert(&writer, 2)) };
    let (before, lost, after) = tokio::join!(before, lose_the_transaction(&writer), insert(&writer, 3));
    for told in [before.0, before.1, lost] {
        assert!(matches!(told, Err(StoreError::Full)), "{told:?}");
    }
    after.unwrap();
    assert_eq!(count(&writer).await, 1);
}

#[tokio::test]
#[invariant::invariant("writer-goes-on")]
async fn a_commit_that_fails_leaves_nothing_behind() {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    for statement in [
        "pragma foreign_keys = on",
        "create table numbers (number integer primary key)",
        "create table copies (number integer references numbers deferrable initially deferred)",
    ] {
        query(statement).execute(&mut connection).await.unwrap();
    }
    let writer = start(connection);
    let orphan = writer.run(|connection| {
        Box::pin(async move {
            query("insert into copies values (7)").execute(connection).await?;
            Ok(())
        })
    });
    assert!(matches!(orphan.await, Err(StoreError::Database(_))));
    insert(&writer, 1).await.unwrap();
    assert_eq!(count(&writer).await, 1);
}

#[tokio::test]
#[invariant::invariant("writer-goes-on")]
async fn a_transaction_that_cannot_begin_is_told_and_the_next_one_can() {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteConnectOptions::new()
        .filename(folder.path().join("test.sqlite"))
        .create_if_missing(true)
        .busy_timeout(Duration::ZERO);
    let mut other = options.connect().await.unwrap();
    query("create table numbers (number integer primary key)").execute(&mut other).await.unwrap();
    let writer = start(options.connect().await.unwrap());
    query("begin immediate").execute(&mut other).await.unwrap();
    assert!(matches!(insert(&writer, 1).await, Err(StoreError::Busy)));
    query("rollback").execute(&mut other).await.unwrap();
    insert(&writer, 2).await.unwrap();
    assert_eq!(count(&writer).await, 1);
}

#[tokio::test]
#[invariant::invariant("no-bad-neighbour")]
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
