//! A case with the definition that it was made from, as its owner sees it.

mod next;

use std::collections::BTreeMap;
use std::sync::Arc;

use contract::api::{Another, CaseSummary, CaseView, DeliveryView, FeeView, NewRating, Receipt, TaskView};
use contract::case::CaseStatus;
use contract::condition::Scope;
use contract::id::Reference;
use contract::service::FeeDue;
use contract::{Context, Service, date};
use time::Date;

use crate::backend::Backend;
use crate::casework;
use crate::deliverable;
use crate::error::ApiError;
use crate::offices::Decider;
use crate::partners::{in_changde, rfc3339};
use crate::rating;
use crate::renewal;
use crate::store::{CaseRecord, Citizen, IssuedRecord, PaymentRecord, TaskRecord};

pub(crate) struct OpenCase {
    pub(crate) record: CaseRecord,
    pub(crate) service: Arc<Service>,
    /// The day and place of sending, by which its fees are reckoned.
    context: Context,
    /// The day on which it is looked at.
    today: Date,
    issued: Vec<IssuedRecord>,
    /// The certificate that it applies for again.
    pub(crate) renewed: Option<IssuedRecord>,
    payment: Option<PaymentRecord>,
    /// Other applications of the same family.
    siblings: Vec<Reference>,
    /// By item: who decides it, as people call it.
    deciders: BTreeMap<String, Decider>,
    /// By item: how its result comes.
    deliveries: BTreeMap<String, DeliveryView>,
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
        let family = match &record.family {
            Some(family) => backend.store.family_of(&record.citizen, family).await?,
            None => Vec::new(),
        };
        let others = family.into_iter().filter(|other| *other != record.reference);
        let siblings = others.map(|other| other.as_str().into()).collect();
        let received = in_changde(record.received_at).date();
        let context = Context { today: received, division: record.division.as_str().into() };
        let issued = backend.store.issued_of_case(&record.reference).await?;
        let renewed = match &record.renews {
            Some(code) => backend.store.issued_with(code).await?,
            None => None,
        };
        let payment = backend.store.payment_of(&record.reference).await?;
        let deciders = deciders(backend, &service, &record.tasks);
        let scope = Scope { service: &service, context: &context, answers: &record.answers, row: None };
        let deliveries = deliverable::deliveries(backend, &scope, &record.tasks);
        let today = in_changde(backend.now()).date();
        Ok(Self { record, service, context, today, issued, renewed, payment, siblings, deciders, deliveries })
    }

    /// How the result of a task comes.
    pub(crate) fn delivery(&self, task: &TaskRecord) -> Option<DeliveryView> {
        self.deliveries.get(&task.item).cloned()
    }

    /// Who decides a task, as people call it.
    pub(crate) fn decider(&self, task: &TaskRecord) -> Option<Decider> {
        self.deciders.get(&task.item).cloned()
    }

    pub(crate) fn receipt(&self) -> Receipt {
        Receipt {
            reference: self.record.reference.as_str().into(),
            service: self.service.id.clone(),
            title: self.service.title.clone(),
            received_at: rfc3339(self.record.received_at),
            tasks: self.tasks(),
            to_pay: self.to_pay(),
            siblings: self.siblings.clone(),
            another: self.another(),
            next: self.next_steps(),
        }
    }

    pub(crate) fn summary(&self) -> CaseSummary {
        let Receipt { reference, service, title, received_at, tasks, .. } = self.receipt();
        let finished = tasks.iter().all(|task| task.status.is_end());
        CaseSummary { reference, service, title, received_at, tasks, finished }
    }

    /// Withdraws the case while no task of it is decided.
    pub(crate) async fn withdraw(&self, backend: &Backend) -> Result<(), ApiError> {
        casework::withdraw(backend, &self.record, &self.service).await
    }

    /// Records the applicant's rating.
    pub(crate) async fn rate(&self, backend: &Backend, citizen: &Citizen, new: NewRating) -> Result<(), ApiError> {
        rating::rate(backend, citizen, &self.record, new).await
    }

    pub(crate) async fn view(self, backend: &Backend) -> Result<CaseView, ApiError> {
        let history = casework::history(backend, &self.record.reference).await?;
        let ratings = rating::Ratings::of(backend, &self.record).await?;
        Ok(CaseView {
            may_rate: ratings.are_none() && rating::is_over(&self.record, &self.service),
            rating: ratings.of_the_whole,
            ratings: ratings.of_items,
            may_withdraw: casework::may_withdraw(&self.record),
            correction_requests: casework::CorrectionRequests::of(backend, &self.record).await?.reasons,
            history,
            reference: self.record.reference.as_str().into(),
            service: self.service.id.clone(),
            service_version: self.record.service_version,
            title: self.service.title.clone(),
            division: self.record.division.as_str().into(),
            received_at: rfc3339(self.record.received_at),
            track: self.record.track.as_deref().map(Into::into),
            tasks: self.tasks_with_renewals(backend).await?,
            seen: backend.store.happened(&self.record.reference).await?,
            to_pay: self.to_pay(),
            paid: self.payment.as_ref().map(deliverable::paid),
            another: self.another(),
            next: self.next_steps_at_the_end(),
            siblings: self.siblings,
            answers: self.record.answers,
        })
    }

    pub(crate) fn scope(&self) -> Scope<'_> {
        Scope { service: &self.service, context: &self.context, answers: &self.record.answers, row: None }
    }

    /// The fees still to be paid. An item that ended without being granted costs nothing.
    fn to_pay(&self) -> Vec<FeeView> {
        let view = |(due, status): (FeeDue<'_>, CaseStatus)| FeeView {
            title: due.fee.title.clone(),
            sort: due.fee.sort,
            amount: due.amount(),
            may_be_paid: deliverable::may_be_paid(status),
        };
        self.owed().into_iter().map(view).collect()
    }

    /// The unpaid fees, with the status of their items.
    pub(crate) fn owed(&self) -> Vec<(FeeDue<'_>, CaseStatus)> {
        if self.payment.is_some() {
            return Vec::new();
        }
        self.fees().into_iter().filter(|(_, status)| !status.is_end()).collect()
    }

    /// The fees of all items, paid or not, with the items' status.
    pub(crate) fn fees(&self) -> Vec<(FeeDue<'_>, CaseStatus)> {
        let status = |due: &FeeDue<'_>| {
            self.record.tasks.iter().find(|task| task.item == *due.fee.item.0).map(|task| task.status)
        };
        let fees = self.service.fees_due(&self.scope()).into_iter();
        fees.filter_map(|due| Some((due, status(&due)?))).collect()
    }

    fn another(&self) -> Option<Another> {
        let siblings = self.service.siblings.as_ref().filter(|siblings| siblings.show_when.holds(&self.scope()))?;
        Some(Another { title: siblings.title.clone(), says: siblings.says.clone() })
    }

    fn issued_for(&self, task: &TaskRecord) -> Option<&IssuedRecord> {
        self.issued.iter().find(|issued| issued.item == task.item)
    }

    /// The last day of the certificate that a task issued, or would issue today.
    pub(crate) fn valid_until(&self, task: &TaskRecord) -> Option<String> {
        if let Some(issued) = self.issued_for(task) {
            return issued.valid_until.clone();
        }
        let item = self.service.item(&task.item.as_str().into()).filter(|_| !task.status.is_end())?;
        let issue = item.issues.as_ref()?;
        let until = match self.renewed(item) {
            Some(renewed) => renewed.valid_until(&self.service, issue),
            None => self.service.valid_until(issue, self.today),
        };
        until.map(date::print)
    }

    /// The tasks, each certificate with how to apply for it again.
    async fn tasks_with_renewals(&self, backend: &Backend) -> Result<Vec<TaskView>, ApiError> {
        let mut tasks = self.tasks();
        for task in &mut tasks {
            let issued = self.issued.iter().find(|issued| task.item == *issued.item);
            if let (Some(issued), Some(certificate)) = (issued, &mut task.certificate) {
                certificate.renewal = renewal::offered(backend, &self.record.citizen, issued).await?;
            }
        }
        Ok(tasks)
    }

    fn tasks(&self) -> Vec<TaskView> {
        self.record.tasks.iter().filter_map(|task| self.task(task)).collect()
    }

    /// `None` never happens: definitions do not change.
    fn task(&self, task: &TaskRecord) -> Option<TaskView> {
        let item = self.service.items.iter().find(|item| item.id == *task.item)?;
        let decider = self.decider(task)?;
        Some(TaskView {
            item: item.id.clone(),
            title: item.title.clone(),
            agency: decider.name,
            agency_phone: decider.phone,
            complaints_phone: item.complaints.as_ref().map(|complaints| complaints.phone.clone()).unwrap_or_default(),
            kind: item.kind(),
            status: task.status,
            deliverable: item.deliverable.clone(),
            due: task.due.clone(),
            due_is_provisional: task.due_is_provisional,
            asks: (task.status == CaseStatus::AwaitingMaterials)
                .then(|| Some(item.after_check.as_ref()?.says.clone()))
                .flatten(),
            delivery: self.deliveries.get(&task.item).cloned(),
            certificate: self.issued_for(task).map(|issued| deliverable::whole(issued, self.today)),
        })
    }
}

fn deciders(backend: &Backend, service: &Service, tasks: &[TaskRecord]) -> BTreeMap<String, Decider> {
    let decider = |task: &TaskRecord| {
        let item = service.item(&task.item.as_str().into())?;
        let agency = service.agency(&item.agency)?;
        let decider = backend.offices.decider(&backend.divisions, (item, agency), &task.destination);
        Some((task.item.clone(), decider))
    };
    tasks.iter().filter_map(decider).collect()
}
