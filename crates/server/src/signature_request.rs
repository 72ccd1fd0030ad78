//! Asking somebody to sign a draft on their own phone. A request is bound to one draft, one place and one person; its
//! address opens nothing by itself.

mod scheduled;
mod signer;
mod words;
mod written;

use contract::api::{NewSignatureRequest, SignatureRequestState, SignatureRequestView, SignerView, SignersView};
use contract::field::Kind;
use contract::kinds::{Phone, Remote, Signature};
use contract::service::Severity;
use contract::signing::SigningPlace;
use contract::{FieldError, Journey, Lang, Text};
use serde_json::Value;
use uuid::Uuid;

use crate::backend::Backend;
use crate::draft::OpenDraft;
use crate::error::ApiError;
use crate::messages;
use crate::partners::rfc3339;
use crate::rate_limit::{SIGNATURE_REQUESTS_OF_DRAFT, SIGNATURE_REQUESTS_OF_PHONE};
use crate::store::{
    Admission, Citizen, NewMessage, NewSignatureRequestRecord, SignatureRequestEnd, SignatureRequestRecord,
    SignedPlace, Signer,
};

pub(crate) use scheduled::remind_signers;
pub(crate) use signer::RequestToSign;
pub(crate) use words::voided;
pub(crate) use written::written;

const DAY_SECONDS: i64 = 24 * 60 * 60;

/// Asks the person whom the form names at a place.
pub(crate) async fn request(
    backend: &Backend,
    owner: &Citizen,
    draft: &str,
    new: &NewSignatureRequest,
) -> Result<SignatureRequestView, ApiError> {
    let draft = OpenDraft::of(backend, owner, draft).await?;
    let journey = draft.journey();
    let place = journey.signing_place(&new.field, new.row.as_deref()).ok_or(ApiError::NotFound)?;
    let remote = place.signature.remote.as_ref().ok_or(ApiError::NotFound)?;
    require_complete(&draft, &journey)?;
    let signer = named_signer(&draft, &journey, &place).ok_or_else(|| unnamed(&place))?;
    let is_own_number = !signer.resident_id.is_empty() && signer.resident_id == owner.resident_id;
    if is_own_number || signer.phone == owner.phone {
        return Err(ApiError::OwnSignature);
    }
    let record = new_record(backend, owner, &draft, &place, remote, signer);
    let uses = vec![
        SIGNATURE_REQUESTS_OF_DRAFT.of(backend, &record.draft),
        SIGNATURE_REQUESTS_OF_PHONE.of(backend, &record.signer.phone),
    ];
    match backend.store.request_signature(record, uses).await? {
        Admission::Granted(record) => {
            messages::deliver_soon(backend);
            Ok(view(backend, &draft, &journey, record))
        }
        Admission::Refused { seconds } => Err(ApiError::TooMany { retry_after_seconds: seconds.unsigned_abs() }),
    }
}

fn new_record(
    backend: &Backend,
    owner: &Citizen,
    draft: &OpenDraft,
    place: &SigningPlace<'_>,
    remote: &Remote,
    signer: Signer,
) -> NewSignatureRequestRecord {
    let (id, asked_at) = (Uuid::new_v4().to_string(), backend.now());
    let ends_at = asked_at + i64::from(remote.ends_after_days) * DAY_SECONDS;
    let text = words::asked(backend, owner, &draft.service, place, &id, ends_at);
    NewSignatureRequestRecord {
        owner: owner.id.clone(),
        draft: draft.record.id.clone(),
        place: place_of(place),
        message: NewMessage { phone: signer.phone.clone(), text },
        id,
        signer,
        asked_at,
        ends_at,
    }
}

/// The requests of a draft, the newest first.
pub(crate) async fn list(
    backend: &Backend,
    owner: &Citizen,
    draft: &str,
) -> Result<Vec<SignatureRequestView>, ApiError> {
    let draft = OpenDraft::of(backend, owner, draft).await?;
    let journey = draft.journey();
    let records = backend.store.signature_requests_of(&draft.record.id).await?;
    Ok(records.into_iter().map(|record| view(backend, &draft, &journey, record)).collect())
}

/// Who can be asked, and what became of it.
pub(crate) async fn signers(backend: &Backend, owner: &Citizen, draft: &str) -> Result<SignersView, ApiError> {
    let draft = OpenDraft::of(backend, owner, draft).await?;
    let journey = draft.journey();
    let records = backend.store.signature_requests_of(&draft.record.id).await?;
    let signer = |place: &SigningPlace<'_>| {
        let remote = place.signature.remote.as_ref()?;
        let newest = records.iter().find(|record| record.place == place_of(place));
        let answer = |name| place.named(&draft.service, &journey.answers, name).to_owned();
        Some(SignerView {
            step: place.step.clone(),
            field: place.path.clone(),
            row: place.row_name().map(str::to_owned),
            role: place.signature.role.clone().unwrap_or_default(),
            name: answer(&remote.name),
            phone: masked_phone(answer(&remote.phone)),
            is_signed: !Signature::is_nothing(place.signed(&journey.answers)) && draft.holds(&journey, place),
            unsigned: place.signature.unsigned.clone().unwrap_or_default(),
            request: newest.map(|record| view(backend, &draft, &journey, record.clone())),
        })
    };
    let signers = journey.signing_places().iter().filter_map(signer).collect();
    Ok(SignersView { title: draft.service.title.clone(), signers })
}

