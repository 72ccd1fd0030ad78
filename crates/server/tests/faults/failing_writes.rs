//! Each write of one submission fails once. The sender gets an error or a case, never half of one, and the same
//! key sent again gives exactly one.

use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::database::Database;
use crate::ledger::hex_digest;
use crate::program::{Program, say};
use crate::resident::{Resident, photo, reference};
use crate::strace::{Fault, Strace, WRITES, files_in};

/// A submission that writes less would not be one.
const FEWEST_WRITES: usize = 21;
const SYNCS: &str = "fsync,fdatasync";

/// How a sending went in which a call was to fail.
struct Sent {
    /// Whether there was such a call.
    came_to_it: bool,
    status: u16,
}

/// Somebody sending to a program whose disk fails.
struct Sending {
    data: TempDir,
    program: Program,
    resident: Resident,
    database: Database,
}

impl Sending {
    async fn begin() -> Self {
        let data = tempfile::tempdir().unwrap();
        let program = Program::start(data.path());
        let resident = Resident::sign_in(program.address).await;
        let database = Database::open(data.path()).await;
        Self { data, program, resident, database }
    }

    /// Sends while a call fails. `None` where calls cannot be made to fail.
    async fn send(&mut self, draft: &Value, files: &[PathBuf], fault: Fault<'_>) -> Option<Sent> {
        let strace = Strace::attach(self.program.id(), files, fault)?;
        let reply = self.resident.submit(draft).await.unwrap();
        let came_to_it = strace.detach();
        match reply.status {
            201 => self.database.must_hold_one_case(id(draft), &reference(&reply.json())).await,
            500 | 507 => self.must_be_no_case(draft, &reply.json()["code"]).await,
            status => panic!("{status} after {fault:?}"),
        }
        self.database.must_be_whole().await;
        Some(Sent { came_to_it, status: reply.status })
    }

    async fn must_be_no_case(&mut self, draft: &Value, code: &Value) {
        assert!(["internal", "full"].contains(&code.as_str().unwrap()), "{code}");
        let id = id(draft);
        assert_eq!(self.database.count(&format!("select count(*) from cases where draft = '{id}'")).await, 0);
        for table in ["drafts where id", "attachments where draft"] {
            let bound = format!("select count(*) from {table} = '{id}' and reference is not null");
            assert_eq!(self.database.count(&bound).await, 0, "{table}");
        }
        let keys = format!("select count(*) from submissions where key = '{id}'");
        assert_eq!(self.database.count(&keys).await, 0);
    }

    async fn send_again(&mut self, draft: &Value) {
        let received = reference(&self.resident.submit(draft).await.unwrap().expect(201).json());
        let again = self.resident.submit(draft).await.unwrap().expect(201).json();
        assert_eq!(received, reference(&again));
        self.database.must_hold_one_case(id(draft), &received).await;
    }

    async fn restart(&mut self) {
        self.program.kill();
        self.program = Program::start(self.data.path());
        self.resident.at = self.program.address;
        self.database.must_be_whole().await;
    }
}

fn id(draft: &Value) -> &str {
    draft["id"].as_str().unwrap()
}

fn not_tried() {
    say(
        "NOT TRIED: writes that fail. It takes strace (Debian: apt-get install strace) and the right to trace other programs.",
    );
}

/// Fails every call of a submission, one in each, until there are no more. Gives the statuses.
async fn fail_each(sending: &mut Sending, calls: &str, error: &str, lasts: bool) -> Option<Vec<u16>> {
    let mut statuses = Vec::new();
    for number in 1.. {
        let draft = sending.resident.ready_draft().await;
        let mut files = files_in(sending.data.path());
        // With this file the server finds out whether there is room; it is there only then.
        files.push(sending.data.path().canonicalize().unwrap().join("yijianshi.room"));
        let sent = sending.send(&draft, &files, Fault { calls, number, error, lasts }).await?;
        sending.send_again(&draft).await;
        if !sent.came_to_it {
            break;
        }
        statuses.push(sent.status);
    }
    println!("{calls} with {error}, lasting {lasts}: {statuses:?}");
    Some(statuses)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("full-disk-tells")]
