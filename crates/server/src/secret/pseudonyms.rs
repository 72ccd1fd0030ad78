//! Names under which people and networks are counted and noted. Phones and addresses are few enough to try them all, so
//! a plain digest would give them away; these are keyed by a file that lies beside the database and not in it.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{SecretError, hex, random, token};

const FILE: &str = "pseudonyms.key";
const KEY_BYTES: usize = 32;

pub(crate) struct Pseudonyms(Hmac<Sha256>);

impl Pseudonyms {
    /// With the key of the folder, which is made when there is none. Another key makes limits count anew and breaks the
    /// thread of failed sign-ins in the audit; nothing else depends on it.
    pub(crate) fn in_folder(folder: &Path) -> io::Result<Self> {
        let file = folder.join(FILE);
        let key = match fs::read(&file) {
            Err(error) if error.kind() == ErrorKind::NotFound => make(&file)?,
            key => key?,
        };
        if key.len() != KEY_BYTES {
            return Err(io::Error::new(ErrorKind::InvalidData, format!("{FILE} is not a key of {KEY_BYTES} bytes")));
        }
        Hmac::new_from_slice(&key).map(Self).map_err(io::Error::other)
    }

    /// The same for the same text, for as long as the key is the same.
    pub(crate) fn of(&self, text: &str) -> String {
        hex(&self.0.clone().chain_update(text).finalize().into_bytes())
    }
}

/// Written aside and linked: of two programs that start at once, one makes the key and both read it.
fn make(file: &Path) -> io::Result<Vec<u8>> {
    let failed = |error: SecretError| io::Error::other(error);
    let aside = file.with_extension(token().map_err(failed)?);
    let mut new = fs::OpenOptions::new().write(true).create_new(true).open(&aside)?;
    new.write_all(&random::<KEY_BYTES>().map_err(failed)?)?;
    new.sync_all()?;
    let linked = fs::hard_link(&aside, file);
    fs::remove_file(&aside)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => fs::read(file),
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use tempfile::TempDir;

    use super::*;

    #[test]
    fn programs_that_start_at_once_share_a_key_and_another_folder_has_another() {
        let (folder, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let name_in = |folder: &Path| Pseudonyms::in_folder(folder).unwrap().of("13807360001");
        let names: Vec<String> = thread::scope(|scope| {
            let started: Vec<_> = (0..8).map(|_| scope.spawn(|| name_in(folder.path()))).collect();
            started.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(names.iter().all(|name| *name == names[0]), "{names:?}");
        assert_eq!(name_in(folder.path()), names[0]);
        assert_ne!(name_in(other.path()), names[0]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_key_that_was_cut_is_no_key() {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join(FILE), [7; 5]).unwrap();
        assert!(Pseudonyms::in_folder(folder.path()).is_err());
    }
}
