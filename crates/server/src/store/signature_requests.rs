//! Requests to sign a draft on another phone.

use async_trait::async_trait;
use contract::api::SignatureRequestState;

use super::{Admission, Citizen, DraftRecord, RateLimitUse, Seconds, StoreError};

#[derive(Clone, Debug)]
pub(crate) struct SignatureRequestRecord {
    pub(crate) id: String,
    pub(crate) draft: String,
    pub(crate) place: SignedPlace,
    pub(crate) signer: Signer,
    pub(crate) state: SignatureRequestState,
    pub(crate) since: Seconds,
    pub(crate) asked_at: Seconds,
    pub(crate) ends_at: Seconds,
    pub(crate) reason: String,
    pub(crate) reminders: u32,
    pub(crate) seen_hash: String,
    /// JSON of the lines.
    pub(crate) seen_review: String,
}

/// Where a signature stands: `field`, or `group.field` with the lasting name of the row, which is empty elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SignedPlace {
    pub(crate) field: String,
    pub(crate) row: String,
}

/// Whom the form names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signer {
    pub(crate) name: String,
    pub(crate) phone: String,
    /// Empty where the form asks for none.
    pub(crate) resident_id: String,
}

#[derive(Clone, Debug)]
pub(crate) struct NewSignatureRequestRecord {
    pub(crate) id: String,
    pub(crate) owner: String,
    pub(crate) draft: String,
    pub(crate) place: SignedPlace,
    pub(crate) signer: Signer,
    pub(crate) asked_at: Seconds,
    pub(crate) ends_at: Seconds,
    pub(crate) message: NewMessage,
}

/// An SMS to be written into the outbox.
#[derive(Clone, Debug)]
pub(crate) struct NewMessage {
    pub(crate) phone: String,
    pub(crate) text: String,
}

/// A request with the draft that it is about, and whose draft it is.
#[derive(Clone, Debug)]
pub(crate) struct FoundSignatureRequest {
    pub(crate) request: SignatureRequestRecord,
    pub(crate) owner: Citizen,
    pub(crate) draft: DraftRecord,
    /// The draft was sent.
    pub(crate) is_sent: bool,
}

/// The end of a live request, but for a signature.
#[derive(Clone, Debug)]
pub(crate) struct SignatureRequestEnd {
    pub(crate) id: String,
    pub(crate) state: SignatureRequestState,
    pub(crate) reason: String,
    /// For the audit: `citizen:<id>` or `system`.
    pub(crate) actor: String,
    pub(crate) message: Option<NewMessage>,
    pub(crate) at: Seconds,
}

/// What a change of a draft does to its signatures.
#[derive(Clone, Debug, Default)]
pub(crate) struct SignatureChanges {
    /// The request that the change answers, by which citizen, and the message to the owner.
    pub(crate) answered: Option<AnsweredRequest>,
    /// Places that have a new signature: nobody else is asked any more.
    pub(crate) written: Vec<SignedPlace>,
    /// Requests whose signatures stand no more, and what their signers are told.
    pub(crate) lost: Vec<String>,
    pub(crate) says_to_signers: String,
    /// What the owner is told where a request was answered by a signature that is lost now.
    pub(crate) to_owner: Option<NewMessage>,
}

#[derive(Clone, Debug)]
pub(crate) struct AnsweredRequest {
    pub(crate) id: String,
    pub(crate) signer: String,
    pub(crate) message: NewMessage,
}

#[async_trait]
pub(crate) trait SignatureRequestStore: Send + Sync {
    /// Asks, counts and writes the message. The request that lives already is given instead, if it names the same
    /// person; one that names somebody else ends.
    async fn request_signature(
        &self,
        new: NewSignatureRequestRecord,
        uses: Vec<RateLimitUse>,
    ) -> Result<Admission<SignatureRequestRecord>, StoreError>;

    /// Of a draft, the newest first.
    async fn signature_requests_of(&self, draft: &str) -> Result<Vec<SignatureRequestRecord>, StoreError>;

    async fn signature_request(&self, id: &str) -> Result<Option<FoundSignatureRequest>, StoreError>;

    /// Writes down what the signer sees of a live request.
    async fn see_signature_request(
        &self,
        id: &str,
        signer: &str,
        hash: &str,
        review: &str,
        now: Seconds,
    ) -> Result<(), StoreError>;

    /// State, audit and message together; false where the request no longer lives.
    async fn end_signature_request(&self, end: SignatureRequestEnd) -> Result<bool, StoreError>;

    /// Live requests that were made before, or have ended.
    async fn waiting_signature_requests(&self, asked_before: Seconds, now: Seconds) -> Result<Vec<String>, StoreError>;

    /// Writes the reminder with this number; false where it was written already, or the request no longer lives.
    async fn remind_signer(&self, id: &str, number: u32, message: NewMessage, now: Seconds)
    -> Result<bool, StoreError>;
}
