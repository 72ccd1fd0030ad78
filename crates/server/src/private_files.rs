//! Folders and files that no other user of the machine reads, whatever the umask is.

use std::io;
use std::path::Path;

/// From now on, whatever this process writes is its owner's alone. SQLite and the object store name no mode of their
/// own.
pub(crate) fn keep_new_files_private() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

/// Makes the folder if it is new, and closes it to others.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path)?;
    close(path, 0o700);
    Ok(())
}

/// Makes the file if it is new, and closes it to others, with the files that SQLite keeps beside it.
pub(crate) fn create_database(path: &Path) -> io::Result<()> {
    std::fs::OpenOptions::new().append(true).create(true).open(path)?;
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        if Path::new(&name).exists() {
            close(Path::new(&name), 0o600);
        }
    }
    Ok(())
}

/// Only the owner may do so; somebody else's folder stays as its owner wants it.
#[cfg(unix)]
fn close(path: &Path, mode: u32) {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    if let Err(error) = set_permissions(path, Permissions::from_mode(mode)) {
        tracing::warn!(?path, %error, "other users of the machine may read this");
    }
}

#[cfg(not(unix))]
fn close(_: &Path, _: u32) {}
