//! The person whom a request names: sees what would be sent, signs exactly that, or says why not. For anybody else the
//! request is not there.

use contract::api::{
    Objection, RemoteSignature, ReviewedLine, ReviewedStep, SignatureRequestState, ToSign, ToSignView,
};
use contract::journey::JourneyStep;
use contract::legible::{Lines, illegible};
use contract::service::Severity;
use contract::signing::SigningPlace;
use contract::{FieldError, Journey, Lang, Text};
use serde_json::{Value, json};

use super::written::{WrittenSignature, plain};
use super::{current_place, state_now, words};
use crate::backend::Backend;
use crate::draft::OpenDraft;
use crate::error::ApiError;
use crate::messages;
use crate::partners::rfc3339;
use crate::store::{
    AnsweredRequest, Citizen, FoundSignatureRequest, NewMessage, SignatureRequestEnd, SignatureRequestRecord,
};

const LONGEST_REASON: usize = 500;
/// The owner may save other things at the same moment.
const MOST_TRIES: usize = 5;

/// A request, opened by the person whom it names.
pub(crate) struct RequestToSign {
    record: SignatureRequestRecord,
    owner: Citizen,
    draft: OpenDraft,
    is_sent: bool,
}

impl RequestToSign {
    /// For strangers, the owner included, there is none.
    pub(crate) async fn of(backend: &Backend, citizen: &Citizen, id: &str) -> Result<Self, ApiError> {
        let found = backend.store.signature_request(id).await?.ok_or(ApiError::NotFound)?;
        let FoundSignatureRequest { request: record, owner, draft, is_sent } = found;
        if citizen.id == owner.id || !is_signer(&record, citizen) {
            return Err(ApiError::NotFound);
        }
        let draft = OpenDraft::with(backend, draft).await?;
        Ok(Self { record, owner, draft, is_sent })
    }

    /// What the signer sees; opening it is written down.
    pub(crate) async fn view(&self, backend: &Backend, citizen: &Citizen) -> Result<ToSignView, ApiError> {
        let journey = self.draft.journey();
        let state = self.state(backend, &journey);
        let place = current_place(&self.draft, &journey, &self.record).filter(|_| state.is_live());
        let to_sign = place.map(|place| self.to_sign(&journey, &place));
        if let Some(to_sign) = &to_sign {
            let review = serde_json::to_string(&to_sign.steps)?;
            if to_sign.content_hash != self.record.seen_hash || state == SignatureRequestState::Sent {
                let (id, hash) = (&self.record.id, &to_sign.content_hash);
                backend.store.see_signature_request(id, &citizen.id, hash, &review, backend.now()).await?;
            }
        }
        let signature = self.draft.service.field(&self.record.place.field).and_then(|field| field.kind.signature());
        Ok(ToSignView {
            state: if state == SignatureRequestState::Sent { SignatureRequestState::Seen } else { state },
            title: self.draft.service.title.clone(),
            role: signature.and_then(|signature| signature.role.clone()).unwrap_or_default(),
            asked_by: words::masked(&self.owner.name),
            ends_at: rfc3339(self.record.ends_at),
            to_sign,
        })
    }

    /// Signs the content with this hash, and nothing else.
    pub(crate) async fn sign(
        backend: &Backend,
        citizen: &Citizen,
        id: &str,
        signature: &RemoteSignature,
    ) -> Result<ToSignView, ApiError> {
        for _ in 0..MOST_TRIES {
            let request = Self::of(backend, citizen, id).await?;
            if request.is_signed_already(&signature.content_hash) {
                return request.view(backend, citizen).await;
            }
            match request.sign_once(backend, citizen, signature).await {
                // The owner saved something meanwhile, or somebody answered: it is looked at again.
                Err(ApiError::Stale(_) | ApiError::InFlight) => {}
                // The draft was sent or deleted meanwhile.
                Err(ApiError::NotFound) => return Err(ApiError::RequestClosed),
                Err(error) => return Err(error),
                Ok(()) => {
                    messages::deliver_soon(backend);
                    return Self::of(backend, citizen, id).await?.view(backend, citizen).await;
                }
            }
        }
        Err(ApiError::Busy)
    }

    async fn sign_once(
        self,
        backend: &Backend,
        citizen: &Citizen,
        signature: &RemoteSignature,
    ) -> Result<(), ApiError> {
        let Self { record, owner, draft, .. } = &self;
        let journey = draft.journey();
        if !self.state(backend, &journey).is_live() {
            return Err(ApiError::RequestClosed);
        }
        let place = current_place(draft, &journey, record).ok_or(ApiError::RequestClosed)?;
        let hash = draft.signed_hash(&journey);
        if hash != signature.content_hash {
            return Err(ApiError::SignedContentChanged(self.changes(&journey, &signature.content_hash)));
        }
        let written = WrittenSignature {
            strokes: signature.strokes.as_deref(),
            typed: signature.typed.as_deref(),
            hash: &hash,
            at: rfc3339(backend.now()),
        };
        let mut value = written.value(draft, &journey, &place)?;
        // As themself, not as whoever holds the owner's phone.
        value["signer"] = json!(citizen.name);
        value["request"] = json!(record.id);
        let mut answers = draft.record.answers.clone();
        answers.set_at(&place.path, place.row_name(), value);
        let answered = AnsweredRequest {
            id: record.id.clone(),
            signer: citizen.id.clone(),
            message: NewMessage { phone: owner.phone.clone(), text: words::signed(&draft.service, record) },
        };
        let (owner, draft) = (self.owner.clone(), self.draft);
        draft.save_answered(backend, &owner, answers, answered).await.map(drop)
    }

