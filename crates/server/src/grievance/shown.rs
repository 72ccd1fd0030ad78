//! Views of a grievance: for its reporter, and for officers.

use contract::api::{AgencyName, GrievanceDetail, GrievanceEntry, GrievanceEventView, GrievanceView};
use contract::grievance::{Action, Actor, GRIEVANCE_DESK, GrievanceStatus, allowed};
use contract::id::AgencyId;
use contract::{Text, date};

use super::{actions, call_back};
use crate::backend::Backend;
use crate::case::OpenCase;
use crate::error::ApiError;
use crate::officer::divisions;
use crate::partners::{in_changde, rfc3339};
use crate::store::{GrievanceEventRecord, GrievanceRecord, OfficerRecord};

/// The reporter's view.
pub(crate) async fn view(backend: &Backend, record: GrievanceRecord) -> Result<GrievanceView, ApiError> {
    let history = history(backend, &record.number).await?;
    // The reporter does not see what an agency writes to the grievance office until the office reports back.
    let is_told = |event: &GrievanceEventView| event.action.message("").is_some();
    let says = next(backend, &record);
    let may_answer = allowed(record.status, Actor::Person).any(|action| action == Action::Agree);
    Ok(GrievanceView {
        number: record.number,
        service: record.service.as_deref().map(Into::into),
        step: record.step.as_deref().map(Into::into),
        reference: record.reference.as_deref().map(Into::into),
        happened: record.happened,
        created_at: rfc3339(record.created_at),
        status: record.status,
        says,
        history: history.into_iter().filter(is_told).collect(),
        may_answer,
    })
}

fn next(backend: &Backend, record: &GrievanceRecord) -> Text {
    match record.status {
        GrievanceStatus::Received => call_back::promise(backend, record),
        GrievanceStatus::Accepted | GrievanceStatus::Classified => Text::new(
            "已受理，正在核实，结果会告诉您。",
            "Accepted. We are looking into it and will tell you the outcome.",
        ),
        GrievanceStatus::HandedOver | GrievanceStatus::Solved => Text::new(
            "负责的部门正在办理，办好后告诉您。",
            "The agency is working on it; we will tell you when it is done.",
        ),
        GrievanceStatus::ReportedBack => {
            Text::new("有结果了，请确认是否办成。", "There is an outcome: has it been solved?")
        }
        GrievanceStatus::Checked => Text::new("已办结，谢谢您。", "Closed as solved. Thank you."),
        GrievanceStatus::Declined => Text::new(
            "不在受理范围。原因和办理去向写在下面，也可以拨打 12345。",
            "This is not for our desk. The reason and where to turn are below; you can also call 12345.",
        ),
    }
}

/// The officer's list, open grievances first.
pub(crate) async fn entries(backend: &Backend, officer: &OfficerRecord) -> Result<Vec<GrievanceEntry>, ApiError> {
    let of = (officer.agency != GRIEVANCE_DESK).then_some((officer.agency.as_str(), divisions(officer)));
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
        item: item(backend, &record).await?,
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
    if record.status == GrievanceStatus::Received {
        return call_back::is_missed(backend, record);
    }
    let today = date::print(in_changde(backend.now()).date());
    record.status.is_ticking() && record.due.as_deref().is_some_and(|due| due < today.as_str())
}

fn service(backend: &Backend, record: &GrievanceRecord) -> Option<Text> {
    record.service.as_deref().and_then(|id| backend.catalogue.title(id))
}

/// The title of the item that a low rating is of, as the case's own definition has it.
async fn item(backend: &Backend, record: &GrievanceRecord) -> Result<Option<Text>, ApiError> {
    let (Some(reference), Some(item)) = (&record.reference, &record.item) else { return Ok(None) };
    let Some(case) = backend.store.case(reference).await? else { return Ok(None) };
    let open = OpenCase::with(backend, case).await?;
    Ok(open.service.item(&item.as_str().into()).map(|item| item.title.clone()))
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
