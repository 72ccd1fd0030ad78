//! Grievances (办不成事): which officer sees one, who may take which step, and by when. The table of steps is the
//! contract's.

mod call_back;
mod follow;
mod report;
mod shown;
mod words;

use contract::api::{GrievanceAnswer, GrievanceStep};
use contract::date;
use contract::grievance::{Action, Actor, GRIEVANCE_DESK, GrievanceStatus, Weight, after, allowed};
use contract::service::CITY;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::messages;
use crate::officer::divisions;
use crate::partners::in_changde;
use crate::store::{GrievanceMove, GrievanceRecord, OfficerRecord, Seconds};

pub(crate) use call_back::contact_due;
pub(crate) use follow::{PATH, Requester, authorize_reporter};
pub(crate) use report::report;
pub(crate) use shown::{detail, entries, view};

/// The grievance office sees all grievances, an agency those that are handed over to it. For others, `NotFound`.
pub(crate) async fn for_officer(
    backend: &Backend,
    officer: &OfficerRecord,
    number: &str,
) -> Result<GrievanceRecord, ApiError> {
    let record = backend.store.grievance(number).await?.ok_or(ApiError::NotFound)?;
    if roles(officer, &record).is_empty() { Err(ApiError::NotFound) } else { Ok(record) }
}

/// The roles in which an officer may act on a grievance.
fn roles(officer: &OfficerRecord, record: &GrievanceRecord) -> Vec<Actor> {
    let desk = (officer.agency == GRIEVANCE_DESK).then_some(Actor::GrievanceDesk);
    let agency = sees(officer, record.agency.as_deref(), record.division.as_deref()).then_some(Actor::Agency);
    desk.into_iter().chain(agency).collect()
}

/// Whether what is handed over to this agency and division is the officer's.
fn sees(officer: &OfficerRecord, agency: Option<&str>, division: Option<&str>) -> bool {
    agency == Some(officer.agency.as_str()) && division.is_some_and(|code| code.starts_with(divisions(officer)))
}

/// The division that gets what is handed over: the chosen one, that in which the agency decides its task of the case,
/// that of the case, or the city. Somebody must be there to see it.
async fn receiving_division(
    backend: &Backend,
    record: &GrievanceRecord,
    step: &GrievanceStep,
) -> Result<String, ApiError> {
    let chosen = step.division.as_ref().map(|division| division.0.clone());
    let case = match record.reference.as_deref().filter(|_| chosen.is_none()) {
        Some(reference) => backend.store.case(reference).await?,
        None => None,
    };
    let of_case = case.map(|case| {
        let its_task = case.tasks.into_iter().find(|task| step.agency.as_deref() == Some(&task.agency));
        its_task.map_or(case.division, |task| task.destination.division)
    });
    let division = chosen.or(of_case).unwrap_or_else(|| CITY.to_owned());
    let officers = backend.store.officers().await?;
    let is_there = |officer: &OfficerRecord| sees(officer, step.agency.as_deref(), Some(&division));
    if officers.iter().any(is_there) { Ok(division) } else { Err(words::nobody_there()) }
}

fn actions(officer: &OfficerRecord, record: &GrievanceRecord) -> Vec<Action> {
    let mut actions: Vec<Action> = Vec::new();
    for action in roles(officer, record).into_iter().flat_map(|role| allowed(record.status, role)) {
        if !actions.contains(&action) {
            actions.push(action);
        }
    }
    actions
}

/// Takes a step of an officer.
pub(crate) async fn step(
    backend: &Backend,
    officer: &OfficerRecord,
    record: GrievanceRecord,
    step: GrievanceStep,
) -> Result<(), ApiError> {
    if let Some(citizen) = &record.citizen {
        let person = backend.store.citizen(citizen).await?;
        if person.is_some_and(|person| person.resident_id == officer.resident_id) {
            return Err(ApiError::OwnCase);
        }
    }
    let ways = roles(officer, &record).into_iter().map(|role| (role, after(record.status, step.action, role)));
    let way = ways.into_iter().find_map(|(role, to)| Some((role, to?)));
    let (by, to) = way.ok_or(ApiError::StepNotAllowed)?;
    words::check(backend, &step)?;
    let mut next = record.clone();
    next.kind = step.kind.filter(|_| step.action == Action::Classify).or(record.kind);
    next.weight = step.weight.filter(|_| step.action == Action::Classify).or(record.weight);
    if step.action == Action::HandOver {
        next.division = Some(receiving_division(backend, &record, &step).await?);
        next.agency = step.agency.map(|agency| agency.0);
    }
    if step.action == Action::Solve {
        next.published = step.published.trim().to_owned();
    }
    let says = step.says.trim().to_owned();
    apply_step(backend, record.status, next, AppliedStep { action: step.action, to, by, officer: Some(officer), says })
        .await
}

/// Takes the reporter's answer to the result.
pub(crate) async fn answer(
    backend: &Backend,
    record: GrievanceRecord,
    answer: GrievanceAnswer,
) -> Result<(), ApiError> {
    let action = if answer.agrees { Action::Agree } else { Action::Disagree };
    let to = after(record.status, action, Actor::Person).ok_or(ApiError::StepNotAllowed)?;
    words::check_answer(&answer)?;
    let says = answer.says.trim().to_owned();
    apply_step(backend, record.status, record, AppliedStep { action, to, by: Actor::Person, officer: None, says }).await
}

struct AppliedStep<'a> {
    action: Action,
    to: GrievanceStatus,
    by: Actor,
    officer: Option<&'a OfficerRecord>,
    says: String,
}

async fn apply_step(
    backend: &Backend,
    from: GrievanceStatus,
    mut next: GrievanceRecord,
    applied: AppliedStep<'_>,
) -> Result<(), ApiError> {
    let now = backend.now();
    next.status = applied.to;
    next.due = due(backend, &next, applied.action, now);
    next.ended_at = applied.to.is_end().then_some(now);
    let moved = GrievanceMove {
        message: applied.action.message(&next.number).map(|text| text + &follow::hint(backend, applied.to)),
        after: next,
        from,
        action: applied.action,
        by: applied.by,
        officer: applied.officer.map(|officer| officer.id.clone()),
        says: applied.says,
        at: now,
    };
    if !backend.store.move_grievance(moved).await? {
        return Err(ApiError::TaskChanged);
    }
    messages::deliver_soon(backend);
    Ok(())
}

/// Working days count from the day of the report. A reporter who disagrees with the result starts them again today.
fn due(backend: &Backend, next: &GrievanceRecord, action: Action, now: Seconds) -> Option<String> {
    if !next.status.is_ticking() {
        return None;
    }
    let from = if action == Action::Disagree { now } else { next.created_at };
    let days = next.weight.unwrap_or(Weight::Complex).working_days();
    match action {
        Action::Accept | Action::Classify | Action::Disagree => {
            Some(date::print(backend.calendar.due(in_changde(from).date(), days)))
        }
        _ => next.due.clone(),
    }
}
