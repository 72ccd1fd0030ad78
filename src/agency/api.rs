//! The only HTTP of the officers' program: one method an endpoint.

use contract::Service;
use contract::address::Division;
use contract::api::{
    CaseLookup, Decision, GrievanceDetail, GrievanceEntry, GrievanceStep, OfficerSignIn, OfficerView, OutboxView,
    QueueEntry, ServiceSummary, TaskDetail,
};
use contract::id::{DivisionCode, ItemId, ListId, Reference, ServiceId};
use contract::kinds::Choosable;
use serde_json::Value;

use crate::http::{Answer, HttpClient, HttpRequest};

/// The server, as the officers' program calls it. It stands in the context.
#[derive(Clone, Copy)]
pub(super) struct AgencyApi {
    pub(super) client: HttpClient,
}

impl AgencyApi {
    pub(super) async fn sign_in(self, credentials: &OfficerSignIn) -> Answer<OfficerView> {
        self.client.send(HttpRequest::post("/api/agency/session").json(credentials)).await
    }

    pub(super) async fn officer(self) -> Answer<OfficerView> {
        self.client.send(HttpRequest::get("/api/agency/session")).await
    }

    pub(super) async fn sign_out(self) -> Answer<Value> {
        self.client.send(HttpRequest::delete("/api/agency/session")).await
    }

    /// All tasks of the officer's agency and divisions, those due first. The page filters them.
    pub(super) async fn tasks(self) -> Answer<Vec<QueueEntry>> {
        self.client.send(HttpRequest::get("/api/agency/tasks")).await
    }

    pub(super) async fn task(self, reference: &Reference, item: &ItemId) -> Answer<TaskDetail> {
        self.client.send(HttpRequest::get(task_url(reference, item))).await
    }

    /// How far a case is. Each call is written down.
    pub(super) async fn look_up_case(self, reference: &Reference) -> Answer<CaseLookup> {
        self.client.send(HttpRequest::get(format!("/api/agency/cases/{reference}"))).await
    }

    /// Assigns a task to this officer.
    pub(super) async fn claim(self, reference: &Reference, item: &ItemId, version: u64) -> Answer<TaskDetail> {
        let url = format!("{}/claim", task_url(reference, item));
        self.client.send(HttpRequest::post(url).if_match(version)).await
    }

    /// Gives a task that this officer had claimed back to the agency.
    pub(super) async fn release(self, task: &TaskDetail) -> Answer<TaskDetail> {
        let url = format!("{}/release", task_url(&task.reference, &task.item));
        self.client.send(HttpRequest::post(url).if_match(task.version)).await
    }

    pub(super) async fn decide(self, task: &TaskDetail, decision: &Decision) -> Answer<TaskDetail> {
        let url = format!("{}/decisions", task_url(&task.reference, &task.item));
        self.client.send(HttpRequest::post(url).if_match(task.version).json(decision)).await
    }

    pub(super) async fn grievances(self) -> Answer<Vec<GrievanceEntry>> {
        self.client.send(HttpRequest::get("/api/agency/grievances")).await
    }

    pub(super) async fn grievance(self, number: &str) -> Answer<GrievanceDetail> {
        self.client.send(HttpRequest::get(format!("/api/agency/grievances/{number}"))).await
    }

    pub(super) async fn take_grievance_step(
        self,
        grievance: &GrievanceDetail,
        step: &GrievanceStep,
    ) -> Answer<GrievanceDetail> {
        let request = HttpRequest::post(format!("/api/agency/grievances/{}/steps", grievance.number));
        self.client.send(request.if_match(grievance.version).json(step)).await
    }

    /// SMS that have not gone out; for the grievance desk.
    pub(super) async fn outbox(self) -> Answer<OutboxView> {
        self.client.send(HttpRequest::get("/api/agency/outbox")).await
    }

    pub(super) async fn services(self) -> Answer<Vec<ServiceSummary>> {
        self.client.send(HttpRequest::get("/api/services")).await
    }

    /// The definition as it holds now, or the version that a case was sent under.
    pub(super) async fn service(
        self,
        id: &ServiceId,
        version: Option<u32>,
        division: &DivisionCode,
    ) -> Answer<Service> {
        let version = version.map(|version| format!("/versions/{version}")).unwrap_or_default();
        self.client.send(HttpRequest::get(format!("/api/services/{id}{version}?division={division}"))).await
    }

    /// The entries of a code list of a version.
    pub(super) async fn list(self, service: &Service, list: &ListId) -> Answer<Vec<Choosable>> {
        self.client
            .send(HttpRequest::get(format!("/api/services/{}/versions/{}/lists/{list}", service.id, service.version)))
            .await
    }

    /// The counties and zones of the city.
    pub(super) async fn divisions(self) -> Answer<Vec<Division>> {
        self.client.send(HttpRequest::get("/api/divisions?parent=4307")).await
    }
}

/// The address of a file that belongs to a task, or of its thumbnail.
pub(super) fn attachment_url(id: &str, thumbnail: bool) -> String {
    format!("/api/agency/attachments/{id}{}", if thumbnail { "?thumbnail=1" } else { "" })
}

/// The address of a notice that was served with a step of a task.
pub(super) fn notice_url(task: &TaskDetail, id: &str) -> String {
    format!("{}/notices/{id}", task_url(&task.reference, &task.item))
}

fn task_url(reference: &Reference, item: &ItemId) -> String {
    format!("/api/agency/tasks/{reference}/{item}")
}
