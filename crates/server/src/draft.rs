//! A draft with the definition that it is pinned to: what it looks like to its owner, and what it would send.

mod change;
mod correction;
mod normalise;
mod prefill;
mod renewal;
mod sibling;
mod signatures;
mod spelling;

use std::collections::HashSet;
use std::sync::Arc;

use contract::api::{Draft, DraftSummary};
use contract::journey::Context;
use contract::{Answers, Journey, Service};
use serde_json::{Value, json};

use crate::backend::Backend;
use crate::casework::CorrectionRequests;
use crate::error::ApiError;
use crate::messages;
use crate::partners::rfc3339;
use crate::secret::digest;
use crate::store::{AnsweredRequest, ChangedDraft, Citizen, DraftRecord, Saved};

pub(crate) use change::{LARGEST_ANSWERS_BYTES, apply_change};
pub(crate) use correction::{answers_as_sent, forbidden_changes};
pub(crate) use normalise::{Author, invalidate_signatures};
pub(crate) use prefill::known_answers;
pub(crate) use renewal::kept;
pub(crate) use sibling::shared;
pub(crate) use spelling::spelled_entry;

/// A draft, its definition, and the day and place that decide about its journey.
pub(crate) struct OpenDraft {
    pub(crate) record: DraftRecord,
    pub(crate) service: Arc<Service>,
    pub(crate) context: Context,
    /// In a draft that corrects a returned case: the corrections that the office asked for.
    pub(crate) requested_corrections: CorrectionRequests,
}

impl OpenDraft {
    /// The citizen's own draft; anybody else's is not there.
    pub(crate) async fn of(backend: &Backend, citizen: &Citizen, id: &str) -> Result<Self, ApiError> {
        let record = backend.store.draft_of(&citizen.id, id).await?.ok_or(ApiError::NotFound)?;
        let draft = Self::with(backend, record).await?;
        if draft.is_obsolete() { Err(ApiError::NotFound) } else { Ok(draft) }
    }

    /// Whether the office no longer asks for the correction: the applicant withdrew the case, or the office went on
    /// without it.
    pub(crate) fn is_obsolete(&self) -> bool {
        self.record.corrects.is_some() && self.requested_corrections.returns.is_empty()
    }

    pub(crate) async fn with(backend: &Backend, record: DraftRecord) -> Result<Self, ApiError> {
        let version = record.service_version;
        let service = backend.catalogue.version(&*backend.store, &record.service, version, &record.division).await?;
        let service = service.ok_or_else(|| {
            tracing::error!(service = record.service, version, "a draft's definition is gone");
            ApiError::Internal
        })?;
        let context = backend.context(&record.division);
        let requested_corrections = match &record.corrects {
            Some(reference) => CorrectionRequests::of_reference(backend, reference).await?,
            None => CorrectionRequests::default(),
        };
        Ok(Self { record, service, context, requested_corrections })
    }

