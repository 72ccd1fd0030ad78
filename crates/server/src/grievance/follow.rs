//! Only the reporter may follow a grievance: signed in, or with the phone number that the report gave. A phone number
//! is short enough to be guessed, so the server counts failed attempts.

use contract::field::Kind;
use contract::grievance::GrievanceStatus;
use contract::kinds::Phone;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::network::Network;
use crate::rate_limit::{self, FOLLOWS_OF_NETWORK, FOLLOWS_OF_NUMBER, FOLLOWS_OF_NUMBER_AND_NETWORK};
use crate::store::{Citizen, GrievanceRecord};

/// The page that shows it.
pub(crate) const PATH: &str = "/grievances/follow";
/// Longer than any number of ours.
const LONGEST_NUMBER: usize = 40;

/// The person who wants to see a grievance.
pub(crate) struct Requester<'a> {
    pub(crate) citizen: Option<&'a Citizen>,
    pub(crate) network: Network,
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
    let is_theirs = |record: &&GrievanceRecord| requester.citizen.is_some_and(|citizen| is_of(record, citizen));
    if let Some(record) = found.as_ref().filter(is_theirs) {
        return Ok(record.clone());
    }
    let phone = requester.phone.ok_or(ApiError::NotFound)?;
    let own = FOLLOWS_OF_NUMBER_AND_NETWORK.of(backend, format!("{} {number}", requester.network));
    let uses =
        vec![FOLLOWS_OF_NETWORK.of(backend, requester.network), own.clone(), FOLLOWS_OF_NUMBER.of(backend, &number)];
    let counted = rate_limit::admit(backend, uses).await?;
    let phone = Phone { landline: true }.read(phone);
    let record = found.filter(|record| record.phone == phone).ok_or(ApiError::NotFound)?;
    rate_limit::forget(backend, counted, own).await?;
    Ok(record)
}

/// Whoever signed in with the phone of a report need not type it, also where the report was made without signing in: so
/// nobody can keep a reporter from it by guessing.
fn is_of(record: &GrievanceRecord, citizen: &Citizen) -> bool {
    record.citizen.as_ref().map_or(record.phone == citizen.phone, |owner| *owner == citizen.id)
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
