//! A signature, as a hand wrote it or as it was typed.

use contract::api::NewSignature;
use contract::kinds::are_strokes;
use contract::signing::SigningPlace;
use contract::{Journey, Text};
use serde_json::{Value, json};

use super::error;
use crate::backend::Backend;
use crate::draft::OpenDraft;
use crate::error::ApiError;
use crate::partners::rfc3339;

/// A signature as it was written, and what it stands under.
pub(crate) struct WrittenSignature<'a> {
    pub(crate) strokes: Option<&'a str>,
    pub(crate) typed: Option<&'a str>,
    pub(crate) hash: &'a str,
    /// RFC 3339.
    pub(crate) at: String,
}

impl WrittenSignature<'_> {
    /// The answer, if it is one name. A typed one must be that of the signer.
    pub(crate) fn value(
        &self,
        draft: &OpenDraft,
        journey: &Journey<'_>,
        place: &SigningPlace<'_>,
    ) -> Result<Value, ApiError> {
        let (signed, at) = (self.hash, &self.at);
        match (self.strokes, self.typed) {
            (Some(strokes), None) if are_strokes(strokes) => {
                Ok(json!({ "strokes": strokes, "signed": signed, "at": at }))
            }
            (None, Some(typed)) => {
                require_signer(draft, journey, place, typed)?;
                Ok(json!({ "typed": typed.trim(), "signed": signed, "at": at }))
            }
            _ => {
                let says = "send `strokes` such as `M10 20L30 40`, or the name `typed`";
                Err(ApiError::Unreadable(says.to_owned()))
            }
        }
    }
}

/// A signature on the owner's phone, as the answer at a place.
pub(crate) fn written(
    backend: &Backend,
    draft: &OpenDraft,
    journey: &Journey<'_>,
    place: &SigningPlace<'_>,
    signature: &NewSignature,
) -> Result<Value, ApiError> {
    let hash = draft.signed_hash(journey);
    let written = WrittenSignature {
        strokes: signature.strokes.as_deref(),
        typed: signature.typed.as_deref(),
        hash: &hash,
        at: rfc3339(backend.now()),
    };
    written.value(draft, journey, place)
}

fn require_signer(
    draft: &OpenDraft,
    journey: &Journey<'_>,
    place: &SigningPlace<'_>,
    typed: &str,
) -> Result<(), ApiError> {
    let name = place.named(&draft.service, &journey.answers, &place.signature.signer);
    if !name.is_empty() && plain(name) == plain(typed) {
        return Ok(());
    }
    let message = Text::new(format!("请打签名人的姓名：{name}"), format!("Type the name of the one who signs: {name}"));
    Err(ApiError::Invalid(vec![error(place, "not-the-signer", message)]))
}

/// A name as it is compared.
pub(super) fn plain(name: &str) -> String {
    name.split_whitespace().collect::<String>().to_lowercase()
}
