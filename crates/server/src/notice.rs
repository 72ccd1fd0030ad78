//! Notices on paper (文书): which steps serve one, its frozen facts, and its document.

mod facts;
mod printing;

use contract::Text;
use contract::api::NoticeView;

use crate::backend::Backend;
use crate::case::OpenCase;
use crate::error::ApiError;
use crate::partners::rfc3339;
use crate::secret::code_on_paper;
use crate::store::{Citizen, Notice, ServedNotice, Step};
use facts::{Facts, NoticeKind, Paper};

pub(crate) use printing::{PrintError, Printer};

/// The notice that a step serves, with the facts as they are now; `None` for steps without a notice.
pub(crate) async fn of(
    backend: &Backend,
    case: &OpenCase,
    applicant: Option<&Citizen>,
    step: &Step,
) -> Result<Option<Notice>, ApiError> {
    let Some(kind) = NoticeKind::of(step) else { return Ok(None) };
    let item = case.service.item(&step.item.as_str().into()).ok_or(ApiError::Internal)?;
    let task = case.record.tasks.iter().find(|task| task.item == step.item).ok_or(ApiError::Internal)?;
    let decider = case.decider(task).ok_or(ApiError::Internal)?;
    let handler = match &step.done_by {
        Some(id) => backend.store.officers().await?.into_iter().find(|officer| officer.id == *id),
        None => None,
    };
    let mut facts = Facts::of(backend, case, (item, task, &decider), kind, step);
    facts.applicant = named(applicant);
    facts.handler = handler.map(|officer| officer.name).unwrap_or_default();
    let title = kind.title(item.kind());
    Ok(Some(Notice {
        item: step.item.clone(),
        title_zh: title.zh,
        title_en: title.en,
        agency_zh: decider.name.zh,
        agency_en: decider.name.en,
        facts: serde_json::to_string(&facts)?,
        code: code_on_paper()?,
    }))
}

/// Some people are known by their phone alone.
fn named(applicant: Option<&Citizen>) -> String {
    let name = applicant.map(|applicant| applicant.name.trim()).filter(|name| !name.is_empty());
    name.unwrap_or("申请人").to_owned()
}

/// The notices of a citizen's own case, the oldest first.
pub(crate) async fn served(backend: &Backend, citizen: &Citizen, reference: &str) -> Result<Vec<NoticeView>, ApiError> {
    backend.store.case_of(&citizen.id, reference).await?.ok_or(ApiError::NotFound)?;
    Ok(backend.store.notices_of(reference).await?.iter().map(view).collect())
}

/// The notices about one item of a case.
pub(crate) async fn served_about(backend: &Backend, reference: &str, item: &str) -> Result<Vec<NoticeView>, ApiError> {
    let served = backend.store.notices_of(reference).await?;
    Ok(served.iter().filter(|served| served.notice.item == item).map(view).collect())
}

fn view(served: &ServedNotice) -> NoticeView {
    NoticeView {
        id: served.ordinal.to_string(),
        title: Text::new(&served.notice.title_zh, &served.notice.title_en),
        at: rfc3339(served.at),
    }
}

/// A notice of the citizen's own case; anybody else's is not there.
pub(crate) async fn own(
    backend: &Backend,
    citizen: &Citizen,
    reference: &str,
    ordinal: u32,
) -> Result<ServedNotice, ApiError> {
    backend.store.case_of(&citizen.id, reference).await?.ok_or(ApiError::NotFound)?;
    backend.store.notice(reference, ordinal).await?.ok_or(ApiError::NotFound)
}

/// The document as PDF/A. `check_at` is where its code is verified.
pub(crate) async fn print(backend: &Backend, served: &ServedNotice, check_at: String) -> Result<Vec<u8>, ApiError> {
    let facts = serde_json::from_str(&served.notice.facts)?;
    let paper = Paper { facts, number: number(served), code: served.notice.code.clone(), check_at };
    Ok(backend.printer.print(serde_json::to_vec(&paper)?).await?)
}

/// The number of the paper: that of its case, and which of its papers it is.
pub(crate) fn number(served: &ServedNotice) -> String {
    format!("{}-{}", served.reference, served.ordinal)
}

/// To whom it was written.
pub(crate) fn applicant(served: &ServedNotice) -> Result<String, ApiError> {
    let facts: Facts = serde_json::from_str(&served.notice.facts)?;
    Ok(facts.applicant)
}
