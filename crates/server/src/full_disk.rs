//! Tells a full disk from other failures. Libraries wrap what the system said; the cause stands at the end of the
//! chain.

use std::error::Error;
use std::io::{self, ErrorKind};

/// Whether there was no room: on the disk, in the quota, or for so large a file.
pub(crate) fn is_full_disk(error: &(dyn Error + 'static)) -> bool {
    let here = error.downcast_ref::<io::Error>().is_some_and(is_lack_of_room);
    here || error.source().is_some_and(is_full_disk)
}

fn is_lack_of_room(error: &io::Error) -> bool {
    let inner = || error.get_ref().is_some_and(|inner| is_full_disk(inner));
    matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge) || inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_known_however_it_is_wrapped() {
        let cause = || io::Error::from(ErrorKind::StorageFull);
        let broken = || io::Error::from(ErrorKind::BrokenPipe);
        assert!(is_full_disk(&cause()));
        assert!(is_full_disk(&io::Error::other(cause())));
        assert!(is_full_disk(&tus_protocol::Error::Io(cause())));
        let generic = object_store::Error::Generic { store: "folder", source: Box::new(cause()) };
        assert!(is_full_disk(&generic));
        assert!(!is_full_disk(&broken()) && !is_full_disk(&tus_protocol::Error::Io(broken())));
    }
}
