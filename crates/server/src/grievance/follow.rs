//! Only the reporter may follow a grievance: signed in, or with the phone number that the report gave. A phone number
//! is short enough to be guessed, so the server counts failed attempts.

use contract::field::Kind;
use contract::grievance::GrievanceStatus;
use contract::kinds::Phone;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::store::{AttemptLimits, Citizen, GrievanceRecord};

/// The page that shows it.
pub(crate) const PATH: &str = "/grievances/follow";
const QUARTER_SECONDS: i64 = 15 * 60;
/// Many people may share one network, up to a whole town.
const MOST: AttemptLimits = AttemptLimits { of_number: 5, of_network: 60 };
/// Longer than any number of ours.
const LONGEST_NUMBER: usize = 40;

/// The person who wants to see a grievance.
pub(crate) struct Requester<'a> {
    pub(crate) citizen: Option<&'a Citizen>,
    pub(crate) network: &'a str,
    pub(crate) phone: Option<&'a str>,
}

/// The grievance, if the requester reported it. An unknown number and a wrong phone get the same answer.
pub(crate) async fn authorize_reporter(
    backend: &Backend,
    requester: &Requester<'_>,
    number: &str,
) -> Result<GrievanceRecord, ApiError> {
    let number: String = number.trim().to_uppercase().chars().take(LONGEST_NUMBER).collect();
    let found = backend.store.grievance(&number).await?;
    let is_theirs = |record: &GrievanceRecord| {
        requester.citizen.is_some_and(|citizen| record.citizen.as_deref() == Some(citizen.id.as_str()))
    };
    if let Some(record) = found.as_ref().filter(|record| is_theirs(record)) {
        return Ok(record.clone());
    }
    let phone = requester.phone.ok_or(ApiError::NotFound)?;
    let now = backend.now();
    if !backend.store.record_follow_attempt(requester.network, &number, MOST, now, now - QUARTER_SECONDS).await? {
        return Err(ApiError::TooMany { retry_after_seconds: QUARTER_SECONDS.unsigned_abs() });
    }
    let phone = Phone { landline: true }.read(phone);
    let record = found.filter(|record| record.phone == phone).ok_or(ApiError::NotFound)?;
    backend.store.reset_follow_attempts(requester.network, &number).await?;
    Ok(record)
}

/// The line of an SMS that says where to follow the grievance; empty once it has ended.
pub(super) fn hint(backend: &Backend, status: GrievanceStatus) -> String {
    if status.is_end() {
        return String::new();
    }
    match &backend.address {
        Some(address) => format!("查进度：{address}{PATH}"),
        None => format!("查进度：在“一件事”的网址后面加 {PATH}"),
    }
}

/// Deletes attempts that no longer count.
pub(crate) async fn delete_old_attempts(backend: &Backend) -> Result<(), ApiError> {
    Ok(backend.store.delete_old_follow_attempts(backend.now() - QUARTER_SECONDS).await?)
}
