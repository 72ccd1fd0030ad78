//! Reporting what could not be done: from the app, or from a form without script where the app does not open.

use contract::api::NewGrievance;
use contract::field::Kind;
use contract::grievance::Source;
use contract::kinds::Phone;
use contract::legible::{Lines, illegible};
use contract::service::Severity;
use contract::{FieldError, Problem, Text};
use serde_json::Value;

use super::contact_due;
use crate::backend::Backend;
use crate::error::ApiError;
use crate::network::Network;
use crate::partners::in_changde;
use crate::rate_limit::{REPORTS_OF_NETWORK, REPORTS_OF_PHONE};
use crate::store::{Admission, Citizen, GrievanceRecord, NewGrievanceRecord};

const LONGEST_STORY: usize = 2000;
const LONGEST_NAME: usize = 80;

/// Takes a report from anybody, signed in or not.
pub(crate) async fn report(
    backend: &Backend,
    citizen: Option<&Citizen>,
    network: Network,
    new: NewGrievance,
) -> Result<GrievanceRecord, ApiError> {
    let phone = checked(&new, citizen)?;
    let now = backend.now();
    let day = in_changde(now);
    let record = NewGrievanceRecord {
        citizen: citizen.map(|citizen| citizen.id.clone()),
        service: new.service.map(|id| id.0),
        step: new.step.map(|id| id.0),
        reference: new.reference.map(|id| id.0),
        item: None,
        agency: None,
        division: None,
        happened: new.happened.trim().to_owned(),
        phone,
        source: Source::Report,
        due: contact_due(backend, Source::Report, now),
        created_at: now,
        year: day.year(),
        month: day.month().into(),
    };
    let uses = vec![REPORTS_OF_NETWORK.of(backend, network), REPORTS_OF_PHONE.of(backend, &record.phone)];
    match backend.store.create_grievance(record, uses).await? {
        Admission::Granted(record) => Ok(record),
        Admission::Refused { seconds } => Err(ApiError::TooMany { retry_after_seconds: seconds.unsigned_abs() }),
    }
}

/// The phone in its standard spelling, if the report is valid. A resident who is signed in need not give one.
fn checked(new: &NewGrievance, citizen: Option<&Citizen>) -> Result<String, ApiError> {
    let kind = Phone { landline: true };
    let given = kind.read(&new.phone);
    let phone = citizen.filter(|_| given.is_empty()).map_or(given, |citizen| citizen.phone.clone());
    let mut errors = Vec::new();
    let length = new.happened.trim().chars().count();
    if length == 0 {
        errors.push(error("happened", &Problem::Missing, Text::new("请写一写发生了什么", "Tell us what happened")));
    } else if length > LONGEST_STORY {
        let says = Text::new("最多写 2000 个字", "Use at most 2000 characters");
        errors.push(error("happened", &Problem::TooLong { max: LONGEST_STORY }, says));
    }
    if !kind.check(&Value::from(phone.as_str())).is_empty() {
        let says = Text::new("请填能打通的手机号或座机号", "Enter a number where we can reach you");
        errors.push(error("phone", &Problem::NotAPhone, says));
    }
    let names = [new.service.as_deref(), new.step.as_deref(), new.reference.as_deref()];
    if names.into_iter().flatten().any(|name| name.len() > LONGEST_NAME) {
        return Err(ApiError::TooLarge);
    }
    if names.into_iter().flatten().any(|name| illegible(name, Lines::One).is_some()) {
        return Err(ApiError::Unreadable("service, step and reference are ids".to_owned()));
    }
    if errors.is_empty() { Ok(phone) } else { Err(ApiError::Invalid(errors)) }
}

fn error(field: &str, problem: &Problem, says: Text) -> FieldError {
    let code = problem.code().to_owned();
    let field = field.to_owned();
    FieldError { step: Default::default(), field, row: None, severity: Severity::Block, code, message: says }
}
