//! Unfinished applications.

use async_trait::async_trait;
use contract::Answers;

use super::{Orphans, Seconds, SignatureChanges, StoreError};
use crate::channel::Channel;

/// A draft as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct DraftRecord {
    pub(crate) id: String,
    pub(crate) service: String,
    pub(crate) service_version: u32,
    pub(crate) division: String,
    pub(crate) answers: Answers,
    pub(crate) step: Option<String>,
    pub(crate) version: u64,
    pub(crate) saved_at: Seconds,
    /// The first application of the same family.
    pub(crate) family: Option<String>,
    /// The returned case that the draft corrects.
    pub(crate) corrects: Option<String>,
    /// The code of the certificate that it applies for again.
    pub(crate) renews: Option<String>,
    /// The answers that a correction began with.
    pub(crate) begun_with: Option<Answers>,
}

/// A draft to be kept.
#[derive(Clone, Debug)]
pub(crate) struct NewDraftRecord {
    pub(crate) citizen: String,
    pub(crate) service: String,
    pub(crate) service_version: u32,
    pub(crate) division: String,
    pub(crate) answers: Answers,
    /// The reference of the family's first application, which becomes one of the family too.
    pub(crate) family: Option<String>,
    pub(crate) corrects: Option<String>,
    pub(crate) renews: Option<String>,
    pub(crate) channel: Channel,
    /// Files of that application that the answers hold under new ids.
    pub(crate) copies: Vec<FileCopy>,
}

/// A file of another draft, known to this one under an id of its own. The object in the store is the same.
#[derive(Clone, Debug)]
pub(crate) struct FileCopy {
    pub(crate) from: String,
    pub(crate) to: String,
}

/// A draft as a change leaves it.
#[derive(Clone, Debug)]
pub(crate) struct ChangedDraft {
    pub(crate) answers: Answers,
    /// Ids of files that the answers held and hold no more: they are deleted.
    pub(crate) removed_files: Vec<String>,
    /// `None` leaves it as it was.
    pub(crate) step: Option<String>,
    pub(crate) division: String,
    pub(crate) signatures: SignatureChanges,
}

/// The outcome of a change.
#[derive(Clone, Debug)]
pub(crate) enum Saved {
    /// With the files that were taken out.
    Yes(DraftRecord, Orphans),
    /// Another change came first.
    Stale(DraftRecord),
    Gone,
}

#[async_trait]
pub(crate) trait DraftStore: Send + Sync {
    /// `None` where the citizen has so many already. A case has one draft that corrects it: where that was begun, it is
    /// given.
    async fn create_draft(
        &self,
        draft: NewDraftRecord,
        most: i64,
        now: Seconds,
    ) -> Result<Option<DraftRecord>, StoreError>;

    /// The citizen's drafts that were not sent, the last saved first.
    async fn drafts_of(&self, citizen: &str) -> Result<Vec<DraftRecord>, StoreError>;

    /// A draft of the citizen that was not sent.
    async fn draft_of(&self, citizen: &str, id: &str) -> Result<Option<DraftRecord>, StoreError>;

    /// Writes a change over version `from`. `Changed` where it answers a request that lives no more.
    async fn save_draft(
        &self,
        citizen: &str,
        id: &str,
        from: u64,
        changed: ChangedDraft,
        now: Seconds,
    ) -> Result<Saved, StoreError>;

    /// Deletes a draft with its files. `None` when there is none.
    async fn delete_draft(&self, citizen: &str, id: &str) -> Result<Option<Orphans>, StoreError>;
}
