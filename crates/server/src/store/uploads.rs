//! Uploads under way, and the attachments that they become.

use async_trait::async_trait;

use super::{Seconds, StoreError};

/// An upload's own record of the protocol, with whom it belongs to.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct UploadRecord {
    pub(crate) id: String,
    pub(crate) citizen: String,
    pub(crate) draft: String,
    pub(crate) expires_at: Option<Seconds>,
    pub(crate) state: String,
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
    /// False when there is one with this id.
    async fn create_upload(&self, upload: UploadRecord) -> Result<bool, StoreError>;
    async fn save_upload(&self, id: &str, state: &str, expires_at: Option<Seconds>) -> Result<(), StoreError>;
    async fn upload(&self, id: &str) -> Result<Option<UploadRecord>, StoreError>;
    async fn delete_upload(&self, id: &str) -> Result<(), StoreError>;
    async fn expired_uploads(&self, before: Seconds) -> Result<Vec<String>, StoreError>;

    /// Files of a draft, under way or arrived.
    async fn files_of(&self, draft: &str) -> Result<i64, StoreError>;

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