#[invariant::invariant("whole-or-nothing")]
async fn of_each_write_that_fails_comes_an_error_or_a_whole_case() {
    let mut sending = Sending::begin().await;
    let mut sent = 0;
    for (calls, error, lasts, status, fewest) in [
        (WRITES, "EIO", false, 500, FEWEST_WRITES),
        (WRITES, "ENOSPC", false, 507, FEWEST_WRITES),
        (SYNCS, "EIO", false, 500, 1),
        (SYNCS, "EIO", true, 500, 1),
        // Only a sync that fails says that there is no room, and it says so again when it is asked.
        (SYNCS, "ENOSPC", true, 507, 1),
    ] {
        let Some(statuses) = fail_each(&mut sending, calls, error, lasts).await else { return not_tried() };
        assert!(statuses.len() >= fewest && statuses[..fewest].iter().all(|told| *told == status), "{statuses:?}");
        // One more was sent than failed.
        sent += statuses.len() + 1;
    }
    sending.restart().await;
    assert_eq!(sending.resident.cases().await.len(), sent);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("whole-or-nothing")]
async fn a_kill_right_after_a_failed_write_leaves_no_half_either() {
    let mut sending = Sending::begin().await;
    let mut sent = 0;
    for (calls, last) in [(WRITES, FEWEST_WRITES), (SYNCS, 1)] {
        for number in (1..=last).step_by(4) {
            let draft = sending.resident.ready_draft().await;
            let files = files_in(sending.data.path());
            let fault = Fault { calls, number, error: "EIO", lasts: false };
            let Some(strace) = Strace::attach(sending.program.id(), &files, fault) else { return not_tried() };
            let received = sending.resident.submit(&draft).await.unwrap().status == 201;
            sending.restart().await;
            assert!(strace.detach(), "there were fewer calls: {fault:?}");
            let id = id(&draft);
            let cases = sending.database.count(&format!("select count(*) from cases where draft = '{id}'")).await;
            assert!(cases == 1 || !received, "{fault:?}");
            sending.send_again(&draft).await;
            sent += 1;
        }
    }
    assert_eq!(sending.resident.cases().await.len(), sent);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("full-disk-tells")]
async fn a_checkpoint_that_fails_costs_nothing() {
    let mut sending = Sending::begin().await;
    let file = sending.data.path().canonicalize().unwrap().join("yijianshi.sqlite");
    let mut sent = 0;
    for error in ["EIO", "ENOSPC"] {
        for calls in ["pwrite64", SYNCS] {
            let draft = sending.resident.ready_draft().await;
            sending.database.fill_the_log().await;
            let fault = Fault { calls, number: 1, error, lasts: false };
            let Some(outcome) = sending.send(&draft, std::slice::from_ref(&file), fault).await else {
                return not_tried();
            };
            assert!(outcome.came_to_it, "there was no checkpoint: {fault:?}");
            assert_eq!(outcome.status, 201, "the log has it already: {fault:?}");
            sending.send_again(&draft).await;
            sent += 1;
        }
    }
    sending.restart().await;
    assert_eq!(sending.resident.cases().await.len(), sent);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("whole-or-nothing")]
async fn a_piece_that_cannot_be_written_is_sent_again_and_the_file_is_whole() {
    let sending = Sending::begin().await;
    let resident = &sending.resident;
    let draft = resident.new_draft().await.unwrap().expect(201).json();
    let photo = photo(200);
    let mut told = 0;
    for (calls, error, status) in
        [("write", "EIO", 500), ("write", "ENOSPC", 507), (SYNCS, "EIO", 500), (SYNCS, "ENOSPC", 507)]
    {
        let begun = resident.begin_upload_of(id(&draft), photo.len(), &hex_digest(&photo)).await.unwrap().expect(201);
        let upload = begun.header("location");
        let half = photo.len() / 2;
        resident.piece(upload, 0, &photo[..half]).await.unwrap().expect(204);
        let pieces = files_in(&sending.data.path().join("uploads"));
        let fault = Fault { calls, number: 1, error, lasts: false };
        let Some(strace) = Strace::attach(sending.program.id(), &pieces, fault) else { return not_tried() };
        let refused = resident.piece(upload, half, &photo[half..]).await;
        assert!(strace.detach(), "nothing was written: {fault:?}");
        // A refusal may come before the whole piece has gone, and is then lost with the connection.
        told += usize::from(refused.is_some_and(|refused| refused.expect(status).status == status));
        let offset = resident.offset(upload).await.unwrap();
        assert!((half..=photo.len()).contains(&offset), "{offset} after {fault:?}");
        if offset < photo.len() {
            resident.piece(upload, offset, &photo[offset..]).await.unwrap().expect(204);
        }
        let view = resident.get(&format!("{upload}/attachment")).await.unwrap().expect(200).json();
        assert_eq!(view["width"], 200, "{fault:?}");
    }
    assert!(told > 0, "nobody was told of a failure");
}
