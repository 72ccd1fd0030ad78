//! 好差评: one rating for each item of a case, one follow-up, and a call back after the two lowest levels, which the
//! office that handled the item sees too.

use contract::api::{ItemRating, NewRating, RatingView};
use contract::case::CaseStatus;
use contract::grievance::Source;
use contract::service::Severity;
use contract::{FieldError, Service, Text};

use crate::backend::Backend;
use crate::case::OpenCase;
use crate::error::ApiError;
use crate::grievance::contact_due;
use crate::partners::{in_changde, rfc3339};
use crate::store::{CaseRecord, Citizen, NewGrievanceRecord, NewRatingRecord, RatingRecord, Seconds, TaskRecord};

/// In place of an item: the case as a whole.
const WHOLE: &str = "";
const HIGHEST: u32 = 5;
/// 不满意 and 非常不满意.
const CALLED_BACK: u32 = 2;
/// The office may take this long to put right what a bad rating complains of.
const FOLLOW_UP_SECONDS: i64 = 15 * 24 * 60 * 60;
const LONGEST_WORDS: usize = 500;
/// The second-level questions of the national standard (GB/T 39735).
const POINTS: [&str; 4] = ["efficiency", "guide-accuracy", "convenience", "platform"];

/// How a case and its items were rated.
pub(crate) struct Ratings {
    pub(crate) of_the_whole: Option<RatingView>,
    pub(crate) of_items: Vec<ItemRating>,
}

/// A case is over when all its tasks ended; a post-approval inspection may still be open. A case that the applicant
/// withdrew as a whole cannot be rated.
pub(crate) fn is_over(case: &CaseRecord, service: &Service) -> bool {
    let is_inspection =
        |task: &TaskRecord| service.items.iter().any(|item| item.id == *task.item && item.after_check.is_some());
    let is_over =
        case.tasks.iter().all(|task| task.status.is_end() || is_inspection(task) && task.status != CaseStatus::Waiting);
    is_over && case.tasks.iter().any(|task| task.status != CaseStatus::Withdrawn)
}

/// An item can be rated once its office has done with it. What was withdrawn, or never began, nobody handled.
fn is_handled(task: &TaskRecord) -> bool {
    task.status.is_end() && !matches!(task.status, CaseStatus::Withdrawn | CaseStatus::Void)
}

impl Ratings {
    pub(crate) async fn of(backend: &Backend, case: &CaseRecord) -> Result<Self, ApiError> {
        let since = backend.now() - FOLLOW_UP_SECONDS;
        let all = backend.store.ratings_of(&case.reference).await?;
        let rating = |item: &str| all.iter().find(|rating| rating.item == item).map(|rating| view(rating, since));
        let of_the_whole = rating(WHOLE);
        let of_item = |task: &TaskRecord| {
            let rating = rating(&task.item);
            let may_rate = rating.is_none() && of_the_whole.is_none() && is_handled(task);
            (may_rate || rating.is_some()).then(|| ItemRating { item: task.item.as_str().into(), may_rate, rating })
        };
        Ok(Self { of_items: case.tasks.iter().filter_map(of_item).collect(), of_the_whole })
    }

    pub(crate) fn are_none(&self) -> bool {
        self.of_the_whole.is_none() && self.of_items.iter().all(|item| item.rating.is_none())
    }

    /// Whether this item, or the case as a whole, may be rated for the first time.
    fn admit(&self, item: Option<&str>) -> bool {
        match item {
            Some(item) => self.of_items.iter().any(|one| *one.item == *item && one.may_rate),
            None => self.are_none(),
        }
    }
}

fn view(rating: &RatingRecord, followed_since: Seconds) -> RatingView {
    RatingView {
        level: rating.level,
        at: rfc3339(rating.at),
        followed_up: rating.follow_level,
        may_follow_up: rating.follow_level.is_none() && rating.at >= followed_since,
    }
}

/// Writes what the person thinks of how an item was handled.
pub(crate) async fn rate(
    backend: &Backend,
    citizen: &Citizen,
    case: &CaseRecord,
    rating: NewRating,
) -> Result<(), ApiError> {
    check(&rating)?;
    let item = rating.item.as_deref();
    if !rating.follow_up && !may_rate(backend, case, item).await? {
        return Err(ApiError::StepNotAllowed);
    }
    let now = backend.now();
    let is_bad = rating.level <= CALLED_BACK && !rating.follow_up;
    let task = item.and_then(|item| case.tasks.iter().find(|task| task.item == item));
    let record = NewRatingRecord {
        reference: case.reference.clone(),
        item: item.unwrap_or(WHOLE).to_owned(),
        citizen: citizen.id.clone(),
        level: rating.level,
        points: rating.points,
        call_back: is_bad.then(|| call_back(backend, citizen, case, task, &rating.says)),
        says: rating.says,
        at: now,
    };
    let written = match rating.follow_up {
        true => backend.store.rate_again(record, now - FOLLOW_UP_SECONDS).await?,
        false => backend.store.rate(record).await?,
    };
    if written { Ok(()) } else { Err(ApiError::StepNotAllowed) }
}

async fn may_rate(backend: &Backend, case: &CaseRecord, item: Option<&str>) -> Result<bool, ApiError> {
    let ratings = Ratings::of(backend, case).await?;
    let open = OpenCase::with(backend, case.clone()).await?;
    Ok(ratings.admit(item) && (item.is_some() || is_over(case, &open.service)))
}

/// The grievance desk calls; the office that handled the item sees it at once.
fn call_back(
    backend: &Backend,
    citizen: &Citizen,
    case: &CaseRecord,
    task: Option<&TaskRecord>,
    says: &str,
) -> NewGrievanceRecord {
    let now = backend.now();
    let day = in_changde(now);
    NewGrievanceRecord {
        citizen: Some(citizen.id.clone()),
        service: Some(case.service.clone()),
        step: None,
        reference: Some(case.reference.clone()),
        item: task.map(|task| task.item.clone()),
        agency: task.map(|task| task.agency.clone()),
        division: task.map(|task| task.destination.division.clone()),
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
