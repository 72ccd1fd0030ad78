//! Programs of others that speak tus, as they come: what they upload arrives byte for byte, also over a line that
//! breaks and after a pause, and what is not offered is told them by name. `cargo xtask tus-clients` brings the
//! programs.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::Command;
use tokio::time::timeout;

use crate::cut_uploads::{PIECE_BYTES, SIDE, Uploading};
use crate::ledger::hex_digest;
use crate::program::say;
use crate::proxy::{Trouble, What, When};

/// The variable that says what starts a client, and the script that uses it.
const CLIENTS: [(&str, &str); 2] = [("TUS_JS_CLIENT", "upload-by-tus-js-client.mjs"), ("TUSPY", "upload-by-tuspy.py")];
/// For one process, retries and all.
const TIMEOUT: Duration = Duration::from_secs(60);
/// In the middle of the second piece.
const MIDDLE_BYTES: usize = PIECE_BYTES + PIECE_BYTES / 2;

/// The program and script of a client. `None`, with a message, where the environment names none.
fn client((variable, script): (&str, &str)) -> Option<[PathBuf; 2]> {
    let Some(program) = std::env::var_os(variable) else {
        say(&format!("NOT TRIED: uploads by others ({variable}). `cargo xtask tus-clients` tries them."));
        return None;
    };
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools");
    Some([program.into(), tools.join(script)])
}

/// Somebody whose photograph another program uploads.
struct Other {
    words: [PathBuf; 2],
    uploading: Uploading,
    /// Holds the photograph, and where the program keeps the addresses of its uploads.
    folder: TempDir,
}

impl Other {
    async fn begin(words: [PathBuf; 2]) -> Self {
        let (uploading, folder) = (Uploading::begin().await, tempfile::tempdir().unwrap());
        std::fs::write(folder.path().join("before.jpg"), &uploading.file).unwrap();
        Self { words, uploading, folder }
    }

    /// Lets the program upload, with these settings on top of the usual ones. Gives what it told.
    async fn upload(&self, settings: &Value) -> Value {
        let resident = &self.uploading.resident;
        let mut given = json!({
            "endpoint": format!("http://{}/api/uploads", resident.at),
            "cookie": resident.cookie.trim().strip_prefix("cookie: ").unwrap(),
            "file": self.folder.path().join("before.jpg"),
            "urls": self.folder.path().join("urls.json"),
            "metadata": {
                "draft": self.uploading.draft, "field": "sign.photos", "row": "a", "filename": "门头 前.jpg",
                "sha256": hex_digest(&self.uploading.file),
            },
            "piece_bytes": PIECE_BYTES, "retries": false, "stop_after": null, "from_memory": false, "cancel": false,
            "options": {},
        });
        given.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
        let mut program = Command::new(&self.words[0]);
        program.arg(&self.words[1]).arg(given.to_string()).stderr(Stdio::inherit()).kill_on_drop(true);
        let ended = timeout(TIMEOUT, program.output()).await.unwrap().unwrap();
        assert!(ended.status.success(), "{settings}: {ended:?}");
        serde_json::from_slice(&ended.stdout).unwrap()
    }

    /// The same without an error.
    async fn uploads(&self, settings: &Value) -> Value {
        let told = self.upload(settings).await;
        assert_eq!(told["error"], Value::Null, "{settings}");
        told
    }

    /// All of it, under the name that it had.
    async fn must_have_arrived(&self, told: &Value) {
        self.uploading.must_have_arrived();
        let path = told["url"].as_str().unwrap().split_once("/api/").unwrap().1;
        let view = self.uploading.resident.get(&format!("/api/{path}/attachment")).await.unwrap().expect(200).json();
        assert_eq!((&view["name"], &view["width"]), (&json!("门头 前.jpg"), &json!(SIDE)));
        assert_eq!(self.uploading.pieces(), Vec::<PathBuf>::new());
        // The next upload is another one.
        std::fs::remove_file(self.folder.path().join("urls.json")).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("any-tus-client")]
async fn an_upload_of_another_program_arrives() {
    for words in CLIENTS.into_iter().filter_map(client) {
        let other = Other::begin(words).await;
        let told = other.uploads(&json!({})).await;
        other.must_have_arrived(&told).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("any-tus-client")]
async fn a_cut_is_mended_by_the_program_itself() {
    for words in CLIENTS.into_iter().filter_map(client) {
        let other = Other::begin(words).await;
        for from_memory in [false, true] {
            let before = other.uploading.proxy.cuts();
            // One client begins the upload on a connection of its own, the other sends pieces over it too.
            for _ in 0..2 {
                other.uploading.proxy.expect(Trouble { when: When::Bytes(PIECE_BYTES / 2), what: What::Cut });
            }
            let told = other.uploads(&json!({ "retries": true, "from_memory": from_memory })).await;
            assert!(other.uploading.proxy.cuts() > before, "nothing was cut");
            other.must_have_arrived(&told).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("any-tus-client")]
async fn an_upload_stopped_in_a_piece_goes_on_in_another_process() {
    for words in CLIENTS.into_iter().filter_map(client) {
        let other = Other::begin(words).await;
        let stopped = other.uploads(&json!({ "stop_after": MIDDLE_BYTES })).await;
        let told = other.uploads(&json!({})).await;
        assert_eq!((&told["resumed"], &told["url"]), (&json!(true), &stopped["url"]));
        other.must_have_arrived(&told).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("any-tus-client")]
async fn a_cancelled_upload_leaves_nothing() {
    let Some(words) = client(CLIENTS[0]) else { return };
    let other = Other::begin(words).await;
    other.uploads(&json!({ "stop_after": MIDDLE_BYTES, "cancel": true })).await;
    assert_eq!(other.uploading.pieces(), Vec::<PathBuf>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("any-tus-client")]
async fn an_unsupported_extension_is_refused_by_name() {
    let Some(words) = client(CLIENTS[0]) else { return };
    let other = Other::begin(words).await;
    for (options, extension) in [
        (json!({ "parallelUploads": 2 }), "concatenation"),
        (json!({ "uploadLengthDeferred": true }), "creation-defer-length"),
        (json!({ "uploadDataDuringCreation": true }), "creation-with-upload"),
    ] {
        // With the usual retries: a refusal is not asked for again.
        let told = other.upload(&json!({ "options": options, "retries": true })).await;
        let error = told["error"].as_str().unwrap();
        assert!(error.contains("response code: 400") && error.contains(extension), "{options}: {error}");
        assert_eq!(other.uploading.pieces(), Vec::<PathBuf>::new(), "{options}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[invariant::invariant("any-tus-client")]
async fn digests_of_pieces_that_nobody_compares_do_no_harm() {
    let Some(words) = client(CLIENTS[1]) else { return };
    let other = Other::begin(words).await;
    let told = other.uploads(&json!({ "options": { "upload_checksum": true } })).await;
    other.must_have_arrived(&told).await;
}
