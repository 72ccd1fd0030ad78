//! Following what was reported (办不成事): by number and phone, or signed in; and saying whether it is solved.

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use contract::Lang;
use contract::api::GrievanceAnswer;
use contract::legible::{Lines, legible};
use serde::Deserialize;

use super::followed::{self, Followed, Typed};
use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::Parameters;
use crate::grievance::{self, Requester};
use crate::network::Network;
use crate::routes::public::{Asked, lang};
use crate::session;
use crate::store::GrievanceRecord;

/// The fields of the form, sent in the body so that they appear in no address and no log.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Known {
    number: String,
    /// Empty where the session says who asks.
    #[serde(default)]
    phone: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answered {
    number: String,
    #[serde(default)]
    phone: String,
    agrees: bool,
    #[serde(default)]
    says: String,
}

/// The form, preceded by the reports of a resident who is signed in.
pub(super) async fn show_own(
    State(backend): State<Backend>,
    Parameters(asked): Parameters<Asked>,
    headers: HeaderMap,
) -> Result<Html<String>, ApiError> {
    let mut own = Vec::new();
    if let Some(citizen) = session::citizen(&backend, &headers).await? {
        for record in backend.store.grievances_of(&citizen.id).await? {
            own.push(followed(&backend, record, "").await?);
        }
    }
    Ok(Html(followed::form(&own, "", &Typed::default(), lang(&asked, &headers))))
}

pub(super) async fn find_followed(
    State(backend): State<Backend>,
    network: Network,
    Parameters(asked): Parameters<Asked>,
    headers: HeaderMap,
    Form(known): Form<Known>,
) -> Result<Response, ApiError> {
    let lang = lang(&asked, &headers);
    match authorize_reporter(&backend, &headers, network, &known.number, &known.phone).await {
        Ok(record) => Ok(one(&backend, record, &known.phone, "", lang).await?.into_response()),
        Err(ApiError::NotFound) => Ok(unknown(&Typed { number: &known.number, phone: &known.phone }, lang)),
        Err(error) => Err(error),
    }
}

/// Takes the answer, and shows how it stands then. Where it was taken before, that is shown too.
pub(super) async fn answer_followed(
    State(backend): State<Backend>,
    network: Network,
    Parameters(asked): Parameters<Asked>,
    headers: HeaderMap,
    Form(answered): Form<Answered>,
) -> Result<Response, ApiError> {
    let lang = lang(&asked, &headers);
    let Answered { number, phone, agrees, says } = answered;
    let record = match authorize_reporter(&backend, &headers, network, &number, &phone).await {
        Ok(record) => record,
        Err(ApiError::NotFound) => return Ok(unknown(&Typed { number: &number, phone: &phone }, lang)),
        Err(error) => return Err(error),
    };
    let number = record.number.clone();
    let answer = GrievanceAnswer { agrees, says: legible(&says, Lines::Many), phone: None };
    let (status, trouble) = match grievance::answer(&backend, record, answer).await {
        Ok(()) => (StatusCode::OK, ""),
        Err(ApiError::StepNotAllowed | ApiError::TaskChanged) => (StatusCode::CONFLICT, followed::changed(lang)),
        Err(ApiError::Invalid(_)) => (StatusCode::UNPROCESSABLE_ENTITY, followed::missing(lang)),
        Err(error) => return Err(error),
    };
    let record = backend.store.grievance(&number).await?.ok_or(ApiError::NotFound)?;
    Ok((status, one(&backend, record, &phone, trouble, lang).await?).into_response())
}

async fn authorize_reporter(
    backend: &Backend,
    headers: &HeaderMap,
    network: Network,
    number: &str,
    phone: &str,
) -> Result<GrievanceRecord, ApiError> {
    let citizen = session::citizen(backend, headers).await?;
    let phone = Some(phone).filter(|phone| !phone.trim().is_empty());
    grievance::authorize_reporter(backend, &Requester { citizen: citizen.as_ref(), network, phone }, number).await
}

async fn one(
    backend: &Backend,
    record: GrievanceRecord,
    phone: &str,
    trouble: &str,
    lang: Lang,
) -> Result<Html<String>, ApiError> {
    Ok(Html(followed::one(&followed(backend, record, phone).await?, trouble, lang)))
}

async fn followed(backend: &Backend, record: GrievanceRecord, phone: &str) -> Result<Followed, ApiError> {
    let due = record.due.clone().filter(|_| record.status.is_ticking());
    Ok(Followed { view: grievance::view(backend, record).await?, due, phone: phone.to_owned() })
}

fn unknown(typed: &Typed<'_>, lang: Lang) -> Response {
    (StatusCode::NOT_FOUND, Html(followed::form(&[], followed::not_found(lang), typed, lang))).into_response()
}
