//! Unfinished objects: the object store writes an object beside its place, as `name#1`, and renames it once it is
//! whole. It neither lists nor deletes the files that a killed program has left.

use std::path::Path;
use std::{fs, io};

use time::OffsetDateTime;

/// Deletes those that were last written before a time: what another copy of the server is writing is younger.
pub(super) fn delete(folder: &Path, seconds: i64) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            delete(&entry.path(), seconds)?;
        } else if is_unfinished(&entry.path()) && written_at(&entry)? < seconds {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn is_unfinished(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.rsplit_once('#').is_some_and(|(_, number)| number.parse::<u64>().is_ok())
}

fn written_at(entry: &fs::DirEntry) -> io::Result<i64> {
    Ok(OffsetDateTime::from(entry.metadata()?.modified()?).unix_timestamp())
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn what_was_left_unfinished_long_ago_goes_and_what_is_whole_stays() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("ab")).unwrap();
        let [left, begun, whole] = ["ab/cd#1", "ab/ef#1", "ab/cd"].map(|name| folder.path().join(name));
        for (path, hours) in [(&left, 30), (&begun, 1), (&whole, 30)] {
            let written = SystemTime::now() - Duration::from_secs(hours * 60 * 60);
            File::create(path).unwrap().set_modified(written).unwrap();
        }
        let yesterday = OffsetDateTime::now_utc().unix_timestamp() - 24 * 60 * 60;
        delete(folder.path(), yesterday).unwrap();
        assert!(!left.exists() && begun.exists() && whole.exists());
    }
}
