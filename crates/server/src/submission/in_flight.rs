//! Submissions in flight, by key: a second tap is told to wait, and does not query every register again. The database
//! decides all the same, also between two copies of the server, which do not know each other's submissions in flight.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Clone, Default)]
pub(crate) struct InFlight(Arc<Mutex<HashSet<Key>>>);

/// Of whom, and which.
type Key = (String, String);

/// One sending, until it is dropped.
pub(super) struct Sending {
    all: InFlight,
    key: Key,
}

impl InFlight {
    /// `None` while the same is being sent.
    pub(super) fn begin(&self, citizen: &str, key: &str) -> Option<Sending> {
        let key = (citizen.to_owned(), key.to_owned());
        let is_first = self.keys().insert(key.clone());
        is_first.then(|| Sending { all: self.clone(), key })
    }

    fn keys(&self) -> MutexGuard<'_, HashSet<Key>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.all.keys().remove(&self.key);
    }
}
