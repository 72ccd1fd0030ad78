//! 好差评: one rating a handling, one follow-up, and a call back after the two lowest levels.

use contract::api::{NewRating, RatingView};
use contract::case::CaseStatus;
use contract::grievance::Source;
use contract::service::Severity;
use contract::{FieldError, Service, Text};

use crate::backend::Backend;
use crate::case::OpenCase;
use crate::error::ApiError;
use crate::grievance::contact_due;
use crate::partners::{in_changde, rfc3339};
use crate::store::{CaseRecord, Citizen, NewGrievanceRecord, NewRatingRecord, RatingRecord, TaskRecord};

const HIGHEST: u32 = 5;
/// 不满意 and 非常不满意.
const CALLED_BACK: u32 = 2;
/// The office may take this long to put right what a bad rating complains of.
const FOLLOW_UP_SECONDS: i64 = 15 * 24 * 60 * 60;
const LONGEST_WORDS: usize = 500;
/// The second-level questions of the national standard (GB/T 39735).
const POINTS: [&str; 4] = ["efficiency", "guide-accuracy", "convenience", "platform"];

/// A handling is over when all its tasks ended; a post-approval inspection may still be open. A case that the applicant
/// withdrew as a whole cannot be rated.
pub(crate) fn is_over(case: &CaseRecord, service: &Service) -> bool {
    let is_inspection =
        |task: &TaskRecord| service.items.iter().any(|item| item.id == *task.item && item.after_check.is_some());
    let is_over =
        case.tasks.iter().all(|task| task.status.is_end() || is_inspection(task) && task.status != CaseStatus::Waiting);
    is_over && case.tasks.iter().any(|task| task.status != CaseStatus::Withdrawn)
}

pub(crate) async fn of(backend: &Backend, reference: &str) -> Result<Option<RatingView>, ApiError> {
    let since = backend.now() - FOLLOW_UP_SECONDS;
    let view = |rating: RatingRecord| RatingView {
        level: rating.level,
        at: rfc3339(rating.at),
        followed_up: rating.follow_level,
        may_follow_up: rating.follow_level.is_none() && rating.at >= since,
    };
    Ok(backend.store.rating_of(reference).await?.map(view))
}

/// Writes what the person thinks of a handling.
pub(crate) async fn rate(
    backend: &Backend,
    citizen: &Citizen,
    case: &CaseRecord,
    rating: NewRating,
) -> Result<(), ApiError> {
    check(&rating)?;
    let open = OpenCase::with(backend, case.clone()).await?;
    if !is_over(case, &open.service) {
        return Err(ApiError::StepNotAllowed);
    }
    let now = backend.now();
    let is_bad = rating.level <= CALLED_BACK && !rating.follow_up;
    let record = NewRatingRecord {
        reference: case.reference.clone(),
        citizen: citizen.id.clone(),
        level: rating.level,
        points: rating.points,
        call_back: is_bad.then(|| call_back(backend, citizen, case, &rating.says)),
        says: rating.says,
        at: now,
    };
    let written = match rating.follow_up {
        true => backend.store.rate_again(record, now - FOLLOW_UP_SECONDS).await?,
        false => backend.store.rate(record).await?,
    };
    if written { Ok(()) } else { Err(ApiError::StepNotAllowed) }
}

fn call_back(backend: &Backend, citizen: &Citizen, case: &CaseRecord, says: &str) -> NewGrievanceRecord {
    let now = backend.now();
    let day = in_changde(now);
    NewGrievanceRecord {
        citizen: Some(citizen.id.clone()),
        service: Some(case.service.clone()),
        step: None,
        reference: Some(case.reference.clone()),
        happened: if says.trim().is_empty() { "差评，没有写原因".to_owned() } else { says.trim().to_owned() },
        phone: citizen.phone.clone(),
        source: Source::Rating,
        due: contact_due(backend, Source::Rating, now),
        created_at: now,
        year: day.year(),
        month: day.month().into(),
    }
}

fn check(rating: &NewRating) -> Result<(), ApiError> {
    let wrong = |field: &str, zh: &str, en: &str| {
        Err(ApiError::Invalid(vec![FieldError {
            step: "rating".into(),
            field: field.to_owned(),
            row: None,
            severity: Severity::Block,
            code: "unknown-option".to_owned(),
            message: Text::new(zh, en),
        }]))
    };
    if !(1..=HIGHEST).contains(&rating.level) {
        return wrong("level", "请选五档里的一档", "Choose one of the five levels");
    }
    if rating.points.len() > POINTS.len() || !rating.points.iter().all(|point| POINTS.contains(&point.as_str())) {
        return wrong("points", "请选列出的几项", "Choose from those listed");
    }
    if rating.says.chars().count() > LONGEST_WORDS {
        return wrong("says", "最多写 500 个字", "Use at most 500 characters");
    }
    Ok(())
}
