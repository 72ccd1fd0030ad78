//! The database file, looked at beside the program.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, SqliteConnection, query, query_as, query_scalar};

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

    /// Its version, and the door of its shop.
    pub(crate) async fn draft(&mut self, id: &str) -> (u64, String) {
        let statement =
            "select version, coalesce(json_extract(answers, '$.shop-address.door'), '') from drafts where id = ?";
        query_as(statement).bind(id).fetch_one(&mut self.0).await.unwrap()
    }

    /// All of a case and its message, for one draft and once.
    pub(crate) async fn must_hold_one_case(&mut self, draft: &str, reference: &str) {
        for (table, rows) in [("cases", 1), ("tasks", 2), ("submissions", 1), ("attachments", 1)] {
            let there = self.count(&format!("select count(*) from {table} where reference = '{reference}'")).await;
            assert_eq!(there, rows, "{table} of {reference}");
        }
        let received = format!("select count(*) from outbox where text like '%已经收到%{reference}%'");
        assert_eq!(self.count(&received).await, 1, "messages of {reference}");
        assert_eq!(
            self.count(&format!("select count(*) from cases where draft = '{draft}'")).await,
            1,
            "cases of {draft}"
        );
    }

    /// In the history, with what follows from it, once.
    pub(crate) async fn must_hold_one_decision(&mut self, reference: &str, action: &str) {
        let taken = format!("select count(*) from case_events where reference = '{reference}' and action = '{action}'");
        assert_eq!(self.count(&taken).await, 1, "{action} of {reference}");
        let (told, issued) = match action {
            "accept" => ("已经受理", 0),
            "approve" => ("已经办好", 1),
            _ => return,
        };
        let told = format!("select count(*) from outbox where text like '%{reference}%{told}%'");
        assert_eq!(self.count(&told).await, 1, "messages of {action} of {reference}");
        let certificates = format!("select count(*) from certificates where reference = '{reference}'");
        assert!(self.count(&certificates).await >= issued, "{reference} has no certificate");
    }

    pub(crate) async fn must_hold_nothing_twice(&mut self) {
        for (what, table) in [("draft", "cases"), ("text", "outbox"), ("reference || item || action", "case_events")] {
            let twice = self.count(&format!("select count(*) - count(distinct {what}) from {table}")).await;
            assert_eq!(twice, 0, "{what} of {table}");
        }
    }

    pub(crate) async fn must_hold_as_many_messages_as_cases(&mut self) {
        let received = "select count(*) from outbox where text like '%已经收到%'";
        let (cases, told) = (self.count("select count(*) from cases").await, self.count(received).await);
        assert_eq!(cases, told);
        assert_eq!(self.count("select count(*) from submissions").await, cases);
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
