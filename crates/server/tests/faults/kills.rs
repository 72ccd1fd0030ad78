//! The server is killed again and again while residents apply and correct, and an officer returns, refuses and
//! approves with notices: after each start everything that was acknowledged is there, once, and the database is
//! whole. `cargo xtask kill` does it more often.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use fastrand::Rng;
use tempfile::TempDir;
use tokio::sync::mpsc::unbounded_channel;
use tokio::task::{JoinSet, LocalSet};

use crate::applicant::Applicant;
use crate::database::Database;
use crate::ledger::{Fact, Ledger};
use crate::line::Line;
use crate::officer::Officer;
use crate::program::{Program, say, set_by};
use crate::resident::Resident;

const KILLS: u64 = 200;
/// Then another folder is begun: a person has fifty drafts at most, and a killed request may leave a draft that the
/// test does not know of.
const KILLS_A_FOLDER: u64 = 250;
const APPLICANTS: usize = 4;
/// Begun before a kill, at most.
const MOST_REQUESTS: u64 = 24;
/// A request takes about as long.
const LONGEST_DELAY_MICROSECONDS: u64 = 8_000;
/// One start in so many is killed as well.
const STARTS_TO_ONE_KILLED: u64 = 10;
const LONGEST_START_MILLISECONDS: u64 = 150;
/// As the server takes them.
const MESSAGES_AT_ONCE: i64 = 100;
const TIMEOUT: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(10);

#[tokio::test]
#[invariant::invariant("kills-lose-nothing")]
#[invariant::invariant("nothing-given-up")]
async fn everything_acknowledged_outlives_every_kill() {
    let seed = set_by("SEED").unwrap_or_else(|| fastrand::u64(..));
    let mut left = set_by("KILLS").unwrap_or(KILLS);
    say(&format!("{left} kills at random points. Again: cargo xtask kill --runs {left} --seed {seed}"));
    let mut chance = Rng::with_seed(seed);
    while left > 0 {
        let here = left.min(KILLS_A_FOLDER);
        LocalSet::new().run_until(kill_often(here, &mut chance)).await;
        left -= here;
    }
}

async fn kill_often(kills: u64, chance: &mut Rng) {
    let mut killing = Killing::begin().await;
    for _ in 0..kills {
        killing.kill_once(chance).await;
    }
    killing.end().await;
}

struct Killing {
    data: TempDir,
    program: Program,
    line: Line,
    ledger: Ledger,
    resident: Resident,
    database: Database,
    people: JoinSet<()>,
    all: Vec<Fact>,
}

impl Killing {
    async fn begin() -> Self {
        let data = tempfile::tempdir().unwrap();
        let program = Program::start(data.path());
        let (line, ledger) = (Line::to(program.address), Ledger::default());
        let resident = Resident::sign_in(program.address).await;
        let ((office, sent), (returns, returned)) = (unbounded_channel(), unbounded_channel());
        let officer = Officer::sign_in(program.address, line.clone(), ledger.clone(), returns).await;
        let mut people = JoinSet::new();
        people.spawn_local(officer.decide_until_closing(sent));
        let applicant = Applicant { line: line.clone(), ledger: ledger.clone(), resident: resident.clone(), office };
        people.spawn_local(applicant.clone().correct_until_closing(returned));
        for number in 0..APPLICANTS {
            people.spawn_local(applicant.clone().apply_until_closing(number));
        }
        let database = Database::open(data.path()).await;
        Self { data, program, line, ledger, resident, database, people, all: Vec::new() }
    }

    async fn kill_once(&mut self, chance: &mut Rng) {
        tokio::select! {
            () = self.line.begun(chance.u64(1..=MOST_REQUESTS)) => {}
            // A task that ends before the line is closed has failed.
            ended = self.people.join_next() => ended.unwrap().unwrap(),
        }
        tokio::time::sleep(Duration::from_micros(chance.u64(0..LONGEST_DELAY_MICROSECONDS))).await;
        self.line.cut();
        self.program.kill();
        while chance.u64(0..STARTS_TO_ONE_KILLED) == 0 {
            let start = Duration::from_millis(chance.u64(0..LONGEST_START_MILLISECONDS));
            Program::kill_while_starting(self.data.path(), start);
        }
        self.program = Program::start(self.data.path());
        self.check().await;
        self.line.reconnect(self.program.address);
    }

    async fn check(&mut self) {
        self.resident.at = self.program.address;
        self.database.must_be_whole().await;
        self.database.must_hold_nothing_twice().await;
        self.database.must_hold_a_paper_for_each_step().await;
        self.all.extend(self.ledger.must_hold(&self.resident, &mut self.database).await);
    }

    /// Lets everybody finish, and looks at everything once more.
    async fn end(mut self) {
        self.line.close(self.program.address);
        while let Some(ended) = self.people.join_next().await {
            ended.unwrap();
        }
        self.check().await;
        let of = |is: fn(&Fact) -> bool| self.all.iter().filter(|fact| is(fact)).count();
        say(&format!(
            "  {} requests cut off; all there: {} changes of drafts, {} pieces, {} files, {} receipts, {} corrections, \
             {} decisions, {} papers",
            self.line.cut_off(),
            of(|fact| matches!(fact, Fact::Draft { .. })),
            of(|fact| matches!(fact, Fact::Piece { .. })),
            of(|fact| matches!(fact, Fact::File { .. })),
            of(|fact| matches!(fact, Fact::Case { .. })),
            of(|fact| matches!(fact, Fact::Corrected { .. })),
            of(|fact| matches!(fact, Fact::Decision { .. })),
            of(|fact| matches!(fact, Fact::Paper { .. })),
        ));
        for fact in &self.all {
            fact.must_hold(&self.resident, &mut self.database).await;
        }
        self.database.must_hold_as_many_messages_as_cases().await;
        self.must_send_what_waits().await;
        self.must_be_had_on_paper().await;
    }

    /// A sender that was killed between the gateway's answer and noting it left a message that another sender sends
    /// again.
    async fn must_send_what_waits(&mut self) {
        let mut waiting = self.database.waiting_messages().await;
        say(&format!("  {waiting} messages to be sent again"));
        while waiting > 0 {
            self.database.let_senders_go().await;
            self.program.kill();
            self.program = Program::start(self.data.path());
            let left = (waiting - MESSAGES_AT_ONCE).max(0);
            let begun = Instant::now();
            while waiting > left {
                assert!(begun.elapsed() < TIMEOUT, "{waiting} messages wait for ever");
                tokio::time::sleep(POLL).await;
                waiting = self.database.waiting_messages().await;
            }
        }
        self.database.must_have_sent_each_message_once().await;
    }

    /// One of each sort, as PDF. So far it was read as what it says.
    async fn must_be_had_on_paper(&mut self) {
        let Some(printer) = printer() else {
            return say(
                "  Not tried here: these papers as PDF. NOTICE_BINARY names the program, as `cargo xtask test` does.",
            );
        };
        self.program.kill();
        self.program = Program::start_printing(self.data.path(), &printer);
        self.resident.at = self.program.address;
        let papers = self.database.one_paper_of_each_sort().await;
        for (reference, id) in &papers {
            let paper = self.resident.get(&format!("/api/cases/{reference}/notices/{id}")).await.unwrap().expect(200);
            assert!(paper.body.starts_with(b"%PDF-"), "{reference}-{id}");
        }
        say(&format!("  {} papers of as many sorts had as PDF", papers.len()));
    }
}

/// The program that makes paper of notices. One that happens to lie beside the server may be of another day.
fn printer() -> Option<PathBuf> {
    std::env::var_os("NOTICE_BINARY").map(PathBuf::from)
}