    /// Keeps the signer's reason, and tells the owner.
    pub(crate) async fn object(
        backend: &Backend,
        citizen: &Citizen,
        id: &str,
        objection: &Objection,
    ) -> Result<ToSignView, ApiError> {
        let reason = checked_reason(&objection.reason)?;
        let request = Self::of(backend, citizen, id).await?;
        let is_repeated = request.record.state == SignatureRequestState::Objected && request.record.reason == reason;
        if !is_repeated {
            if !request.state(backend, &request.draft.journey()).is_live() {
                return Err(ApiError::RequestClosed);
            }
            let text = words::objected(&request.draft.service, &request.record);
            let end = SignatureRequestEnd {
                id: id.to_owned(),
                state: SignatureRequestState::Objected,
                reason,
                actor: format!("citizen:{}", citizen.id),
                message: Some(NewMessage { phone: request.owner.phone.clone(), text }),
                at: backend.now(),
            };
            if !backend.store.end_signature_request(end).await? {
                return Err(ApiError::RequestClosed);
            }
            messages::deliver_soon(backend);
        }
        Self::of(backend, citizen, id).await?.view(backend, citizen).await
    }

    /// A draft that was sent or given up waits for nobody.
    fn state(&self, backend: &Backend, journey: &Journey<'_>) -> SignatureRequestState {
        match state_now(backend, &self.draft, journey, &self.record) {
            live if live.is_live() && (self.is_sent || self.draft.is_obsolete()) => SignatureRequestState::Cancelled,
            other => other,
        }
    }

    /// The same signature sent twice.
    fn is_signed_already(&self, hash: &str) -> bool {
        let place = &self.record.place;
        let row = Some(place.row.as_str()).filter(|row| !row.is_empty());
        let signature = self.draft.record.answers.at(&place.field, row);
        self.record.state == SignatureRequestState::Signed
            && signature.get("request").and_then(Value::as_str) == Some(&self.record.id)
            && signature.get("signed").and_then(Value::as_str) == Some(hash)
    }

    fn to_sign(&self, journey: &Journey<'_>, place: &SigningPlace<'_>) -> ToSign {
        let service = &self.draft.service;
        let asked = service.asked_materials(journey);
        let papers = asked.iter().filter(|one| one.material.signed_by.iter().any(|id| *id.0 == place.path));
        ToSign {
            name: place.named(service, &journey.answers, &place.signature.signer).to_owned(),
            content_hash: self.draft.signed_hash(journey),
            papers: papers.map(|one| one.material.title.clone()).collect(),
            steps: review(journey),
        }
    }

    /// Where the review differs from what the signer saw; empty where they saw something else again.
    fn changes(&self, journey: &Journey<'_>, seen_hash: &str) -> Vec<FieldError> {
        if self.record.seen_hash != seen_hash {
            return Vec::new();
        }
        let seen: Vec<ReviewedStep> = serde_json::from_str(&self.record.seen_review).unwrap_or_default();
        let seen: Vec<ReviewedLine> = seen.into_iter().flat_map(|step| step.lines).collect();
        let now = review(journey).into_iter().flat_map(|step| {
            let id = step.id;
            step.lines.into_iter().map(move |line| (id.clone(), line))
        });
        let changed = now.filter(|(_, line)| !seen.contains(line));
        changed
            .map(|(step, line)| FieldError {
                step,
                field: line.field,
                row: None,
                severity: Severity::Block,
                code: "changed".to_owned(),
                message: Text::new(
                    format!("{}：{}", line.label.zh, line.says.zh),
                    format!("{}: {}", line.label.en, line.says.en),
                ),
            })
            .collect()
    }
}

/// By the resident number that the identity service vouches for; where the form asks for no number, by the phone, and by
/// the name if the service knows one: a mistyped number must not open a family's papers to whoever has it.
fn is_signer(record: &SignatureRequestRecord, citizen: &Citizen) -> bool {
    let SignatureRequestRecord { signer, .. } = record;
    let is_named = || citizen.name.is_empty() || plain(&citizen.name) == plain(&signer.name);
    match signer.resident_id.as_str() {
        "" => !signer.phone.is_empty() && citizen.phone == signer.phone && is_named(),
        number => citizen.resident_id == number,
    }
}

/// What is signed, as the review shows it: neither the signatures nor what is asked later.
fn review(journey: &Journey<'_>) -> Vec<ReviewedStep> {
    let of_step = |step: &JourneyStep<'_>| {
        let lines = step.reviewed(&journey.answers).into_iter();
        let signed = lines.filter(|line| line.shown.field.kind.signature().is_none() && !line.shown.field.later);
        let lines = signed.map(|line| ReviewedLine {
            field: line.shown.field.id.0.clone(),
            label: Text::new(line.label(Lang::Zh), line.label(Lang::En)),
            says: Text::new(line.says(Lang::Zh), line.says(Lang::En)),
        });
        ReviewedStep { id: step.step.id.clone(), title: step.step.title.clone(), lines: lines.collect() }
    };
    journey.steps.iter().map(of_step).filter(|step| !step.lines.is_empty()).collect()
}

fn checked_reason(reason: &str) -> Result<String, ApiError> {
    let reason = reason.trim();
    let length = reason.chars().count();
    let says = match length {
        0 => Text::new("请写一写哪里不对", "Say what is not right"),
        1..=LONGEST_REASON if illegible(reason, Lines::Many).is_none() => return Ok(reason.to_owned()),
        1..=LONGEST_REASON => Text::new("里面有认不出的字，请改一下", "It has characters that cannot be read"),
        _ => Text::new("最多写 500 个字", "Use at most 500 characters"),
    };
    Err(ApiError::Invalid(vec![FieldError {
        step: Default::default(),
        field: "reason".to_owned(),
        row: None,
        severity: Severity::Block,
        code: "reason".to_owned(),
        message: says,
    }]))
}
