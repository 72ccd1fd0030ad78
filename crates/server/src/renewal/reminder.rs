//! The SMS before a certificate ends: once, in the daytime, early enough to renew it.

use contract::date;
use contract::service::Again;

use super::Offer;
use crate::backend::Backend;
use crate::background_jobs::isolated;
use crate::casework::is_daytime;
use crate::error::ApiError;
use crate::partners::in_changde;
use crate::store::IssuedRecord;

/// Reminds the holders of certificates whose day for that has come, and that nobody has applied for again.
pub(crate) async fn remind_of_ends(backend: &Backend) -> Result<(), ApiError> {
    if !is_daytime(backend) {
        return Ok(());
    }
    let today = date::print(in_changde(backend.now()).date());
    for (citizen, issued) in backend.store.ending(&today).await? {
        isolated("a reminder of an end was not sent", &issued.reference, remind(backend, &citizen, &issued)).await;
    }
    Ok(())
}

async fn remind(backend: &Backend, citizen: &str, issued: &IssuedRecord) -> Result<(), ApiError> {
    let offer = Offer::of(backend, citizen, issued).await?.filter(|offer| offer.again == Again::Renewal);
    let send_by = offer.and_then(|offer| Some(offer.service.renews.as_ref()?.send_by(&offer.service, offer.last?)));
    let (title, last) = (&issued.title_zh, issued.valid_until.as_deref().unwrap_or_default());
    let advice = match send_by {
        Some(day) => format!("还要用的，请在 {} 前到“我的证照”里续期。", date::print(day)),
        None => "到期后不再有效，还要用的，请重新申请。".to_owned(),
    };
    let message = format!("【一件事】您的{title}有效期至 {last}。{advice}");
    // The round sends what its jobs wrote.
    Ok(backend.store.keep_reminder(&issued.code, citizen, message, backend.now()).await?)
}
