//! Every application sent several times at once, and the server killed in between: one case comes of each, and every
//! copy is told its number, whichever program answers. `SUBMITS` says how many.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

use fastrand::Rng;
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::task::{JoinSet, LocalSet};
use tokio::time::timeout;

use crate::database::Database;
use crate::line::Line;
use crate::program::{Program, say, set_by};
use crate::resident::{Resident, reference};

const SUBMITS: u64 = 100;
/// Before each kill: a person may have fifty unfinished drafts.
const AT_ONCE: usize = 40;
const TIMEOUT: Duration = Duration::from_secs(60);

#[tokio::test]
#[invariant::invariant("one-case")]
async fn copies_on_both_sides_of_a_kill_become_one_case() {
    let seed = set_by("SEED").unwrap_or_else(|| fastrand::u64(..));
    let submits = set_by("SUBMITS").unwrap_or(SUBMITS);
    say(&format!(
        "{submits} sendings with copies across kills. Again: SUBMITS={submits} SEED={seed} cargo test -p server --test faults copies"
    ));
    let mut chance = Rng::with_seed(seed);
    LocalSet::new().run_until(send_all(usize::try_from(submits).unwrap(), &mut chance)).await;
}

async fn send_all(submits: usize, chance: &mut Rng) {
    let mut sending = Sending::begin().await;
    while sending.received.len() < submits {
        let left = submits - sending.received.len();
        sending.round(left.min(AT_ONCE), chance).await;
    }
    sending.end().await;
}

struct Sending {
    data: TempDir,
    program: Program,
    line: Line,
    resident: Resident,
    received: BTreeSet<String>,
    /// Applications of which copies were answered before a kill and after it.
    on_both_sides: usize,
}

impl Sending {
    async fn begin() -> Self {
        let data = tempfile::tempdir().unwrap();
        let program = Program::start(data.path());
        let (line, resident) = (Line::to(program.address), Resident::sign_in(program.address).await);
        Self { data, program, line, resident, received: BTreeSet::new(), on_both_sides: 0 }
    }

    async fn round(&mut self, applications: usize, chance: &mut Rng) {
        let resident = self.resident.moved_to(self.program.address);
        let mut preparing = JoinSet::new();
        for _ in 0..applications {
            let resident = resident.clone();
            preparing.spawn_local(async move { resident.ready_draft().await });
        }
        let (answers, answered) = watch::channel(0);
        let mut copies = JoinSet::new();
        for (number, draft) in preparing.join_all().await.into_iter().enumerate() {
            for _ in 0..chance.usize(2..=8) {
                let (line, resident, draft) = (self.line.clone(), resident.clone(), draft.clone());
                let answers = answers.clone();
                copies.spawn_local(async move {
                    let answer = until_received(&line, &resident, &draft).await;
                    answers.send_modify(|answers| *answers += 1);
                    (number, answer)
                });
            }
        }
        wait_for(answered, chance.usize(1..=copies.len())).await;
        self.kill();
        let mut told = vec![BTreeSet::new(); applications];
        for (number, answer) in copies.join_all().await {
            told[number].insert(answer);
        }
        for answers in told {
            let references: BTreeSet<_> = answers.iter().map(|(reference, _)| reference.clone()).collect();
            assert_eq!(references.len(), 1, "one case for all copies");
            assert!(self.received.is_disjoint(&references), "and for nothing else: {references:?}");
            self.received.extend(references);
            self.on_both_sides += usize::from(answers.len() > 1);
        }
    }

    fn kill(&mut self) {
        self.line.cut();
        self.program.kill();
        self.program = Program::start(self.data.path());
        self.line.reconnect(self.program.address);
    }

    async fn end(mut self) {
        self.kill();
        let known: BTreeSet<String> = self.resident.moved_to(self.program.address).cases().await.into_iter().collect();
        assert_eq!(known, self.received);
        let mut database = Database::open(self.data.path()).await;
        database.must_be_whole().await;
        database.must_hold_nothing_twice().await;
        database.must_hold_as_many_messages_as_cases().await;
        say(&format!(
            "  {} requests cut off, {} applications with copies answered on both sides of a kill: {} cases",
            self.line.cut_off(),
            self.on_both_sides,
            known.len()
        ));
        assert!(self.on_both_sides > 0, "no kill came between copies");
    }
}

async fn wait_for(mut answered: watch::Receiver<usize>, answers: usize) {
    timeout(TIMEOUT, answered.wait_for(|answered| *answered >= answers)).await.unwrap().unwrap();
}

/// Sends again, as a client does that gets no answer or is told that the sending is under way. Returns the reference
/// and the address of the server that gave it.
async fn until_received(line: &Line, resident: &Resident, draft: &Value) -> (String, SocketAddr) {
    loop {
        let told_by = std::cell::Cell::new(resident.at);
        let sent = line.ask(async |at| {
            told_by.set(at);
            resident.moved_to(at).submit(draft).await
        });
        let reply = sent.await.reply;
        if reply.status == 201 {
            return (reference(&reply.json()), told_by.get());
        }
        assert!([409, 503].contains(&reply.status) && !reply.header("retry-after").is_empty(), "{}", reply.json());
        tokio::task::yield_now().await;
    }
}
