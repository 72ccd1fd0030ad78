//! A case as a window or an office looks it up: by its number, or by the code on the receipt. How far each item is, and
//! nothing of the answers: those stand in the task of the office that decides.

use contract::api::{CaseLookup, LookedUpTask, TaskView};

use crate::backend::Backend;
use crate::case::OpenCase;
use crate::casework::OpenTask;
use crate::error::ApiError;
use crate::officer::WINDOW;
use crate::partners::rfc3339;
use crate::store::OfficerRecord;

/// Looks a case up for an officer who may open one of its tasks, or who works at a window. Each opening, and each that
/// was refused, is one line of the audit.
pub(crate) async fn look_up(backend: &Backend, officer: &OfficerRecord, number: &str) -> Result<CaseLookup, ApiError> {
    let reference = number.trim().to_uppercase();
    let case = backend.store.case(&reference).await?.ok_or(ApiError::NotFound)?;
    let open = OpenCase::with(backend, case).await?;
    let mut tasks = Vec::new();
    for task in open.receipt().tasks {
        let may_open = OpenTask::of(backend, officer, &reference, &task.item).await.is_ok();
        tasks.push(looked_up(task, may_open));
    }
    let may_see = officer.agency == WINDOW || tasks.iter().any(|task| task.may_open);
    let action = if may_see { "look-up" } else { "look-up-refused" };
    backend.store.note(&format!("officer:{}", officer.id), action, &reference, backend.now()).await?;
    if !may_see {
        return Err(ApiError::NotYourOffice);
    }
    Ok(CaseLookup {
        reference: reference.as_str().into(),
        service: open.service.id.clone(),
        title: open.service.title.clone(),
        division: open.record.division.as_str().into(),
        received_at: rfc3339(open.record.received_at),
        tasks,
    })
}

fn looked_up(task: TaskView, may_open: bool) -> LookedUpTask {
    LookedUpTask {
        item: task.item,
        title: task.title,
        kind: task.kind,
        agency: task.agency,
        agency_phone: task.agency_phone,
        status: task.status,
        due: task.due,
        due_is_provisional: task.due_is_provisional,
        may_open,
    }
}
