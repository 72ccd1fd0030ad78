//! A case with the definition that it was made from, as its owner sees it.

use std::sync::Arc;

use contract::Service;
use contract::api::{CaseSummary, CaseView, Receipt, TaskView};

use crate::backend::Backend;
use crate::error::ApiError;
use crate::partners::rfc3339;
use crate::store::{CaseRecord, Citizen, TaskRecord};

pub(crate) struct OpenCase {
    record: CaseRecord,
    service: Arc<Service>,
}

impl OpenCase {
    /// The citizen's own case; anybody else's is not there.
    pub(crate) async fn of(backend: &Backend, citizen: &Citizen, reference: &str) -> Result<Self, ApiError> {
        let record = backend.store.case_of(&citizen.id, reference).await?.ok_or(ApiError::NotFound)?;
        Self::with(backend, record).await
    }

    pub(crate) async fn with(backend: &Backend, record: CaseRecord) -> Result<Self, ApiError> {
        let version = record.service_version;
        let service = backend.catalogue.version(&*backend.store, &record.service, version, &record.division).await?;
        let service = service.ok_or_else(|| {
            tracing::error!(service = record.service, version, "a case's definition is gone");
            ApiError::Internal
        })?;
        Ok(Self { record, service })
    }

    pub(crate) fn receipt(&self) -> Receipt {
        Receipt {
            reference: self.record.reference.as_str().into(),
            service: self.service.id.clone(),
            title: self.service.title.clone(),
            received_at: rfc3339(self.record.received_at),
            tasks: self.tasks(),
        }
    }

    pub(crate) fn summary(&self) -> CaseSummary {
        let Receipt { reference, service, title, received_at, tasks } = self.receipt();
        CaseSummary { reference, service, title, received_at, tasks }
    }

    pub(crate) fn view(self) -> CaseView {
        CaseView {
            reference: self.record.reference.as_str().into(),
            service: self.service.id.clone(),
            service_version: self.record.service_version,
            title: self.service.title.clone(),
            division: self.record.division.as_str().into(),
            received_at: rfc3339(self.record.received_at),
            track: self.record.track.as_deref().map(Into::into),
            tasks: self.tasks(),
            answers: self.record.answers,
        }
    }

    fn tasks(&self) -> Vec<TaskView> {
        self.record.tasks.iter().filter_map(|task| self.task(task)).collect()
    }

    /// `None` never happens: definitions do not change.
    fn task(&self, task: &TaskRecord) -> Option<TaskView> {
        let item = self.service.items.iter().find(|item| item.id == *task.item)?;
        let agency = self.service.agency(&item.agency)?;
        Some(TaskView {
            item: item.id.clone(),
            title: item.title.clone(),
            agency: agency.name.clone(),
            agency_phone: agency.phone.clone(),
            status: task.status,
            deliverable: item.deliverable.clone(),
            due: task.due.clone(),
            due_is_provisional: task.due_is_provisional,
        })
    }
}
