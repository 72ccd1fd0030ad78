//! From an upload that has arrived to an attachment: compared, cleaned, written, and only then named.

use std::path::PathBuf;

use contract::api::AttachmentView;
use contract::kinds::Attachments as Settings;
use tus_protocol::UploadState;

use super::{UploadError, UploadMetadata};
use crate::attachments::{AttachmentError, Cleaned, CleanerError, FileToClean, RejectedFile};
use crate::backend::Backend;
use crate::draft::OpenDraft;
use crate::error::ApiError;
use crate::full_disk::is_full_disk;
use crate::secret::digest;
use crate::store::{AttachmentRecord, Citizen, UploadRecord};

/// The attachment of a finished upload; asking again gives the same. It goes on when the client hangs up: what is begun
/// keeps its place until it has ended, and whoever asks again finds it done.
pub(crate) async fn finish(backend: &Backend, citizen: &Citizen, id: &str) -> Result<AttachmentView, ApiError> {
    let (backend, citizen, id) = (backend.clone(), citizen.clone(), id.to_owned());
    let finishing = tokio::spawn(async move { finish_to_the_end(&backend, &citizen, &id).await });
    finishing.await.map_err(|_| ApiError::Internal)?
}

async fn finish_to_the_end(backend: &Backend, citizen: &Citizen, id: &str) -> Result<AttachmentView, ApiError> {
    if let Arrived::Done(attachment) = arrived(backend, citizen, id).await? {
        return Ok(view(&attachment));
    }
    let place = backend.attachments.place(&citizen.id).await?;
    // Another request may have been quicker.
    let (upload, state) = match arrived(backend, citizen, id).await? {
        Arrived::Done(attachment) => return Ok(view(&attachment)),
        Arrived::ToClean(upload, state) => (upload, state),
    };
    let draft = OpenDraft::of(backend, citizen, &upload.draft).await?;
    let metadata = UploadMetadata::of_state(&state);
    let accepts_pdf = settings(&draft, &metadata.field)?.accepts_pdf();
    let about = FileToClean { accepts_pdf, sha256: metadata.sha256.clone().map(as_digest) };
    let file = open(backend.uploads.pieces(&state)?).await?;
    match backend.attachments.clean(&place, file, &about).await? {
        Ok(cleaned) => {
            let attachment = keep(backend, citizen, id, metadata, cleaned).await?;
            backend.uploads.delete_pieces(&state).await?;
            Ok(view(&attachment))
        }
        Err(rejected) => {
            backend.store.refuse_upload(id, rejected).await?;
            backend.uploads.delete_pieces(&state).await?;
            Err(rejected.into())
        }
    }
}

/// Where an upload of which the last piece is there has got to.
enum Arrived {
    Done(Box<AttachmentRecord>),
    ToClean(Box<UploadRecord>, Box<UploadState>),
}

/// An error where the file was refused before, or pieces are missing.
async fn arrived(backend: &Backend, citizen: &Citizen, id: &str) -> Result<Arrived, ApiError> {
    if let Some(known) = backend.store.attachment_of(&citizen.id, id).await? {
        return Ok(Arrived::Done(Box::new(known)));
    }
    let upload = backend.store.upload(id).await?.filter(|upload| upload.citizen == citizen.id);
    let upload = upload.ok_or(ApiError::NotFound)?;
    if let Some(rejected) = upload.refused {
        return Err(rejected.into());
    }
    let state: UploadState = serde_json::from_str(&upload.state).map_err(UploadError::from)?;
    if !state.is_complete() {
        return Err(ApiError::NotArrived);
    }
    Ok(Arrived::ToClean(Box::new(upload), Box::new(state)))
}

/// The settings of the question that the file answers.
fn settings<'a>(draft: &'a OpenDraft, field: &str) -> Result<&'a Settings, ApiError> {
    draft.service.field(field).and_then(|field| field.kind.attachments()).ok_or(ApiError::NotFound)
}

/// Nothing but a digest goes to the program; anything else is the digest of no file.
fn as_digest(sent: String) -> String {
    if sent.bytes().all(|byte| byte.is_ascii_hexdigit()) { sent } else { String::new() }
}

async fn open(path: PathBuf) -> Result<std::fs::File, UploadError> {
    Ok(tokio::fs::File::open(path).await?.into_std().await)
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
        media_type: cleaned.media_type.name().to_owned(),
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
        if let AttachmentError::Cleaning(CleanerError::Busy | CleanerError::Stopped(_)) = error {
            tracing::warn!(%error, "attachments");
            return Self::Busy;
        }
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
