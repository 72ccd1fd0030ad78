//! Inspects the database file while the program is not running, or beside it.

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
        for (table, rows) in [("cases", 1), ("tasks", 2)] {
            let there = self.count(&format!("select count(*) from {table} where reference = '{reference}'")).await;
            assert_eq!(there, rows, "{table} of {reference}");
        }
        self.must_hold_what_was_sent(draft, reference).await;
        self.must_have_told(reference, "已经收到").await;
        let cases = format!("select count(*) from cases where draft = '{draft}'");
        assert_eq!(self.count(&cases).await, 1, "cases of {draft}");
    }

    /// In the case that it belongs to, with its message, once.
    pub(crate) async fn must_hold_one_correction(&mut self, draft: &str, reference: &str) {
        self.must_hold_what_was_sent(draft, reference).await;
        self.must_hold_one_decision(reference, "correct").await;
        self.must_have_told(reference, "已收到您补正的内容").await;
    }

    async fn must_hold_what_was_sent(&mut self, draft: &str, reference: &str) {
        for (table, names) in [("submissions", "key"), ("attachments", "draft")] {
            let sent = format!("select count(*) from {table} where reference = '{reference}' and {names} = '{draft}'");
            assert_eq!(self.count(&sent).await, 1, "{table} of {draft} in {reference}");
        }
    }

    async fn must_have_told(&mut self, reference: &str, words: &str) {
        let told = format!("select count(*) from outbox where instr(text, '{reference}') and instr(text, '{words}')");
        assert_eq!(self.count(&told).await, 1, "messages of {reference} with {words}");
    }

    /// In the history, with what follows from it, once.
    pub(crate) async fn must_hold_one_decision(&mut self, reference: &str, action: &str) {
        let taken = format!("select count(*) from case_events where reference = '{reference}' and action = '{action}'");
        assert_eq!(self.count(&taken).await, 1, "{action} of {reference}");
        let (told, paper) = match action {
            "accept" => ("已经受理", "受理通知书"),
            "return" => ("需要补正", "补正告知书"),
            "approve" => ("已经办好", "准予行政许可决定书"),
            "refuse" => ("未予通过", "不予行政许可决定书"),
            "decline" => ("不属于受理范围", "不予受理通知书"),
            _ => return,
        };
        self.must_have_told(reference, told).await;
        let papers = format!("select count(*) from notices where reference = '{reference}' and title_zh = '{paper}'");
        assert_eq!(self.count(&papers).await, 1, "{paper} of {reference}");
        let certificates = format!("select count(*) from certificates where reference = '{reference}'");
        let issued = i64::from(action == "approve");
        assert!(self.count(&certificates).await >= issued, "{reference} has no certificate");
    }

    pub(crate) async fn must_hold_nothing_twice(&mut self) {
        for (what, table) in [
            ("draft", "cases"),
            ("text", "outbox"),
            ("reference || item || action", "case_events"),
            ("reference || item || title_zh", "notices"),
        ] {
            let twice = self.count(&format!("select count(*) - count(distinct {what}) from {table}")).await;
            assert_eq!(twice, 0, "{what} of {table}");
        }
    }

    /// Also for steps that no client was told of: each step has its notice or was not taken, and notices are numbered
    /// without gaps.
    pub(crate) async fn must_hold_a_paper_for_each_step(&mut self) {
        let served = "action in ('accept', 'decline', 'return', 'approve', 'refuse')";
        let steps = self.count(&format!("select count(*) from case_events where {served}")).await;
        assert_eq!(steps, self.count("select count(*) from notices").await, "steps and papers");
        let gaps = "select count(*) from (select 1 from notices group by reference having max(ordinal) <> count(*))";
        assert_eq!(self.count(gaps).await, 0, "cases with gaps between their papers");
    }

    /// One paper of each sort: its case and its number there.
    pub(crate) async fn one_paper_of_each_sort(&mut self) -> Vec<(String, i64)> {
        let one = "select reference, min(ordinal) from notices group by title_zh";
        query_as(one).fetch_all(&mut self.0).await.unwrap()
    }

    /// Messages that no gateway is known to have taken.
    pub(crate) async fn waiting_messages(&mut self) -> i64 {
        self.count("select count(*) from outbox where sent_at is null").await
    }

    /// Ends all leases, as time does: a sender that was killed does not send any more.
    pub(crate) async fn let_senders_go(&mut self) {
        query("update outbox set leased_until = 0").execute(&mut self.0).await.unwrap();
    }

    /// The gateway has exactly the messages of the outbox.
    pub(crate) async fn must_have_sent_each_message_once(&mut self) {
        let messages = self.count("select count(*) from outbox").await;
        assert_eq!(self.count("select count(distinct text) from demo_messages").await, messages, "messages lost");
        assert_eq!(self.count("select count(*) from demo_messages").await, messages, "messages sent as two");
    }

    pub(crate) async fn must_hold_as_many_messages_as_cases(&mut self) {
        let received = "select count(*) from outbox where text like '%已经收到%'";
        let (cases, told) = (self.count("select count(*) from cases").await, self.count(received).await);
        assert_eq!(cases, told);
        let mended = self.count("select count(*) from case_events where action = 'correct'").await;
        assert_eq!(self.count("select count(*) from submissions").await, cases + mended);
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
