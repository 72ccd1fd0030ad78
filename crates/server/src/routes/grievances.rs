//! What could not be done (办不成事). Anybody may tell it; somebody calls the same day.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use contract::api::{GrievanceAnswer, GrievanceView, NewGrievance};
use contract::field::Kind;
use contract::grievance::Source;
use contract::kinds::Phone;
use contract::service::Severity;
use contract::{FieldError, Problem, Text};
use serde_json::Value;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::{Json, Path};
use crate::grievance::{self, Asker};
use crate::partners::in_changde;
use crate::routes::sessions::Network;
use crate::session::{self, SignedIn};
use crate::store::{GrievanceRecord, NewGrievanceRecord};

/// Who is not signed in shows the number that was given; it stands in no address.
const PHONE: &str = "x-phone";

const HOUR_SECONDS: i64 = 60 * 60;
const MOST_PER_HOUR: i64 = 30;
const LONGEST_STORY: usize = 2000;
const LONGEST_NAME: usize = 80;

#[utoipa::path(post, path = "/api/grievances", tag = "grievances", request_body = NewGrievance,
    responses((status = 201, body = GrievanceView), (status = 422), (status = 429)))]
pub(super) async fn create_grievance(
    State(backend): State<Backend>,
    Network(network): Network,
    headers: HeaderMap,
    Json(new): Json<NewGrievance>,
) -> Result<(StatusCode, Json<GrievanceView>), ApiError> {
    let phone = checked(&new)?;
    let now = backend.now();
    if backend.store.grievances_from(&network, now - HOUR_SECONDS).await? >= MOST_PER_HOUR {
        return Err(ApiError::TooMany { retry_after_seconds: HOUR_SECONDS.unsigned_abs() });
    }
    let day = in_changde(now);
    let record = NewGrievanceRecord {
        citizen: session::citizen(&backend, &headers).await?.map(|citizen| citizen.id),
        network,
        service: new.service.map(|id| id.0),
        step: new.step.map(|id| id.0),
        reference: new.reference.map(|id| id.0),
        happened: new.happened.trim().to_owned(),
        phone,
        source: Source::Report,
        due: grievance::contact_due(&backend, Source::Report, now),
        created_at: now,
        year: day.year(),
        month: day.month().into(),
    };
    let created = backend.store.create_grievance(record).await?;
    Ok((StatusCode::CREATED, Json(grievance::view(&backend, created).await?)))
}

/// The resident's own.
#[utoipa::path(get, path = "/api/grievances", tag = "grievances",
    responses((status = 200, body = Vec<GrievanceView>), (status = 401)))]
pub(super) async fn list_grievances(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
) -> Result<Json<Vec<GrievanceView>>, ApiError> {
    let mut views = Vec::new();
    for record in backend.store.grievances_of(&citizen.id).await? {
        views.push(grievance::view(&backend, record).await?);
    }
    Ok(Json(views))
}

/// One, for the person who told it: signed in, or with the phone that was given.
#[utoipa::path(get, path = "/api/grievances/{number}", tag = "grievances",
    params(("number" = String, Path), ("X-Phone" = Option<String>, Header)),
    responses((status = 200, body = GrievanceView), (status = 404), (status = 429)))]
pub(super) async fn find_grievance(
    State(backend): State<Backend>,
    Network(network): Network,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Json<GrievanceView>, ApiError> {
    let phone = headers.get(PHONE).and_then(|phone| phone.to_str().ok());
    let record = told_by(&backend, &headers, &network, &number, phone).await?;
    Ok(Json(grievance::view(&backend, record).await?))
}

/// Whether it is solved, in the person's words.
#[utoipa::path(post, path = "/api/grievances/{number}/answer", tag = "grievances", request_body = GrievanceAnswer,
    params(("number" = String, Path)),
    responses((status = 200, body = GrievanceView), (status = 404), (status = 409), (status = 412), (status = 422),
        (status = 429)))]
pub(super) async fn answer_grievance(
    State(backend): State<Backend>,
    Network(network): Network,
    headers: HeaderMap,
    Path(number): Path<String>,
    Json(answer): Json<GrievanceAnswer>,
) -> Result<Json<GrievanceView>, ApiError> {
    let phone = answer.phone.clone();
    let record = told_by(&backend, &headers, &network, &number, phone.as_deref()).await?;
    let number = record.number.clone();
    grievance::answer(&backend, record, answer).await?;
    let record = backend.store.grievance(&number).await?.ok_or(ApiError::NotFound)?;
    Ok(Json(grievance::view(&backend, record).await?))
}

async fn told_by(
    backend: &Backend,
    headers: &HeaderMap,
    network: &str,
    number: &str,
    phone: Option<&str>,
) -> Result<GrievanceRecord, ApiError> {
    let citizen = session::citizen(backend, headers).await?;
    grievance::told_by(backend, &Asker { citizen: citizen.as_ref(), network, phone }, number).await
}

/// The phone in its standard spelling, if all is well.
fn checked(new: &NewGrievance) -> Result<String, ApiError> {
    let kind = Phone { landline: true };
    let phone = kind.read(&new.phone);
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
    if errors.is_empty() { Ok(phone) } else { Err(ApiError::Invalid(errors)) }
}

fn error(field: &str, problem: &Problem, says: Text) -> FieldError {
    let code = problem.code().to_owned();
    let field = field.to_owned();
    FieldError { step: Default::default(), field, row: None, severity: Severity::Block, code, message: says }
}
