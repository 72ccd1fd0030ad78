//! From an upload that has arrived to an attachment: compared, cleaned, written, and only then named.

use contract::api::AttachmentView;
use contract::kinds::Attachments as Settings;
use futures_util::TryStreamExt;
use tus_protocol::storage::file::FileStorage;
use tus_protocol::{StorageReader, UploadState};

use super::{UploadError, UploadMetadata};
use crate::attachments::{AttachmentError, Cleaned, RejectedFile};
use crate::backend::Backend;
use crate::draft::OpenDraft;
use crate::error::ApiError;
use crate::full_disk::is_full_disk;
use crate::secret::digest;
use crate::store::{AttachmentRecord, Citizen};

/// The attachment of a finished upload; asking again gives the same.
pub(crate) async fn finish(backend: &Backend, citizen: &Citizen, id: &str) -> Result<AttachmentView, ApiError> {
    if let Some(known) = backend.store.attachment_of(&citizen.id, id).await? {
        return Ok(view(&known));
    }
    let upload = backend.store.upload(id).await?.filter(|upload| upload.citizen == citizen.id);
    let upload = upload.ok_or(ApiError::NotFound)?;
    let state: UploadState = serde_json::from_str(&upload.state).map_err(UploadError::from)?;
    if !state.is_complete() {
        return Err(ApiError::NotArrived);
    }
    let draft = OpenDraft::of(backend, citizen, &upload.draft).await?;
    let metadata = UploadMetadata::of_state(&state);
    let settings = settings(&draft, &metadata.field)?;
    let file = read(backend.uploads.protocol.storage_arc().files(), &state).await?;
    if metadata.sha256.as_ref().is_some_and(|sent| *sent != digest(&file)) {
        return Err(RejectedFile::ChangedOnTheWay.into());
    }
    let cleaned = backend.attachments.clean(file, settings.accepts_pdf()).await??;
    let attachment = keep(backend, citizen, id, metadata, cleaned).await?;
    backend.uploads.delete_pieces(&state).await?;
    Ok(view(&attachment))
}

/// The settings of the question that the file answers.
fn settings<'a>(draft: &'a OpenDraft, field: &str) -> Result<&'a Settings, ApiError> {
    draft.service.field(field).and_then(|field| field.kind.attachments()).ok_or(ApiError::NotFound)
}

async fn read(files: &FileStorage, state: &UploadState) -> Result<Vec<u8>, UploadError> {
    let handle = state.storage_handle().ok_or(tus_protocol::Error::StorageKeyMissing)?;
    let pieces = files.stream(&handle).await?;
    let whole = pieces.try_fold(Vec::new(), |mut whole, piece| {
        whole.extend_from_slice(&piece);
        std::future::ready(Ok(whole))
    });
    Ok(whole.await?)
}

/// Objects first, then the row that names them. Where another request was quicker, its row stays.
async fn keep(
    backend: &Backend,
    citizen: &Citizen,
    id: &str,
    metadata: UploadMetadata,
    cleaned: Cleaned,
) -> Result<AttachmentRecord, ApiError> {
    let (sha256, bytes) = (digest(&cleaned.content), cleaned.content.len());
    let object = backend.attachments.put(cleaned.content).await?;
    let thumbnail = match cleaned.thumbnail {
        Some(thumbnail) => Some(backend.attachments.put(thumbnail).await?),
        None => None,
    };
    let record = AttachmentRecord {
        id: id.to_owned(),
        citizen: citizen.id.clone(),
        draft: metadata.draft,
        field: metadata.field,
        row: metadata.row,
        name: metadata.filename,
        media_type: cleaned.media_type.to_owned(),
        bytes: i64::try_from(bytes).map_err(|_| ApiError::TooLarge)?,
        width: cleaned.size.map(|(width, _)| width),
        height: cleaned.size.map(|(_, height)| height),
        sha256,
        object,
        thumbnail,
    };
    if backend.store.add_attachment(record.clone(), backend.now()).await? {
        return Ok(record);
    }
    backend.attachments.delete(&record.object).await;
    if let Some(thumbnail) = &record.thumbnail {
        backend.attachments.delete(thumbnail).await;
    }
    backend.store.attachment_of(&citizen.id, id).await?.ok_or(ApiError::NotFound)
}

fn view(attachment: &AttachmentRecord) -> AttachmentView {
    AttachmentView {
        id: attachment.id.clone(),
        name: attachment.name.clone(),
        bytes: attachment.bytes.unsigned_abs(),
        media_type: attachment.media_type.clone(),
        width: attachment.width,
        height: attachment.height,
    }
}

impl From<RejectedFile> for ApiError {
    fn from(rejected: RejectedFile) -> Self {
        let (code, says) = rejected.words();
        Self::File(code, says)
    }
}

impl From<AttachmentError> for ApiError {
    fn from(error: AttachmentError) -> Self {
        tracing::error!(%error, "attachments");
        if is_full_disk(&error) { Self::Full } else { Self::Internal }
    }
}

impl From<UploadError> for ApiError {
    fn from(error: UploadError) -> Self {
        tracing::error!(%error, "uploads");
        match error {
            UploadError::Store(error) => error.into(),
            other if is_full_disk(&other) => Self::Full,
            _ => Self::Internal,
        }
    }
}
