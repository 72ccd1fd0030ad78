//! The server refunds what an applicant paid for items that were not granted, and retries until the payment service
//! has confirmed the refund.

use contract::case::CaseStatus;
use contract::service::yuan;

use crate::backend::Backend;
use crate::background_jobs::isolated;
use crate::case::OpenCase;
use crate::error::ApiError;
use crate::messages;
use crate::store::RefundRecord;

/// A charge whose answer was lost is known to the payment service within this time.
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// Refunds what is owed to applicants. A refund that fails does not delay the others.
pub(crate) async fn refund_owed(backend: &Backend) -> Result<(), ApiError> {
    for reference in backend.store.perhaps_refundable(backend.now() - DAY_SECONDS).await? {
        isolated("a refund failed", &reference, refund_case(backend, &reference)).await;
    }
    Ok(())
}

async fn refund_case(backend: &Backend, reference: &str) -> Result<(), ApiError> {
    let Some(record) = backend.store.case(reference).await? else { return Ok(()) };
    let case = OpenCase::with(backend, record).await?;
    let fees = case.fees();
    // There is one refund a case, made once every item is decided.
    if !fees.iter().all(|(_, status)| status.is_end() || status.is_granted()) {
        return Ok(());
    }
    let is_owed = |status: &CaseStatus| status.is_end() && !status.is_granted();
    let owed = fees.iter().filter(|(_, status)| is_owed(status)).map(|(due, _)| due.cents.cast_signed()).sum::<i64>();
    // Never more than was taken.
    let owed = backend.store.payment_of(reference).await?.map_or(owed, |paid| paid.cents.min(owed));
    if owed == 0 {
        return Ok(());
    }
    let Some(number) = backend.partners.payment.refund(reference, owed).await? else { return Ok(()) };
    let amount = yuan(owed.unsigned_abs());
    let message = format!("【一件事】办件 {reference}：有事项未办成，您缴的 {amount} 元已原路退回，单号 {number}。");
    let refund = RefundRecord { reference: reference.to_owned(), cents: owed, number, refunded_at: backend.now() };
    backend.store.keep_refund(refund, message).await?;
    messages::deliver_soon(backend);
    Ok(())
}