/// Takes a request back. One that has ended stays as it is.
pub(crate) async fn cancel(backend: &Backend, owner: &Citizen, draft: &str, id: &str) -> Result<(), ApiError> {
    let draft = OpenDraft::of(backend, owner, draft).await?;
    let records = backend.store.signature_requests_of(&draft.record.id).await?;
    if !records.iter().any(|record| record.id == id) {
        return Err(ApiError::NotFound);
    }
    let end = SignatureRequestEnd {
        id: id.to_owned(),
        state: SignatureRequestState::Cancelled,
        reason: String::new(),
        actor: format!("citizen:{}", owner.id),
        message: None,
        at: backend.now(),
    };
    backend.store.end_signature_request(end).await?;
    Ok(())
}

/// Nobody is asked to sign what is still to be filled in: the signature would not outlive it.
fn require_complete(draft: &OpenDraft, journey: &Journey<'_>) -> Result<(), ApiError> {
    let signatures = draft.service.signature_paths();
    let is_open = |error: &FieldError| error.blocks() && !signatures.contains(&error.field);
    let open: Vec<_> = draft.service.check(journey).into_iter().filter(is_open).collect();
    if open.is_empty() { Ok(()) } else { Err(ApiError::NotReady(open)) }
}

/// Whom the answers name at a place; `None` as long as something of it is missing.
fn named_signer(draft: &OpenDraft, journey: &Journey<'_>, place: &SigningPlace<'_>) -> Option<Signer> {
    let remote = place.signature.remote.as_ref()?;
    let answer = |name| place.named(&draft.service, &journey.answers, name).to_owned();
    let resident_id = remote.id.as_ref().map(answer);
    let signer = Signer {
        name: answer(&remote.name),
        phone: answer(&remote.phone),
        resident_id: resident_id.clone().unwrap_or_default(),
    };
    let is_known = !signer.name.is_empty() && !signer.phone.is_empty() && resident_id.is_none_or(|id| !id.is_empty());
    is_known.then_some(signer)
}

fn unnamed(place: &SigningPlace<'_>) -> ApiError {
    ApiError::NotReady(vec![error(
        place,
        "signer-unknown",
        Text::new("请先填好签名人的姓名、手机号和证件号", "Enter the signer's name, mobile number and document first"),
    )])
}

fn error(place: &SigningPlace<'_>, code: &str, message: Text) -> FieldError {
    FieldError {
        step: place.step.clone(),
        field: place.path.clone(),
        row: place.row.as_ref().map(|(_, at)| *at),
        severity: Severity::Block,
        code: code.to_owned(),
        message,
    }
}

fn place_of(place: &SigningPlace<'_>) -> SignedPlace {
    SignedPlace { field: place.path.clone(), row: place.row_name().unwrap_or_default().to_owned() }
}

/// The place of a request, if the answers still ask for this signature of this person.
fn current_place<'a>(
    draft: &OpenDraft,
    journey: &Journey<'a>,
    record: &SignatureRequestRecord,
) -> Option<SigningPlace<'a>> {
    let place = journey.signing_places().into_iter().find(|place| place_of(place) == record.place)?;
    (named_signer(draft, journey, &place)? == record.signer).then_some(place)
}

/// The state as it is now: days pass and answers change before anybody writes it down.
fn state_now(
    backend: &Backend,
    draft: &OpenDraft,
    journey: &Journey<'_>,
    record: &SignatureRequestRecord,
) -> SignatureRequestState {
    match record.state {
        live if live.is_live() && record.ends_at <= backend.now() => SignatureRequestState::Ended,
        live if live.is_live() && current_place(draft, journey, record).is_none() => SignatureRequestState::Cancelled,
        SignatureRequestState::Signed if !still_holds(draft, journey, record) => SignatureRequestState::Voided,
        other => other,
    }
}

/// Whether what was signed is still what would be sent, as far as the draft asks for this signature.
fn still_holds(draft: &OpenDraft, journey: &Journey<'_>, record: &SignatureRequestRecord) -> bool {
    let place = journey.signing_places().into_iter().find(|place| place_of(place) == record.place);
    place.is_none_or(|place| draft.holds(journey, &place))
}

fn view(
    backend: &Backend,
    draft: &OpenDraft,
    journey: &Journey<'_>,
    record: SignatureRequestRecord,
) -> SignatureRequestView {
    let state = state_now(backend, draft, journey, &record);
    let SignatureRequestRecord { id, place, signer, since, asked_at, ends_at, reason, .. } = record;
    let signature = draft.service.field(&place.field).and_then(|field| field.kind.signature());
    let text = |text: Option<&Text>| text.cloned().unwrap_or_default();
    SignatureRequestView {
        id,
        role: text(signature.and_then(|signature| signature.role.as_ref())),
        unsigned: text(signature.and_then(|signature| signature.unsigned.as_ref())),
        field: place.field,
        row: (!place.row.is_empty()).then_some(place.row),
        state,
        name: signer.name,
        phone: masked_phone(signer.phone),
        asked_at: rfc3339(asked_at),
        ends_at: rfc3339(ends_at),
        since: rfc3339(since),
        reason: (!reason.is_empty()).then_some(reason),
    }
}

fn masked_phone(phone: String) -> String {
    Phone::default().show(&Value::from(phone), Lang::Zh)
}
