//! Uploads over a bad line: cut at the edges of pieces and anywhere, swallowed, slow or changed. What arrives is the
//! file, at most one piece is sent again for each trouble, and nothing hangs.

use std::path::PathBuf;
use std::time::Duration;

use fastrand::Rng;
use tempfile::TempDir;
use tokio::time::timeout;

use crate::ledger::hex_digest;
use crate::program::{Program, say, set_by};
use crate::proxy::{Proxy, Trouble, What, When};
use crate::resident::{Resident, photo};
use crate::strace::files_in;

/// As the app sends.
pub(crate) const PIECE_BYTES: usize = 256 * 1024;
/// Of the photograph, in pixels.
pub(crate) const SIDE: u32 = 700;
const RANDOM_CUTS: u64 = 60;
/// More tries than that are no progress.
const MOST_AGAIN: usize = 20;
/// After it the client thinks that the line is dead, and tries another. Only then does it find out about a black hole.
const CLIENT_PATIENCE: Duration = Duration::from_secs(3);
/// For the server to answer on a good line, whatever hangs on others.
const SERVER_PATIENCE: Duration = Duration::from_secs(10);

/// Somebody with one draft, uploading through the proxy.
pub(crate) struct Uploading {
    data: TempDir,
    _program: Program,
    pub(crate) proxy: Proxy,
    /// Goes through the proxy.
    pub(crate) resident: Resident,
    pub(crate) draft: String,
    pub(crate) file: Vec<u8>,
}

/// The cost of one upload.
struct Sent {
    upload: String,
    /// Bytes that were sent more than once, over all.
    again_bytes: usize,
    /// Where the piece ends that had the trouble.
    troubled_end: usize,
}

impl Uploading {
    pub(crate) async fn begin() -> Self {
        let data = tempfile::tempdir().unwrap();
        let program = Program::start(data.path());
        let proxy = Proxy::before(program.address).await;
        let resident = Resident::sign_in(program.address).await.moved_to(proxy.address);
        let draft = resident.new_draft().await.unwrap().expect(201).json()["id"].as_str().unwrap().to_owned();
        let file = photo(SIDE);
        assert!(file.len() > 2 * PIECE_BYTES, "{} bytes are hardly pieces", file.len());
        Self { data, _program: program, proxy, resident, draft, file }
    }

    /// Sends the file in pieces. In the piece that holds byte `point` of it the line has its trouble.
    async fn send(&self, point: usize, trouble: impl Fn(usize) -> Trouble) -> Sent {
        let digest = hex_digest(&self.file);
        let begun = self.resident.begin_upload_of(&self.draft, self.file.len(), &digest).await.unwrap().expect(201);
        let upload = begun.header("location").to_owned();
        let (mut offset, mut sent, mut troubled_end) = (0, 0, None);
        let most_bytes = self.file.len() + MOST_AGAIN * PIECE_BYTES;
        while offset < self.file.len() {
            let end = self.file.len().min(offset + PIECE_BYTES);
            if troubled_end.is_none() && (offset..=end).contains(&point) {
                self.proxy.expect(trouble(point - offset));
                troubled_end = Some(end);
            }
            sent += end - offset;
            assert!(sent < most_bytes, "stuck at {offset}");
            let reply = timeout(CLIENT_PATIENCE, self.resident.piece(&upload, offset, &self.file[offset..end])).await;
            offset = match reply.ok().flatten().filter(|reply| reply.status == 204) {
                Some(taken) => taken.header("upload-offset").parse().unwrap(),
                None => self.offset(&upload).await,
            };
        }
        Sent { upload, again_bytes: sent - self.file.len(), troubled_end: troubled_end.unwrap() }
    }

    async fn offset(&self, upload: &str) -> usize {
        timeout(SERVER_PATIENCE, self.resident.offset(upload)).await.unwrap().unwrap()
    }

    /// After a cut nothing that had arrived is sent again, only the rest of the piece.
    async fn arrives_after_a_cut(&self, point: usize) -> Sent {
        let sent = self.send(point, |bytes| Trouble { when: When::Bytes(bytes), what: What::Cut }).await;
        assert_eq!(sent.again_bytes, sent.troubled_end - point, "after a cut at {point}");
        self.must_have_arrived();
        sent
    }

    /// Byte for byte.
    pub(crate) fn must_have_arrived(&self) {
        let pieces = self.pieces();
        let [arrived] = &pieces[..] else { panic!("one upload at a time: {pieces:?}") };
        assert!(std::fs::read(arrived).unwrap() == self.file, "the file has changed on the way");
    }

