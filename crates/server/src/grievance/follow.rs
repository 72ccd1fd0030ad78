//! Who may follow a grievance: whoever told it, signed in or with the phone that was given. A phone is short enough to be
//! guessed, so tries are counted.

use contract::field::Kind;
use contract::grievance::GrievanceStatus;
use contract::kinds::Phone;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::store::{Citizen, GrievanceRecord, TriesAllowed};

/// The page that shows it.
pub(crate) const PATH: &str = "/grievances/follow";
const QUARTER_SECONDS: i64 = 15 * 60;
/// A network may be that of a whole town.
const MOST: TriesAllowed = TriesAllowed { of_number: 5, of_network: 60 };
/// Longer than any number of ours.
const LONGEST_NUMBER: usize = 40;

/// Who asks.
pub(crate) struct Asker<'a> {
    pub(crate) citizen: Option<&'a Citizen>,
    pub(crate) network: &'a str,
    pub(crate) phone: Option<&'a str>,
}

/// The grievance that the asker told. An unknown number and a wrong phone are told alike.
pub(crate) async fn told_by(backend: &Backend, asker: &Asker<'_>, number: &str) -> Result<GrievanceRecord, ApiError> {
    let number: String = number.trim().to_uppercase().chars().take(LONGEST_NUMBER).collect();
    let found = backend.store.grievance(&number).await?;
    let is_theirs = |record: &GrievanceRecord| {
        asker.citizen.is_some_and(|citizen| record.citizen.as_deref() == Some(citizen.id.as_str()))
    };
    if let Some(record) = found.as_ref().filter(|record| is_theirs(record)) {
        return Ok(record.clone());
    }
    let phone = asker.phone.ok_or(ApiError::NotFound)?;
    let now = backend.now();
    if !backend.store.try_to_follow(asker.network, &number, MOST, now, now - QUARTER_SECONDS).await? {
        return Err(ApiError::TooMany { retry_after_seconds: QUARTER_SECONDS.unsigned_abs() });
    }
    let phone = Phone { landline: true }.read(phone);
    let record = found.filter(|record| record.phone == phone).ok_or(ApiError::NotFound)?;
    backend.store.followed(asker.network, &number).await?;
    Ok(record)
}

/// Where to see how it stands, for an SMS; nothing where it has ended.
pub(super) fn hint(backend: &Backend, status: GrievanceStatus) -> String {
    if status.is_end() {
        return String::new();
    }
    match &backend.address {
        Some(address) => format!("查进度：{address}{PATH}"),
        None => format!("查进度：在“一件事”的网址后面加 {PATH}"),
    }
}

/// Forgets tries that count no more.
pub(crate) async fn forget_tries(backend: &Backend) -> Result<(), ApiError> {
    Ok(backend.store.forget_tries(backend.now() - QUARTER_SECONDS).await?)
}
