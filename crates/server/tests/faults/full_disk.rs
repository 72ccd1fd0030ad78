//! No room on the disk: what would be written is refused in plain words, everything can be read, and as soon as there
//! is room the same program goes on.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind};
use std::path::Path;

use serde_json::{Value, json};

use crate::client::Reply;
use crate::database::Database;
use crate::program::{Program, say};
use crate::resident::{Resident, photo};

const ROOM_BYTES: u64 = 24 * 1024 * 1024;
/// The write-ahead log may have some room of its own; no more changes than these fit into it.
const MOST_CHANGES: u32 = 1_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("full-disk-tells")]
async fn a_full_disk_refuses_what_is_new_shows_what_is_there_and_goes_on_by_itself() {
    let [before, room, one, other] = [(); 4].map(|()| tempfile::tempdir().unwrap());
    let mut at_work = AtWork::begin(before.path()).await;
    let Some(program) = Program::start_in_room(before.path(), room.path(), ROOM_BYTES) else {
        return say(
            "NOT TRIED: a full disk. It takes a file system of its own (unshare --mount), which is refused here.",
        );
    };
    at_work.resident.at = program.address;
    let data = program.inside(room.path());
    let ballast = data.join("ballast");
    fill(&ballast);
    let saved = at_work.nothing_can_be_written(&ballast).await;
    let mut database = Database::copied_from(&data, one.path()).await;
    assert!(database.has_aged_sessions().await, "no use of the session could be written down");

    std::fs::remove_file(&ballast).unwrap();
    at_work.everything_goes_on(&saved).await;
    let mut database = Database::copied_from(&data, other.path()).await;
    assert!(!database.has_aged_sessions().await);
    database.must_be_whole().await;
}

/// Somebody in the middle of it all: one case sent, one draft ready, one upload begun and one arrived.
struct AtWork {
    resident: Resident,
    draft: Value,
    photo: Vec<u8>,
    begun: String,
    arrived: String,
}

impl AtWork {
    async fn begin(data: &Path) -> Self {
        let mut program = Program::start(data);
        let resident = Resident::sign_in(program.address).await;
        let sent = resident.ready_draft().await;
        resident.submit(&sent).await.unwrap().expect(201);
        let draft = resident.ready_draft().await;
        let photo = photo(300);
        let id = draft["id"].as_str().unwrap();
        let begin =
            async || resident.begin_upload(id, photo.len()).await.unwrap().expect(201).header("location").to_owned();
        let (begun, arrived) = (begin().await, begin().await);
        resident.piece(&arrived, 0, &photo).await.unwrap().expect(204);
        program.kill();
        Database::open(data).await.let_sessions_age().await;
        Self { resident, draft, photo, begun, arrived }
    }

    /// Gives the draft as it was last saved.
    async fn nothing_can_be_written(&self, ballast: &Path) -> Value {
        let Self { resident, photo, begun, arrived, .. } = self;
        let saved = self.change_until_refused().await;
        // What the last change left over.
        fill(ballast);
        must_say_full(&resident.new_draft().await.unwrap());
        must_say_full(&resident.begin_upload(saved["id"].as_str().unwrap(), photo.len()).await.unwrap());
        must_say_full(&resident.piece(begun, 0, photo).await.unwrap());
        must_say_full(&resident.get(&format!("{arrived}/attachment")).await.unwrap());
        must_say_full(&resident.submit(&saved).await.unwrap());
        // Reading goes on, also for somebody whose use of the session would have to be written down.
        assert_eq!(resident.cases().await.len(), 1);
        let path = format!("/api/drafts/{}", saved["id"].as_str().unwrap());
        assert_eq!(resident.get(&path).await.unwrap().expect(200).json(), saved);
        for path in ["/api/drafts", "/api/services", "/api/certificates", "/health"] {
            resident.get(path).await.unwrap().expect(200);
        }
        saved
    }

    async fn change_until_refused(&self) -> Value {
        let mut saved = self.draft.clone();
        for number in 0..MOST_CHANGES {
            let address = json!({ "division": "430703", "street": "430703001", "door": format!("{number} 号") });
            let (id, version) = (saved["id"].as_str().unwrap(), saved["version"].as_u64().unwrap());
            let reply = self.resident.change(id, version, &json!({ "shop-address": address })).await.unwrap();
            if reply.status != 200 {
                must_say_full(&reply);
                return saved;
            }
            saved = reply.json();
        }
        panic!("{MOST_CHANGES} changes found room on a full disk");
    }

    async fn everything_goes_on(&self, saved: &Value) {
        let Self { resident, photo, begun, arrived, .. } = self;
        let offset = resident.offset(begun).await.unwrap();
        resident.piece(begun, offset, &photo[offset..]).await.unwrap().expect(204);
        for upload in [begun, arrived] {
            let view = resident.get(&format!("{upload}/attachment")).await.unwrap().expect(200).json();
            assert_eq!(view["width"], 300);
        }
        for _ in 0..2 {
            resident.submit(saved).await.unwrap().expect(201);
        }
        assert_eq!(resident.cases().await.len(), 2);
    }
}

/// Until not one byte more is taken.
fn fill(ballast: &Path) {
    let mut file = OpenOptions::new().create(true).append(true).open(ballast).unwrap();
    let full = io::copy(&mut io::repeat(0), &mut file).unwrap_err();
    assert_eq!(full.kind(), ErrorKind::StorageFull);
}

#[track_caller]
fn must_say_full(reply: &Reply) {
    let problem = reply.json();
    assert_eq!((reply.status, &problem["code"]), (507, &json!("full")), "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("已保存"), "{problem}");
}