    pub(crate) fn pieces(&self) -> Vec<PathBuf> {
        files_in(&self.data.path().join("uploads"))
    }

    /// Nothing holds on to it.
    async fn must_let_go(&self, sent: &Sent) {
        let gone = timeout(SERVER_PATIENCE, self.resident.tus("DELETE", &sent.upload, "", b"")).await;
        gone.unwrap().unwrap().expect(204);
        assert_eq!(self.pieces(), Vec::<PathBuf>::new());
    }

    /// As a photograph, and its pieces go.
    async fn must_be_taken(&self, sent: &Sent) {
        let view = self.resident.get(&format!("{}/attachment", sent.upload)).await.unwrap().expect(200).json();
        assert_eq!(view["width"], SIDE);
        assert_eq!(self.pieces(), Vec::<PathBuf>::new());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("bad-line-good-file")]
async fn an_upload_cut_at_any_edge_of_a_piece_goes_on() {
    let uploading = Uploading::begin().await;
    let bytes = uploading.file.len();
    let edges = (0..bytes).step_by(PIECE_BYTES).chain([bytes]);
    for point in edges.flat_map(|edge| [edge.saturating_sub(1), edge, (edge + 1).min(bytes)]) {
        let sent = uploading.arrives_after_a_cut(point).await;
        uploading.must_be_taken(&sent).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("bad-line-good-file")]
async fn an_upload_cut_anywhere_goes_on() {
    let seed = set_by("SEED").unwrap_or_else(|| fastrand::u64(..));
    let cuts = set_by("CUTS").unwrap_or(RANDOM_CUTS);
    say(&format!(
        "{cuts} uploads cut at random points. Again: CUTS={cuts} SEED={seed} cargo test -p server --test faults"
    ));
    let mut chance = Rng::with_seed(seed);
    let uploading = Uploading::begin().await;
    for _ in 0..cuts {
        let sent = uploading.arrives_after_a_cut(chance.usize(0..=uploading.file.len())).await;
        uploading.must_let_go(&sent).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("bad-line-good-file")]
async fn an_upload_cut_at_any_time_goes_on() {
    let uploading = Uploading::begin().await;
    for milliseconds in [0, 1, 2, 4, 8, 16] {
        let when = When::Time(Duration::from_millis(milliseconds));
        let sent = uploading.send(PIECE_BYTES, |_| Trouble { when, what: What::Cut }).await;
        assert!(sent.again_bytes <= PIECE_BYTES, "{} bytes again after {milliseconds} ms", sent.again_bytes);
        uploading.must_have_arrived();
        uploading.must_let_go(&sent).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("bad-line-good-file")]
async fn a_line_that_swallows_everything_is_left_for_a_better_one() {
    let uploading = Uploading::begin().await;
    for point in [0, 1, PIECE_BYTES / 2, PIECE_BYTES, uploading.file.len()] {
        let sent = uploading.send(point, |bytes| Trouble { when: When::Bytes(bytes), what: What::BlackHole }).await;
        assert!(sent.again_bytes <= PIECE_BYTES, "{} bytes again after a black hole at {point}", sent.again_bytes);
        uploading.must_have_arrived();
        uploading.must_let_go(&sent).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("bad-line-good-file")]
async fn a_slow_line_needs_nothing_again() {
    let uploading = Uploading::begin().await;
    let what = What::Delay(Duration::from_micros(500));
    let point = uploading.file.len() - 64 * 1024;
    let sent = uploading.send(point, |bytes| Trouble { when: When::Bytes(bytes), what }).await;
    assert_eq!(sent.again_bytes, 0);
    uploading.must_have_arrived();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("bad-line-good-file")]
async fn a_file_that_changed_on_the_way_is_not_taken_and_can_be_sent_again() {
    let uploading = Uploading::begin().await;
    for point in [0, PIECE_BYTES + 1, uploading.file.len() - 1] {
        let sent = uploading.send(point, |bytes| Trouble { when: When::Bytes(bytes), what: What::Corrupt }).await;
        let refused = uploading.resident.get(&format!("{}/attachment", sent.upload)).await.unwrap().expect(422);
        assert_eq!(refused.json()["code"], "file-changed-on-the-way");
        uploading.must_let_go(&sent).await;
        let again = uploading.arrives_after_a_cut(0).await;
        uploading.must_be_taken(&again).await;
    }
}
