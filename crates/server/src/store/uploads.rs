//! Uploads under way, and the attachments that they become.

use async_trait::async_trait;

use super::{Seconds, StoreError};
use crate::attachments::RejectedFile;

/// An upload's own record of the protocol, with whom it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct UploadRecord {
    pub(crate) id: String,
    pub(crate) citizen: String,
    pub(crate) draft: String,
    pub(crate) expires_at: Option<Seconds>,
    pub(crate) state: String,
    /// Of the whole file.
    pub(crate) bytes: i64,
    /// Why the file was not taken, once it has arrived; it is deleted then.
    pub(crate) refused: Option<RejectedFile>,
}

/// How many files a draft, and how many bytes a person may have in applications that were not sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FileLimits {
    pub(crate) of_draft: i64,
    pub(crate) bytes_of_citizen: i64,
}

/// Whether an upload has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begun {
    Yes,
    /// There is one with this id.
    Already,
    /// The draft was sent or thrown away meanwhile.
    NoDraft,
    TooManyFiles,
    TooManyBytes,
}

/// What is on the disk and belongs to no row any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Orphans {
    /// Names in the object store.
    pub(crate) objects: Vec<String>,
    /// Records of uploads, which know where their pieces are.
    pub(crate) uploads: Vec<String>,
}

impl Orphans {
    pub(crate) fn are_none(&self) -> bool {
        self.objects.is_empty() && self.uploads.is_empty()
    }
}

/// A file as it is kept. `object` and `thumbnail` are names in the object store.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct AttachmentRecord {
    pub(crate) id: String,
    pub(crate) citizen: String,
    pub(crate) draft: String,
    pub(crate) field: String,
    pub(crate) row: Option<String>,
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) bytes: i64,
    pub(crate) width: Option<u32>,
    pub(crate) height: Option<u32>,
    pub(crate) sha256: String,
    pub(crate) object: String,
    pub(crate) thumbnail: Option<String>,
}

#[async_trait]
pub(crate) trait UploadStore: Send + Sync {
    /// Counts and writes in one statement.
    async fn create_upload(&self, upload: UploadRecord, limits: FileLimits) -> Result<Begun, StoreError>;
    /// False when it is gone.
    async fn save_upload(&self, id: &str, state: &str, expires_at: Option<Seconds>) -> Result<bool, StoreError>;
    /// Remembers why the file was not taken.
    async fn refuse_upload(&self, id: &str, why: RejectedFile) -> Result<(), StoreError>;
    async fn upload(&self, id: &str) -> Result<Option<UploadRecord>, StoreError>;
    async fn delete_upload(&self, id: &str) -> Result<(), StoreError>;
    async fn expired_uploads(&self, before: Seconds) -> Result<Vec<String>, StoreError>;

    /// Writes the attachment and deletes its upload; false when that was done already.
    async fn add_attachment(&self, attachment: AttachmentRecord, now: Seconds) -> Result<bool, StoreError>;
    async fn attachment_of(&self, citizen: &str, id: &str) -> Result<Option<AttachmentRecord>, StoreError>;
    /// An attachment that was sent, with the reference of its case.
    async fn sent_attachment(&self, id: &str) -> Result<Option<(AttachmentRecord, String)>, StoreError>;
    async fn attachments_of(&self, draft: &str) -> Result<Vec<AttachmentRecord>, StoreError>;

    /// Deletes an attachment that was not sent with a case, and returns its record.
    async fn delete_attachment(&self, citizen: &str, id: &str) -> Result<Option<AttachmentRecord>, StoreError>;

    /// Whether any row still references the object.
    async fn is_object_referenced(&self, object: &str) -> Result<bool, StoreError>;
}
