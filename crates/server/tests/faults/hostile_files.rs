//! Files made to do harm: nested, looping, swelling, cut, slow. The real program takes or refuses each in time, goes
//! on, stays small, and answers everybody else meanwhile. `FILES` and `SEED` set how many and which.

mod documents;
mod pictures;

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use fastrand::Rng;

use crate::client::ask;
use crate::program::{Program, say, set_by};
use crate::resident::{Resident, photo};

const FILES: u64 = 200;
const TICKETS: [&str; 3] = ["ticket-liu", "ticket-chen", "ticket-zhou"];
const LONGEST_ANSWER: Duration = Duration::from_secs(20);
const LONGEST_MEDIAN: Duration = Duration::from_millis(100);
/// Times that a file is asked for while the server has too much to do.
const MOST_ASKED: usize = 20;
/// Between two ordinary requests.
const PAUSE: Duration = Duration::from_millis(20);
const MOST_GROWTH_KB: u64 = 150 * 1024;
/// Files that the server lets be cleaned at once.
const MOST_AT_ONCE: usize = 2;

/// A file, and what it was made to do.
pub(crate) struct Hostile {
    pub(crate) sort: &'static str,
    pub(crate) file: Vec<u8>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 6)]
#[invariant::invariant("strangers-files")]
async fn nothing_that_a_stranger_sends_ends_the_server_or_holds_others_up() {
    let seed = set_by("SEED").unwrap_or_else(|| fastrand::u64(..));
    let files = set_by("FILES").unwrap_or(FILES);
    say(&format!("{files} hostile files. Again: FILES={files} SEED={seed} cargo test -p server --test faults hostile"));
    let data = tempfile::tempdir().unwrap();
    let mut program = Program::start(data.path());
    warm_up(&program).await;
    let before = memory_kb(&program, "VmRSS");
    let ended = Arc::new(AtomicBool::new(false));
    let others = tokio::spawn(ask_ordinarily(program.address, Arc::clone(&ended)));
    let mut senders = tokio::task::JoinSet::new();
    for (number, ticket) in (0..).zip(TICKETS) {
        let share = files / 3 + u64::from(number < files % 3);
        senders.spawn(send_files(program.address, ticket, share, Rng::with_seed(seed ^ number)));
    }
    let mut all = Vec::new();
    while let Some(answers) = senders.join_next().await {
        all.extend(answers.unwrap());
    }
    ended.store(true, Ordering::Relaxed);
    let mut others = others.await.unwrap();
    others.sort();
    let (median, growth) = (others[others.len() / 2], memory_kb(&program, "VmHWM").saturating_sub(before));
    report(&all, &others, growth);
    assert!(program.is_running(), "the server ended");
    assert_eq!(all.len() as u64, files);
    assert!(median < LONGEST_MEDIAN, "ordinary requests took {median:?} at the median");
    assert!(growth < MOST_GROWTH_KB, "the server grew by {growth} KB");
}

struct Answer {
    sort: &'static str,
    says: String,
    took: Duration,
}

async fn send_files(at: std::net::SocketAddr, ticket: &str, files: u64, mut chance: Rng) -> Vec<Answer> {
    let resident = Resident::sign_in_with(at, ticket).await;
    let draft = resident.new_draft().await.unwrap().expect(201).json();
    let draft = draft["id"].as_str().unwrap();
    let mut answers = Vec::new();
    for _ in 0..files {
        let Hostile { sort, file } =
            if chance.u8(0..3) == 0 { pictures::any(&mut chance) } else { documents::any(&mut chance) };
        let path = resident.begin_document(draft, file.len()).await.unwrap().expect(201).header("location").to_owned();
        resident.piece(&path, 0, &file).await.unwrap().expect(204);
        let (says, took) = ask_until_told(&resident, &path, sort).await;
        if says == "taken" {
            let id = path.rsplit('/').next().unwrap();
            let path = format!("/api/attachments/{id}");
            ask(at, "DELETE", &path, &resident.cookie, b"").await.unwrap().expect(204);
        }
        answers.push(Answer { sort, says, took });
    }
    answers
}

