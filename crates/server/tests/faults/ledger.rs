//! The ledger of everything that the server acknowledged. The tests check it against the server after each kill.

use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};

use crate::database::Database;
use crate::resident::Resident;

/// Something that was answered with success.
#[derive(Clone, Debug)]
pub(crate) enum Fact {
    /// A draft at a version, with the door of its shop.
    Draft {
        id: String,
        version: u64,
        door: String,
    },
    /// So much of an upload has arrived.
    Piece {
        upload: String,
        offset: usize,
    },
    File {
        id: String,
        sha256: String,
    },
    Case {
        draft: String,
        reference: String,
    },
    /// A correction of a returned case.
    Corrected {
        draft: String,
        reference: String,
    },
    Decision {
        reference: String,
        action: &'static str,
    },
    /// A notice served with a decision, and the hash of its document.
    Paper {
        reference: String,
        id: String,
        sha256: String,
    },
}

#[derive(Clone, Default)]
pub(crate) struct Ledger(Arc<Mutex<Vec<Fact>>>);

impl Ledger {
    pub(crate) fn note(&self, fact: Fact) {
        self.0.lock().unwrap().push(fact);
    }

    /// Everything noted so far is there, once. Gives it, and begins a new page.
    pub(crate) async fn must_hold(&self, resident: &Resident, database: &mut Database) -> Vec<Fact> {
        let facts = std::mem::take(&mut *self.0.lock().unwrap());
        for fact in &facts {
            fact.must_hold(resident, database).await;
        }
        facts
    }
}

impl Fact {
    pub(crate) async fn must_hold(&self, resident: &Resident, database: &mut Database) {
        match self {
            Self::Draft { id, version, door } => {
                let (now, at) = database.draft(id).await;
                // A later change may have arrived without being acknowledged.
                assert!(now > *version || (now == *version && at == *door), "{self:?} is at {now} with {at}");
            }
            Self::Piece { upload, offset } => match resident.offset(upload).await {
                Some(there) => assert!(there >= *offset, "{self:?} is at {there}"),
                None => {
                    let id = upload.rsplit('/').next().unwrap();
                    let kept = format!("select count(*) from attachments where id = '{id}'");
                    assert_eq!(database.count(&kept).await, 1, "{self:?} is gone");
                }
            },
            Self::File { id, sha256 } => {
                let file = resident.get(&format!("/api/attachments/{id}")).await.unwrap().expect(200).body;
                assert_eq!(hex_digest(&file), *sha256, "{self:?}");
            }
            Self::Case { draft, reference } => database.must_hold_one_case(draft, reference).await,
            Self::Corrected { draft, reference } => database.must_hold_one_correction(draft, reference).await,
            Self::Paper { reference, id, sha256 } => {
                let path = format!("/api/cases/{reference}/notices/{id}");
                let paper = resident.get(&path).await.unwrap().expect(200);
                assert_eq!(paper.json()["number"], format!("{reference}-{id}"));
                assert_eq!(hex_digest(&paper.body), *sha256, "{self:?}");
            }
            Self::Decision { reference, action } => database.must_hold_one_decision(reference, action).await,
        }
    }
}

pub(crate) fn hex_digest(file: &[u8]) -> String {
    Sha256::digest(file).iter().map(|byte| format!("{byte:02x}")).collect()
}
