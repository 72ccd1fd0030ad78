//! What a change of the answers does to the signatures under them, and to the requests that were answered by these.

use std::collections::BTreeMap;

use contract::answers::ROW;
use contract::kinds::Signature;
use contract::signing::SigningPlace;
use contract::{Answers, Journey, Service};
use serde_json::Value;

use super::{OpenDraft, normalise};
use crate::signature_request::voided;
use crate::store::{AnsweredRequest, Citizen, NewMessage, SignatureChanges, SignedPlace};

impl OpenDraft {
    /// Whether the signature at a place, if there is one, stands under what would be sent. The day alone may change that.
    pub(crate) fn holds(&self, journey: &Journey<'_>, place: &SigningPlace<'_>) -> bool {
        let signature = place.signed(&journey.answers);
        let is_as_before = || self.signed_before(journey).is_some_and(|before| place.signed(before) == signature);
        let signed = signature.get("signed").and_then(Value::as_str);
        signed.is_none_or(|signed| signed == self.signed_hash(journey)) || is_as_before()
    }

    /// What follows from the answers after a change.
    pub(super) fn signature_changes(
        &self,
        owner: &Citizen,
        after: &Answers,
        answered: Option<AnsweredRequest>,
    ) -> SignatureChanges {
        let before = &self.record.answers;
        let (then, now) = (signed(&self.service, before), signed(&self.service, after));
        let lost = requests(&then).filter(|request| !requests(&now).any(|other| other == *request));
        let written = now.iter().filter(|(place, signature)| then.get(place) != Some(signature));
        let is_changed = normalise::is_other_content(&self.service, &self.context, before, after);
        let (says_to_signers, says_to_owner) = voided(&self.service, is_changed);
        SignatureChanges {
            answered,
            written: written.map(|(place, _)| place.clone()).collect(),
            lost: lost.map(str::to_owned).collect(),
            says_to_signers,
            to_owner: Some(NewMessage { phone: owner.phone.clone(), text: says_to_owner }),
        }
    }
}

type Signatures<'a> = BTreeMap<SignedPlace, &'a Value>;

/// The requests that these signatures answered.
fn requests<'a>(signatures: &Signatures<'a>) -> impl Iterator<Item = &'a str> {
    signatures.values().filter_map(|signature| signature.get("request").and_then(Value::as_str))
}

/// The places that hold a signature.
fn signed<'a>(service: &Service, answers: &'a Answers) -> Signatures<'a> {
    let mut signatures = Signatures::new();
    for path in service.signature_paths() {
        let Some((group, inner)) = path.split_once('.') else {
            signatures.insert(SignedPlace { field: path.clone(), row: String::new() }, answers.get(&path));
            continue;
        };
        for row in answers.rows(group) {
            let name = row.get(ROW).and_then(Value::as_str).unwrap_or_default().to_owned();
            let signature = row.get(inner).unwrap_or(&Value::Null);
            signatures.insert(SignedPlace { field: path.clone(), row: name }, signature);
        }
    }
    signatures.retain(|_, signature| !Signature::is_nothing(signature));
    signatures
}