    pub(crate) fn journey(&self) -> Journey<'_> {
        self.service.journey(&self.record.answers, &self.context)
    }

    /// Normalises and saves the answers over the version that the change was made on, and returns the saved draft.
    pub(crate) async fn save(
        self,
        backend: &Backend,
        citizen: &Citizen,
        answers: Answers,
        step: Option<String>,
    ) -> Result<Self, ApiError> {
        self.write(backend, citizen, answers, step, None).await
    }

    /// The same where the change is the answer to a request to sign. `InFlight` where the request was answered, taken
    /// back or ended meanwhile.
    pub(crate) async fn save_answered(
        self,
        backend: &Backend,
        owner: &Citizen,
        answers: Answers,
        answered: AnsweredRequest,
    ) -> Result<Self, ApiError> {
        self.write(backend, owner, answers, None, Some(answered)).await
    }

    async fn write(
        self,
        backend: &Backend,
        citizen: &Citizen,
        answers: Answers,
        step: Option<String>,
        answered: Option<AnsweredRequest>,
    ) -> Result<Self, ApiError> {
        let DraftRecord { id, version, .. } = &self.record;
        let author = Author { citizen, now: rfc3339(backend.now()) };
        let answers = normalise::normalised(&self.service, &self.context, &author, &self.record.answers, &answers);
        let kept: HashSet<_> = answers.files().into_iter().collect();
        let removed = self.record.answers.files().into_iter().filter(|file| !kept.contains(file));
        let removed_files = removed.map(str::to_owned).collect();
        let signatures = self.signature_changes(citizen, &answers, answered);
        let is_told = !signatures.lost.is_empty();
        let changed = ChangedDraft { removed_files, answers, step, division: self.record.division.clone(), signatures };
        let saved = backend.store.save_draft(&citizen.id, id, *version, changed, backend.now()).await;
        match saved.map_err(|error| if error.is_changed() { ApiError::InFlight } else { error.into() })? {
            Saved::Yes(record, orphans) => {
                backend.erase(orphans).await;
                if is_told {
                    messages::deliver_soon(backend);
                }
                Ok(Self { record, ..self })
            }
            Saved::Stale(record) => Err(Self { record, ..self }.stale()),
            Saved::Gone => Err(ApiError::NotFound),
        }
    }

    /// The draft as it is judged where it is decided from now on. Nothing is written yet.
    pub(crate) async fn moved_to(self, backend: &Backend, division: String) -> Result<Self, ApiError> {
        Self::with(backend, DraftRecord { division, ..self.record }).await
    }

    /// Refuses a change that the client made on another version.
    pub(crate) fn require_version(self, version: u64) -> Result<Self, ApiError> {
        if self.record.version == version { Ok(self) } else { Err(self.stale()) }
    }

    /// Refuses an answer that may not be stored before a consent is given. `path` names a field, or a field of a group.
    pub(crate) fn require_consent(&self, path: &str) -> Result<(), ApiError> {
        let name = path.split_once('.').map_or(path, |(group, _)| group);
        let is_withheld = self.service.withheld(&self.record.answers).iter().any(|field| field.id == *name);
        if is_withheld { Err(ApiError::ConsentNeeded) } else { Ok(()) }
    }

    pub(crate) fn stale(&self) -> ApiError {
        ApiError::Stale(Box::new(self.view()))
    }

    pub(crate) fn view(&self) -> Draft {
        let record = &self.record;
        Draft {
            id: record.id.clone(),
            service: self.service.id.clone(),
            service_version: record.service_version,
            division: self.context.division.clone(),
            answers: record.answers.clone(),
            step: record.step.as_deref().map(Into::into),
            version: record.version,
            content_hash: self.content_hash(&self.journey()),
            saved_at: rfc3339(record.saved_at),
            correction_requests: self.requested_corrections.reasons.clone(),
            returns: self.requested_corrections.returns.clone(),
            begun_with: record.begun_with.clone(),
        }
    }

    pub(crate) fn summary(&self) -> DraftSummary {
        let journey = self.journey();
        let open = self.service.first_open_step(&journey).map(|open| &open.step.id);
        let steps_done = journey.steps.iter().take_while(|step| Some(&step.step.id) != open).count();
        DraftSummary {
            id: self.record.id.clone(),
            service: self.service.id.clone(),
            title: self.service.title.clone(),
            step: self.record.step.as_deref().map(Into::into),
            steps_done,
            steps: journey.steps.len(),
            saved_at: rfc3339(self.record.saved_at),
        }
    }

    /// The hash of the answers that would be sent; hidden answers do not count.
    pub(crate) fn content_hash(&self, journey: &Journey<'_>) -> String {
        self.hash(&journey.answers)
    }

    /// The hash that a signature signs: the same without the signatures and what is asked later.
    pub(crate) fn signed_hash(&self, journey: &Journey<'_>) -> String {
        self.hash(&normalise::signed_content(&self.service, journey))
    }

    /// The answers that a correction began with, while all that was signed then is as it was. The signatures in them
    /// still stand, although the hash is another: a correction has copies of the files, under ids of their own.
    pub(crate) fn signed_before(&self, journey: &Journey<'_>) -> Option<&Answers> {
        let begun_with = self.record.begun_with.as_ref()?;
        let before = self.service.journey(begun_with, &self.context);
        let content = |journey| normalise::signed_content(&self.service, journey);
        (content(&before) == content(journey)).then_some(begun_with)
    }

    fn hash(&self, answers: &Answers) -> String {
        let content = json!({
            "service": self.service.id,
            "version": self.service.version,
            "division": self.context.division,
            "answers": answers,
        });
        digest(canonical(&content).as_bytes())
    }
}

/// JSON without blanks and with sorted keys, whatever order the map keeps them in.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let mut entries: Vec<_> = object.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            let parts =
                entries.iter().map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), canonical(value)));
            format!("{{{}}}", parts.collect::<Vec<_>>().join(","))
        }
        Value::Array(all) => format!("[{}]", all.iter().map(canonical).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_json_does_not_depend_on_the_order_of_keys() {
        let value: Value = serde_json::from_str(r#"{"b": [1, {"d": "x", "c": null}], "a": "\"é"}"#).unwrap();
        assert_eq!(canonical(&value), r#"{"a":"\"é","b":[1,{"c":null,"d":"x"}]}"#);
    }
}
