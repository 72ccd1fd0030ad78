//! Requests that wait: reminders on some days, and an end that says what comes next.

use contract::api::SignatureRequestState;

use super::{DAY_SECONDS, current_place, words};
use crate::backend::Backend;
use crate::background_jobs::isolated;
use crate::casework::is_daytime;
use crate::draft::OpenDraft;
use crate::error::ApiError;
use crate::store::{FoundSignatureRequest, NewMessage, SignatureRequestEnd};

/// Days after which somebody who has not answered is reminded.
const REMINDED_AFTER_DAYS: [i64; 3] = [1, 3, 7];

/// Reminds signers and ends what nobody answered. In the daytime only, so that an SMS wakes nobody; whether a request
/// has ended is reckoned whenever somebody looks.
pub(crate) async fn remind_signers(backend: &Backend) -> Result<(), ApiError> {
    if !is_daytime(backend) {
        return Ok(());
    }
    let now = backend.now();
    let asked_before = now - REMINDED_AFTER_DAYS[0] * DAY_SECONDS;
    for id in backend.store.waiting_signature_requests(asked_before, now).await? {
        isolated("a request to sign", &id, remind_or_end(backend, &id)).await;
    }
    Ok(())
}

async fn remind_or_end(backend: &Backend, id: &str) -> Result<(), ApiError> {
    let Some(found) = backend.store.signature_request(id).await? else { return Ok(()) };
    let FoundSignatureRequest { request, owner, draft, is_sent } = found;
    let draft = OpenDraft::with(backend, draft).await?;
    let now = backend.now();
    let end = |state, message| SignatureRequestEnd {
        id: id.to_owned(),
        state,
        reason: String::new(),
        actor: "system".to_owned(),
        message,
        at: now,
    };
    let journey = draft.journey();
    let place = current_place(&draft, &journey, &request).filter(|_| !is_sent && !draft.is_obsolete());
    let Some(place) = place else {
        backend.store.end_signature_request(end(SignatureRequestState::Cancelled, None)).await?;
        return Ok(());
    };
    if request.ends_at <= now {
        let unsigned = place.signature.unsigned.as_ref().map_or("", |unsigned| &unsigned.zh);
        let text = words::ended(&draft.service, &request, unsigned);
        let message = NewMessage { phone: owner.phone, text };
        backend.store.end_signature_request(end(SignatureRequestState::Ended, Some(message))).await?;
        return Ok(());
    }
    let passed = REMINDED_AFTER_DAYS.into_iter().filter(|days| request.asked_at + days * DAY_SECONDS <= now).count();
    let number = u32::try_from(passed).unwrap_or(u32::MAX);
    if number > request.reminders {
        let text = words::reminder(backend, &owner, &draft.service, &request);
        let message = NewMessage { phone: request.signer.phone.clone(), text };
        backend.store.remind_signer(id, number, message, now).await?;
    }
    Ok(())
}
