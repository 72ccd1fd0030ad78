//! The only HTTP of the officers' app. Each failure says what happened and what to do next.

#[path = "../api/http.rs"]
mod http;
#[path = "../api/json.rs"]
mod json;

use contract::Service;
use contract::address::Division;
use contract::api::{
    Decision, GrievanceDetail, GrievanceEntry, GrievanceStep, OfficerSignIn, OfficerView, OutboxView, ProblemDocument,
    QueueEntry, ServiceSummary, TaskDetail,
};
use contract::id::{DivisionCode, ItemId, Reference, ServiceId};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::session;
use crate::words::t;
use http::Request;

/// What went wrong with a request. Status 0: it never got an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ApiError {
    pub(super) status: u16,
    pub(super) problem: Option<Box<ProblemDocument>>,
    pub(super) retry_after_seconds: Option<u32>,
}

impl ApiError {
    pub(super) fn says(&self) -> String {
        match (&self.problem, self.status) {
            (Some(problem), _) => format!("{}{}{}", problem.title, t("。", ". "), problem.detail),
            (_, 0) => t(
                "网络没有连上。写好的都还在，请再试一次。",
                "No connection. What you wrote is kept, please try again.",
            )
            .to_owned(),
            (_, 401) => t("请先登录。", "Please sign in first.").to_owned(),
            (_, 404) => {
                t("没有这一件，或者不归您这个部门办。", "There is no such task, or it is not your agency's.").to_owned()
            }
            _ => t(
                "这会儿没有办成，什么都没有改动。请再试一次。",
                "That did not work, nothing was changed. Please try again.",
            )
            .to_owned(),
        }
    }

    /// Kebab-case, stable.
    pub(super) fn code(&self) -> &str {
        self.problem.as_ref().map_or("", |problem| &problem.code)
    }
}

pub(super) type Answer<T> = Result<T, ApiError>;

pub(super) async fn sign_in(given: &OfficerSignIn) -> Answer<OfficerView> {
    read(request("POST", "/api/agency/session").json(given)).await
}

pub(super) async fn officer() -> Answer<OfficerView> {
    read(request("GET", "/api/agency/session")).await
}

pub(super) async fn sign_out() -> Answer<()> {
    body(request("DELETE", "/api/agency/session")).await.map(|_| ())
}

/// All tasks of the officer's agency and divisions, those due first. The page filters them.
pub(super) async fn tasks() -> Answer<Vec<QueueEntry>> {
    read(request("GET", "/api/agency/tasks")).await
}

pub(super) async fn task(reference: &Reference, item: &ItemId) -> Answer<TaskDetail> {
    read(request("GET", &task_url(reference, item))).await
}

/// Takes a task in hand, or gives it back.
pub(super) async fn hold(task: &TaskDetail, hold: bool) -> Answer<TaskDetail> {
    let url = format!("{}/{}", task_url(&task.reference, &task.item), if hold { "claim" } else { "release" });
    read(if_unchanged(request("POST", &url), task.version)).await
}

/// Takes a task in hand from its line.
pub(super) async fn claim(entry: &QueueEntry) -> Answer<TaskDetail> {
    let url = format!("{}/claim", task_url(&entry.reference, &entry.item));
    read(if_unchanged(request("POST", &url), entry.version)).await
}

pub(super) async fn decide(task: &TaskDetail, decision: &Decision) -> Answer<TaskDetail> {
    let url = format!("{}/decisions", task_url(&task.reference, &task.item));
    read(if_unchanged(request("POST", &url), task.version).json(decision)).await
}

pub(super) async fn grievances() -> Answer<Vec<GrievanceEntry>> {
    read(request("GET", "/api/agency/grievances")).await
}

pub(super) async fn grievance(number: &str) -> Answer<GrievanceDetail> {
    read(request("GET", &format!("/api/agency/grievances/{number}"))).await
}

pub(super) async fn step_grievance(seen: &GrievanceDetail, step: &GrievanceStep) -> Answer<GrievanceDetail> {
    let request = request("POST", &format!("/api/agency/grievances/{}/steps", seen.number))
        .header("If-Match", format!("\"{}\"", seen.version));
    read(request.json(step)).await
}

pub(super) async fn services() -> Answer<Vec<ServiceSummary>> {
    read(request("GET", "/api/services")).await
}

/// The definition as it holds now, or the one that a case was sent under.
pub(super) async fn service(id: &ServiceId, version: Option<u32>, division: &DivisionCode) -> Answer<Service> {
    let version = version.map(|version| format!("/versions/{version}")).unwrap_or_default();
    read(request("GET", &format!("/api/services/{id}{version}?division={division}"))).await
}

/// The counties and zones of the city.
pub(super) async fn divisions() -> Answer<Vec<Division>> {
    read(request("GET", "/api/divisions?parent=4307")).await
}

/// The address of a file that belongs to a task, or of its thumbnail.
pub(super) fn attachment_url(id: &str, thumbnail: bool) -> String {
    format!("/api/agency/attachments/{id}{}", if thumbnail { "?thumbnail=1" } else { "" })
}

/// SMS that have not gone out; for the desk.
pub(super) async fn outbox() -> Answer<OutboxView> {
    read(request("GET", "/api/agency/outbox")).await
}

/// The address of a notice that was served with a step of a task.
pub(super) fn notice_url(detail: &TaskDetail, id: &str) -> String {
    format!("{}/notices/{id}", task_url(&detail.reference, &detail.item))
}

fn task_url(reference: &Reference, item: &ItemId) -> String {
    format!("/api/agency/tasks/{reference}/{item}")
}

fn request(method: &'static str, url: &str) -> Request {
    Request::new(method, url)
}

fn if_unchanged(request: Request, version: u64) -> Request {
    request.header("If-Match", format!("\"{version}\""))
}

/// A server of a later release may say more than this page knows.
async fn read<T: DeserializeOwned>(request: Request) -> Answer<T> {
    serde_json::from_value(body(request).await?).map_err(|error| unexpected(&error.to_string()))
}

/// An answer that is no success becomes the error it describes.
async fn body(request: Request) -> Answer<Value> {
    let response = request.send().await;
    let body = json::value_of(&response.body());
    if response.ok() {
        return Ok(body);
    }
    let problem = serde_json::from_value(body).ok().map(Box::new);
    let retry_after_seconds = response.retry_after();
    let error = ApiError { status: response.status(), problem, retry_after_seconds };
    session::note(&error);
    Err(error)
}

fn unexpected(fault: &str) -> ApiError {
    web_sys::console::error_2(&"unexpected answer".into(), &fault.into());
    ApiError { status: 200, ..ApiError::default() }
}