/// What the server says of a file, and its slowest answer. Where too many wait, a phone asks again, and so does this.
async fn ask_until_told(resident: &Resident, path: &str, sort: &str) -> (String, Duration) {
    let mut slowest = Duration::ZERO;
    for _ in 0..MOST_ASKED {
        let begun = Instant::now();
        let reply = resident.get(&format!("{path}/attachment")).await;
        let reply = reply.unwrap_or_else(|| panic!("no answer to a file of the sort: {sort}"));
        slowest = slowest.max(begun.elapsed());
        assert!(slowest < LONGEST_ANSWER, "{sort}: {slowest:?}");
        match reply.status {
            200 => return ("taken".to_owned(), slowest),
            503 => {}
            _ => return (reply.expect(422).json()["code"].as_str().unwrap().to_owned(), slowest),
        }
    }
    panic!("the server is too busy for a file of the sort: {sort}")
}

/// What everybody else asks for, until all files are through; gives how long each took.
async fn ask_ordinarily(at: std::net::SocketAddr, ended: Arc<AtomicBool>) -> Vec<Duration> {
    let resident = Resident::sign_in_with(at, "ticket-xiang").await;
    let mut took = Vec::new();
    let mut pause = tokio::time::interval(PAUSE);
    while !ended.load(Ordering::Relaxed) {
        pause.tick().await;
        let begun = Instant::now();
        resident.get("/api/drafts").await.unwrap().expect(200);
        took.push(begun.elapsed());
    }
    took
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("strangers-files")]
async fn a_file_keeps_its_place_in_the_queue_when_its_sender_hangs_up() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(data.path());
    let mut senders = Vec::new();
    for ticket in ["ticket-liu", "ticket-chen", "ticket-zhou", "ticket-xiang", "ticket-qin", "ticket-jiang"] {
        let resident = Resident::sign_in_with(program.address, ticket).await;
        let draft = resident.new_draft().await.unwrap().expect(201).json();
        let file = pictures::large();
        let path = resident.begin_document(draft["id"].as_str().unwrap(), file.len()).await.unwrap().expect(201);
        let path = path.header("location").to_owned();
        resident.piece(&path, 0, &file).await.unwrap().expect(204);
        senders.push((resident, format!("{path}/attachment")));
    }
    let before = memory_kb(&program, "VmRSS");
    for (resident, path) in &senders {
        // Gone before the server can have answered.
        let answer = tokio::time::timeout(PAUSE, resident.get(path)).await;
        assert!(answer.is_err(), "the file is too small for this test");
    }
    let (mut most, mut pause, begun) = (0, tokio::time::interval(PAUSE), Instant::now());
    loop {
        pause.tick().await;
        assert!(begun.elapsed() < LONGEST_ANSWER * 3, "{most} files were cleaned in processes of their own");
        let at_work = program.children();
        most = most.max(at_work);
        assert!(at_work <= MOST_AT_ONCE, "{at_work} files are cleaned at once");
        if at_work == 0 && most > 0 {
            break;
        }
    }
    let growth = memory_kb(&program, "VmHWM").saturating_sub(before);
    assert!(growth < MOST_GROWTH_KB, "the server grew by {growth} KB");
    for (resident, path) in &senders {
        let (says, _) = ask_until_told(resident, path.trim_end_matches("/attachment"), "large").await;
        assert_eq!(says, "taken", "what was begun for a sender who hung up is there");
    }
}

/// Whatever is done for the first time is done before memory is measured.
async fn warm_up(program: &Program) {
    let resident = Resident::sign_in_with(program.address, TICKETS[0]).await;
    let draft = resident.new_draft().await.unwrap().expect(201).json();
    resident.upload(draft["id"].as_str().unwrap(), &photo(300)).await;
}

/// A line of `/proc/<pid>/status`.
fn memory_kb(program: &Program, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

fn report(all: &[Answer], others: &[Duration], growth_kb: u64) {
    let mut by_sort: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for answer in all {
        *by_sort.entry(answer.sort).or_default().entry(&answer.says).or_default() += 1;
    }
    for (sort, says) in by_sort {
        let slowest = all.iter().filter(|answer| answer.sort == sort).map(|answer| answer.took).max();
        say(&format!("  {sort}: {says:?}, the slowest {slowest:?}"));
    }
    let (median, slowest) = (others[others.len() / 2], others.last());
    say(&format!(
        "  ordinary requests: {median:?} at the median, the slowest {slowest:?}; the server grew by {growth_kb} KB"
    ));
}
