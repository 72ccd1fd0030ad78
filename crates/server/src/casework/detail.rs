//! One task as its officer sees it: what the item needs, and nothing else of the application.

use contract::api::{AskedField, EventView, PaperView, TaskDetail, TaskView, Verdict};
use contract::case::{Action, Actor, allowed};
use contract::service::Item;
use contract::sight::Sight;
use contract::{FieldError, Journey};

use super::consequences::day_allows;
use super::{OpenTask, history};
use crate::backend::Backend;
use crate::case::OpenCase;
use crate::divisions::Remedies;
use crate::error::ApiError;
use crate::notice;
use crate::partners::{in_changde, rfc3339};
use crate::store::OfficerRecord;

impl OpenTask {
    pub(crate) async fn detail(&self, backend: &Backend, officer: &OfficerRecord) -> Result<TaskDetail, ApiError> {
        let (item, sight) = (self.item()?, self.sight()?);
        let mine = self.task.assignee.as_deref() == Some(officer.id.as_str());
        let open = OpenCase::with(backend, self.case.clone()).await?;
        // As of the day on which the office received it.
        let journey = self.service.journey(&self.case.answers, open.scope().context);
        let asked = sight.of_journey(&journey);
        let history = history(backend, &self.case.reference).await?;
        Ok(TaskDetail {
            reference: self.case.reference.as_str().into(),
            item: item.id.clone(),
            version: self.task.version,
            status: self.task.status,
            service: self.service.id.clone(),
            service_version: self.service.version,
            division: self.case.division.as_str().into(),
            title: self.service.title.clone(),
            item_title: item.title.clone(),
            office: open.decider(&self.task).map(|decider| decider.name).unwrap_or_default(),
            kind: item.kind(),
            law: item.law.clone(),
            delivery: open.delivery(&self.task),
            valid_until: open.valid_until(&self.task),
            renews: open.renewed(item).map(|renewed| renewed.says(item)),
            remedies: backend
                .divisions
                .remedies(&self.task.destination.division)
                .map(Remedies::sentence)
                .unwrap_or_default(),
            special_procedure: item.special_procedure.clone(),
            received_at: rfc3339(self.case.received_at),
            due: self.task.due.clone(),
            due_is_provisional: self.task.due_is_provisional,
            officer: self.assignee_name(backend).await?,
            mine,
            actions: if mine { self.actions(backend, &history) } else { Vec::new() },
            answers: sight.of_answers(&self.case.answers),
            verdicts: verdicts(self.service.check(&journey), &asked),
            asked,
            papers: self.papers(&journey),
            history: seen_of_history(item, history),
            notices: notice::served_about(backend, &self.case.reference, &self.task.item).await?,
            others: seen_of_others(item, open.receipt().tasks),
        })
    }

    /// The steps that the officer may take now.
    fn actions(&self, backend: &Backend, history: &[EventView]) -> Vec<Action> {
        let today = in_changde(backend.now()).date();
        let may = |action: &Action| day_allows(&self.task, *action, history, today);
        allowed(self.task.status, Actor::Officer).filter(may).collect()
    }

    /// Whether the officer of this task sees a file.
    pub(crate) fn sees_file(&self, id: &str) -> Result<bool, ApiError> {
        Ok(self.sight()?.of_answers(&self.case.answers).files().contains(&id))
    }

    pub(super) fn sight(&self) -> Result<Sight<'_>, ApiError> {
        Ok(self.service.sight(self.item()?))
    }

    pub(super) fn item(&self) -> Result<&Item, ApiError> {
        self.service.items.iter().find(|item| item.id == *self.task.item).ok_or(ApiError::Internal)
    }

    /// The name of the officer who has claimed the task.
    async fn assignee_name(&self, backend: &Backend) -> Result<Option<String>, ApiError> {
        let Some(id) = self.task.assignee.as_deref() else { return Ok(None) };
        Ok(backend.store.officers().await?.into_iter().find(|one| one.id == id).map(|one| one.name))
    }

    fn papers(&self, journey: &Journey<'_>) -> Vec<PaperView> {
        let asked = self.service.asked_materials(journey).into_iter();
        let own = asked.filter(|one| one.material.items.iter().any(|item| *item.0 == self.task.item));
        let view = |one: contract::material::AskedMaterial<'_>| PaperView {
            material: one.material.id.clone(),
            mode: one.mode,
            uploads: one.uploads,
            given: one.given,
        };
        own.map(view).collect()
    }
}

/// The verdicts on answers that the officer sees.
fn verdicts(errors: Vec<FieldError>, asked: &[AskedField]) -> Vec<Verdict> {
    let is_seen = |error: &FieldError| {
        let of_rows = |one: &AskedField| one.field.split_once('.').is_some_and(|(group, _)| *group == error.field);
        asked.iter().any(|one| one.field == error.field && one.row == error.row || error.row.is_none() && of_rows(one))
    };
    let verdict = |error: FieldError| Verdict { field: error.field, row: error.row, says: error.message };
    errors.into_iter().filter(is_seen).map(verdict).collect()
}

/// Of other offices' steps the officer sees only that they were taken: their words may mention answers that this
/// office does not see.
fn seen_of_history(item: &Item, history: Vec<EventView>) -> Vec<EventView> {
    let seen = |event: EventView| {
        if event.item == item.id {
            return event;
        }
        EventView { says: String::new(), basis: String::new(), reasons: Vec::new(), ..event }
    };
    history.into_iter().map(seen).collect()
}

/// The other tasks of the case; what they issued only where this item needs it.
fn seen_of_others(item: &Item, others: Vec<TaskView>) -> Vec<TaskView> {
    let seen = |other: TaskView| TaskView {
        certificate: other.certificate.filter(|_| item.needs.contains(&other.item)),
        delivery: None,
        ..other
    };
    others.into_iter().filter(|other| other.item != item.id).map(seen).collect()
}
