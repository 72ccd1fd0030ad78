//! The protocol's record of each upload, in our store, with whom the upload belongs to.

use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use tus_protocol::chrono::{DateTime, Utc};
use tus_protocol::{Error, Result, StateStore, UploadState, WriteMode};

use super::LIMITS;
use crate::error::ApiError;
use crate::store::{Begun, Store, StoreError, UploadRecord};

tokio::task_local! {
    /// The owner of the upload that the request begins: the library hands its handlers no session.
    pub(crate) static UPLOAD_OWNER: UploadOwner;
}

/// The resident who begins an upload, and the draft that it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct UploadOwner {
    pub(crate) citizen: String,
    pub(crate) draft: String,
    /// Why the upload was not begun: the library hands errors of ours to nobody.
    pub(crate) refusal: Arc<OnceLock<Begun>>,
}

impl UploadOwner {
    /// What kept the upload from beginning.
    pub(crate) fn refused(&self) -> Option<ApiError> {
        match self.refusal.get()? {
            Begun::Yes | Begun::Already => None,
            Begun::NoDraft => Some(ApiError::NotFound),
            Begun::TooManyFiles => Some(ApiError::TooManyFiles),
            Begun::TooManyBytes => Some(ApiError::TooManyBytes),
        }
    }
}

pub(super) struct StoredState(pub(super) Arc<dyn Store>);

#[async_trait]
impl StateStore for StoredState {
    fn name(&self) -> &'static str {
        "store"
    }

    async fn set(&self, state: &UploadState, mode: WriteMode) -> Result<()> {
        let text = serde_json::to_string(state).map_err(Error::state_store)?;
        let expires_at = state.expires_at().map(DateTime::timestamp);
        if !matches!(mode, WriteMode::CreateNew) {
            let saved = self.0.save_upload(state.id(), &text, expires_at).await.map_err(failed)?;
            // It was thrown away while a piece was on its way.
            return if saved { Ok(()) } else { Err(Error::NotFound(state.id().to_owned())) };
        }
        let owner =
            UPLOAD_OWNER.try_with(Clone::clone).map_err(|_| Error::Internal("nobody begins this upload".to_owned()))?;
        let UploadOwner { citizen, draft, refusal } = owner;
        let (id, bytes) = (state.id().to_owned(), state.length().unwrap_or_default().cast_signed());
        let record = UploadRecord { id, citizen, draft, expires_at, state: text, bytes, refused: None };
        match self.0.create_upload(record, LIMITS).await.map_err(failed)? {
            Begun::Yes => Ok(()),
            Begun::Already => Err(Error::AlreadyExists(state.id().to_owned())),
            why => {
                let _ = refusal.set(why);
                Err(Error::HookRejected { status_code: 422, message: "no more files".to_owned() })
            }
        }
    }

    async fn get(&self, id: &str) -> Result<Option<UploadState>> {
        let record = self.0.upload(id).await.map_err(failed)?;
        record.map(|record| serde_json::from_str(&record.state).map_err(Error::state_store)).transpose()
    }

    async fn delete(&self, id: &str) -> Result<()> {
        self.0.delete_upload(id).await.map_err(failed)
    }

    async fn list_expired(&self, before: DateTime<Utc>) -> Result<Vec<String>> {
        self.0.expired_uploads(before.timestamp()).await.map_err(failed)
    }
}

/// The library answers 500 to what it does not know; a refusal of a hook keeps its status, and error.rs finds the
/// words.
fn failed(error: StoreError) -> Error {
    let status_code = match error {
        StoreError::Full => 507,
        StoreError::Busy => 503,
        other => return Error::state_store(other),
    };
    Error::HookRejected { status_code, message: error.to_string() }
}
