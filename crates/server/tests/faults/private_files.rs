//! The data are their owner's alone: whatever the umask, no other user of the machine reads them.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::program::Program;
use crate::resident::{Resident, photo};

#[tokio::test]
#[invariant::invariant("private-folder")]
async fn no_other_user_of_the_machine_reads_the_data() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let program = Program::start_with_umask(&data, "000");
    let resident = Resident::sign_in(program.address).await;
    leave_one_of_each(&resident).await;
    let all = files_in(&data);
    for name in ["yijianshi.sqlite", "yijianshi.sqlite-wal", "attachments", "uploads", ".upload"] {
        assert!(all.iter().any(|path| path.to_str().unwrap().ends_with(name)), "{name} in {all:?}");
    }
    assert_eq!(open_to_others(&data), Vec::<PathBuf>::new());
}

#[tokio::test]
#[invariant::invariant("private-folder")]
async fn a_folder_that_an_earlier_version_left_open_is_closed_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut program = Program::start(&data);
    leave_one_of_each(&Resident::sign_in(program.address).await).await;
    program.kill();
    for path in files_in(&data) {
        let mode = if path.is_dir() { 0o755 } else { 0o644 };
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
    }
    let _program = Program::start(&data);
    // Nobody gets past the folder; the database is closed all the same, since it may lie elsewhere.
    let open = open_to_others(&data);
    assert!(!open.contains(&data) && !open.iter().any(|path| path.to_str().unwrap().contains("sqlite")), "{open:?}");
}

/// An attachment, and a piece of an upload.
async fn leave_one_of_each(resident: &Resident) {
    let draft = resident.new_draft().await.unwrap().expect(201).json();
    let id = draft["id"].as_str().unwrap();
    resident.change(id, 1, &json!({ "licence-name": "刘记" })).await.unwrap().expect(200);
    resident.upload(id, &photo(8)).await;
    let path = resident.begin_upload(id, 100).await.unwrap().expect(201).header("location").to_owned();
    resident.piece(&path, 0, b"a piece").await.unwrap().expect(204);
}

fn open_to_others(data: &Path) -> Vec<PathBuf> {
    let all = files_in(data).into_iter();
    all.filter(|path| fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)).collect()
}

/// The folder and everything below it.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut all = vec![folder.to_owned()];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files_in(&path)) } else { all.push(path) }
    }
    all
}
