//! The database file, looked at beside the program.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, SqliteConnection, query, query_scalar};

/// What SQLite takes when nothing is said.
const FRAMES_BEFORE_A_CHECKPOINT: u32 = 1000;

pub(crate) struct Database(SqliteConnection);

impl Database {
    pub(crate) async fn open(data: &Path) -> Self {
        let options = SqliteConnectOptions::new().filename(data.join("yijianshi.sqlite"));
        Self(options.connect().await.unwrap())
    }

    /// A copy, for where SQLite cannot follow. Nothing may be writing.
    pub(crate) async fn copied_from(data: &Path, to: &Path) -> Self {
        for name in ["yijianshi.sqlite", "yijianshi.sqlite-wal"] {
            std::fs::copy(data.join(name), to.join(name)).unwrap();
        }
        Self::open(to).await
    }

    pub(crate) async fn must_be_whole(&mut self) {
        let found: Vec<String> = query_scalar("pragma integrity_check").fetch_all(&mut self.0).await.unwrap();
        assert_eq!(found, ["ok"]);
        let strays = query("pragma foreign_key_check").fetch_all(&mut self.0).await.unwrap();
        assert_eq!(strays.len(), 0, "rows that name what is not there");
    }

    pub(crate) async fn count(&mut self, statement: &str) -> i64 {
        query_scalar(AssertSqlSafe(statement.to_owned())).fetch_one(&mut self.0).await.unwrap()
    }

    /// A minute and more have passed since anybody was seen, so that the next request writes that down.
    pub(crate) async fn let_sessions_age(&mut self) {
        query("update sessions set seen_at = seen_at - 120").execute(&mut self.0).await.unwrap();
    }

    /// Makes the write-ahead log so long that the next to commit moves it into the database.
    pub(crate) async fn fill_the_log(&mut self) {
        for pragma in ["pragma wal_autocheckpoint = 0", "pragma synchronous = off"] {
            query(pragma).execute(&mut self.0).await.unwrap();
        }
        for _ in 0..FRAMES_BEFORE_A_CHECKPOINT {
            query("update sessions set seen_at = seen_at + iif(seen_at % 2, -1, 1)")
                .execute(&mut self.0)
                .await
                .unwrap();
        }
    }

    pub(crate) async fn has_aged_sessions(&mut self) -> bool {
        self.count("select count(*) from sessions where seen_at < unixepoch() - 100").await > 0
    }
}
