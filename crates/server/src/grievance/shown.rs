//! Views of a grievance: for its reporter, and for officers.

use contract::api::{AgencyName, GrievanceDetail, GrievanceEntry, GrievanceEventView, GrievanceView};
use contract::grievance::{Action, Actor, DESK, GrievanceStatus, allowed};
use contract::id::AgencyId;
use contract::{Text, date};

use super::actions;
use crate::backend::Backend;
use crate::error::ApiError;
use crate::officer::divisions;
use crate::partners::{in_changde, rfc3339};
use crate::store::{GrievanceEventRecord, GrievanceRecord, OfficerRecord};

/// The reporter's view.
pub(crate) async fn view(backend: &Backend, record: GrievanceRecord) -> Result<GrievanceView, ApiError> {
    let history = history(backend, &record.number).await?;
    // The reporter does not see what an agency writes to the grievance office until the office reports back.
    let is_told = |event: &GrievanceEventView| event.action.message("").is_some();
    let may_answer = allowed(record.status, Actor::Person).any(|action| action == Action::Agree);
    Ok(GrievanceView {
        number: record.number,
        service: record.service.as_deref().map(Into::into),
        step: record.step.as_deref().map(Into::into),
        reference: record.reference.as_deref().map(Into::into),
        happened: record.happened,
        created_at: rfc3339(record.created_at),
        status: record.status,
        says: next(record.status),
        history: history.into_iter().filter(is_told).collect(),
        may_answer,
    })
}

fn next(status: GrievanceStatus) -> Text {
    match status {
        GrievanceStatus::Received => {
            Text::new("收到了，今天就会有人打电话给您。", "We have it, and someone calls you today.")
        }
        GrievanceStatus::Accepted | GrievanceStatus::Classified => {
            Text::new("已经受理，正在查，结果会告诉您。", "Accepted. We look into it and tell you the outcome.")
        }
        GrievanceStatus::HandedOver | GrievanceStatus::Solved => Text::new(
            "负责的部门正在办，办好就告诉您。",
            "The agency is working on it, and we tell you when it is done.",
        ),
        GrievanceStatus::ReportedBack => Text::new("有结果了：办成了吗？", "There is an outcome: is it solved?"),
        GrievanceStatus::Checked => Text::new("办结了，谢谢您。", "Solved. Thank you."),
        GrievanceStatus::Declined => Text::new(
            "不在受理范围。原因和去哪里办写在下面，也可以打 12345。",
            "Not for this desk. Below is why, and where to turn; or call 12345.",
        ),
    }
}

/// The officer's list, open grievances first.
pub(crate) async fn entries(backend: &Backend, officer: &OfficerRecord) -> Result<Vec<GrievanceEntry>, ApiError> {
    let of = (officer.agency != DESK).then_some((officer.agency.as_str(), divisions(officer)));
    let entry = |record: GrievanceRecord| GrievanceEntry {
        overdue: is_overdue(backend, &record),
        status: record.status,
        source: record.source,
        kind: record.kind,
        service: service(backend, &record),
        agency: agency(backend, &record).map(|agency| agency.name),
        received_at: rfc3339(record.created_at),
        due: record.due,
        number: record.number,
    };
    Ok(backend.store.grievances_for(of).await?.into_iter().map(entry).collect())
}

pub(crate) async fn detail(
    backend: &Backend,
    officer: &OfficerRecord,
    record: GrievanceRecord,
) -> Result<GrievanceDetail, ApiError> {
    Ok(GrievanceDetail {
        history: history(backend, &record.number).await?,
        actions: actions(officer, &record),
        overdue: is_overdue(backend, &record),
        service: service(backend, &record),
        agency: agency(backend, &record),
        agencies: backend.catalogue.agencies(),
        divisions: backend.divisions.counties(),
        version: record.version,
        status: record.status,
        source: record.source,
        kind: record.kind,
        weight: record.weight,
        step: record.step.as_deref().map(Into::into),
        reference: record.reference.as_deref().map(Into::into),
        received_at: rfc3339(record.created_at),
        number: record.number,
        happened: record.happened,
        phone: record.phone,
        due: record.due,
        published: record.published,
    })
}

fn is_overdue(backend: &Backend, record: &GrievanceRecord) -> bool {
    let today = date::print(in_changde(backend.now()).date());
    record.status.is_ticking() && record.due.as_deref().is_some_and(|due| due < today.as_str())
}

fn service(backend: &Backend, record: &GrievanceRecord) -> Option<Text> {
    record.service.as_deref().and_then(|id| backend.catalogue.title(id))
}

fn agency(backend: &Backend, record: &GrievanceRecord) -> Option<AgencyName> {
    let id: AgencyId = record.agency.as_deref()?.into();
    let name = backend.catalogue.agency(&id).unwrap_or_else(|| Text::new(&*id, &*id));
    Some(AgencyName { id, name })
}

async fn history(backend: &Backend, number: &str) -> Result<Vec<GrievanceEventView>, ApiError> {
    let view = |event: GrievanceEventRecord| GrievanceEventView {
        at: rfc3339(event.at),
        action: event.action,
        status: event.status,
        by: event.by,
        name: event.officer.unwrap_or_default(),
        says: event.says,
    };
    Ok(backend.store.grievance_events(number).await?.into_iter().map(view).collect())
}
