//! Certificates: each must lie in the resident's own wallet, be of a kind that will do, and still be valid.

use contract::field::FieldKind;
use contract::{Answers, FieldError, Journey, Text, date};
use serde_json::{Value, json};

use super::{Place, each_answer};
use crate::backend::Backend;
use crate::certificate::{self, is_valid, redacted_number};
use crate::error::ApiError;
use crate::partners::Certificate;
use crate::store::Citizen;

/// Describes each certificate as the library has it, and returns the errors of unusable ones. A certificate that a
/// correction leaves as it was `sent` was verified then, and may have expired since.
pub(super) async fn describe(
    backend: &Backend,
    citizen: &Citizen,
    journey: &Journey<'_>,
    sent: &Answers,
    answers: &mut Answers,
) -> Result<Vec<FieldError>, ApiError> {
    let is_new = |place: &Place<'_>, value: &Value| place.answer_in(sent) != Some(value);
    let mut chosen = false;
    each_answer(journey, answers, |place, value| {
        chosen |= matches!(place.kind, FieldKind::Certificate(_)) && is_new(place, value);
    });
    if !chosen {
        return Ok(Vec::new());
    }
    let mut wallet = backend.partners.certificates.wallet(citizen).await?;
    let own = backend.store.issued_of(&citizen.id).await?.into_iter().filter(|issued| issued.replaced_at.is_none());
    wallet.extend(own.map(certificate::of_issued));
    let today = date::print(journey.context.today);
    let mut errors = Vec::new();
    each_answer(journey, answers, |place, value| {
        let FieldKind::Certificate(settings) = place.kind else { return };
        if !is_new(place, value) {
            return;
        }
        match choose(place, value, &wallet, &settings.types, &today) {
            Ok(described) => *value = described,
            Err(error) => errors.push(*error),
        }
    });
    Ok(errors)
}

fn choose(
    place: &Place<'_>,
    value: &Value,
    wallet: &[Certificate],
    types: &[String],
    today: &str,
) -> Result<Value, Box<FieldError>> {
    let id = value.get("id").and_then(Value::as_str).unwrap_or_default();
    let found = wallet.iter().find(|certificate| certificate.id == id && types.contains(&certificate.r#type));
    let Some(certificate) = found else {
        let says = Text::new(
            "“我的证照”中没有这本证照，请重新选择",
            "“My certificates” does not hold this certificate; please choose again",
        );
        return Err(Box::new(place.error("certificate-gone", says)));
    };
    if !is_valid(certificate, today) {
        let says = Text::new(
            "这张证照已经过期，请换一张，或拍照上传",
            "This certificate has expired, choose another one or take a picture",
        );
        return Err(Box::new(place.error("certificate-expired", says)));
    }
    Ok(json!({ "id": certificate.id, "title": certificate.title.zh, "number": redacted_number(&certificate.number) }))
}
