//! The demonstration's own addresses, there only with `--demo`: the people to sign in as, a phone with its messages,
//! and switches that make partners misbehave.

mod page;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::{get, post};
use axum::{Form, Router};
use serde::{Deserialize, Serialize};
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::{Json, Parameters};
use crate::partners::{DEMO_PASSWORD, FAULTY_PARTNERS, FaultMode, rfc3339};
use crate::secret::unhex;
use crate::store::{DemoPerson, OfficerRecord};
use crate::totp;

pub(super) fn router(timeout: TimeoutLayer) -> Router<Backend> {
    Router::new()
        .route("/demo", get(page::show))
        .route("/demo/people", get(list_people))
        .route("/demo/officers", get(list_officers))
        .route("/demo/sms", get(list_messages))
        .route("/demo/faults", post(set_fault))
        .route("/demo/switches", post(press_switch))
        .layer(timeout)
        .layer(CsrfLayer::new())
        .layer(axum::middleware::from_fn_with_state((), crate::error::write_problems))
}

#[derive(Serialize)]
struct Inhabitant {
    phone: String,
    name: String,
    resident_id: String,
}

/// The people who can sign in, by phone.
async fn list_people(State(backend): State<Backend>) -> Result<Json<Vec<Inhabitant>>, ApiError> {
    let people = backend.store.demo_people().await?.into_iter();
    let inhabitant =
        |person: DemoPerson| Inhabitant { phone: person.phone, name: person.name, resident_id: person.resident_id };
    Ok(Json(people.map(inhabitant).collect()))
}

/// An officer of the demonstration, with everything that opens a session.
#[derive(Serialize)]
struct OnDemonstration {
    name: String,
    agency: String,
    division: String,
    office: String,
    password: &'static str,
    /// Of this half minute.
    code: String,
}

/// Officers to sign in as. A code opens one session; the next comes within half a minute.
async fn list_officers(State(backend): State<Backend>) -> Result<Json<Vec<OnDemonstration>>, ApiError> {
    let step = totp::step_of(backend.now());
    let officer = |officer: OfficerRecord| OnDemonstration {
        code: unhex(&officer.totp).and_then(|secret| totp::code(&secret, step)).unwrap_or_default(),
        name: officer.name,
        agency: officer.agency,
        division: officer.division,
        office: officer.office,
        password: DEMO_PASSWORD,
    };
    Ok(Json(backend.store.officers().await?.into_iter().map(officer).collect()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phone {
    phone: String,
}

#[derive(Serialize)]
struct ReceivedMessage {
    text: String,
    /// The code in it, if there is one.
    code: Option<String>,
    received_at: String,
}

/// Newest first.
async fn list_messages(
    State(backend): State<Backend>,
    Parameters(Phone { phone }): Parameters<Phone>,
) -> Result<Json<Vec<ReceivedMessage>>, ApiError> {
    let messages = backend.store.demo_messages(&phone).await?;
    let received = messages.into_iter().map(|message| ReceivedMessage {
        code: code(&message.text),
        text: message.text,
        received_at: rfc3339(message.at),
    });
    Ok(Json(received.collect()))
}

fn code(text: &str) -> Option<String> {
    let mut numbers = text.split(|character: char| !character.is_ascii_digit());
    numbers.find(|number| number.len() == 6).map(str::to_owned)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    partner: String,
    mode: FaultMode,
}

async fn set_fault(State(backend): State<Backend>, Json(fault): Json<Fault>) -> Result<StatusCode, ApiError> {
    switch(&backend, &fault).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The same from the page's buttons.
async fn press_switch(State(backend): State<Backend>, Form(fault): Form<Fault>) -> Result<Redirect, ApiError> {
    switch(&backend, &fault).await?;
    Ok(Redirect::to("/demo#switches"))
}

async fn switch(backend: &Backend, fault: &Fault) -> Result<(), ApiError> {
    if !FAULTY_PARTNERS.contains(&fault.partner.as_str()) {
        return Err(ApiError::Unreadable(format!("partner is one of {}", FAULTY_PARTNERS.join(", "))));
    }
    Ok(backend.store.set_demo_fault(&fault.partner, fault.mode.name()).await?)
}
