//! The only HTTP of the app. Each request has a deadline; each failure says what happened in the resident's words.

mod beginning;
mod events;
mod http;
mod json;

use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use contract::Service;
use contract::address::Division;
use contract::api::{
    CaseSummary, CaseView, CertificateView, CodeRequest, CodeSent, Draft, DraftChange, DraftSummary, NewGrievance,
    ProblemDocument, Receipt, ServiceSummary, SessionView, SignIn, Submit,
};
use contract::id::{DivisionCode, Reference, ServiceId};
use contract::json::{FromJson, table};
use serde::Serialize;
use serde_json::Value;
use signals::{RwSignal, lasting};

use crate::browser;
use crate::words::t;
pub(crate) use beginning::{create_correction, create_draft, create_sibling};
use http::Request;
pub(crate) use json::value_of;

/// What went wrong with a request. Status 0: it never got an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) problem: Option<Box<ProblemDocument>>,
}

impl ApiError {
    /// What happened and what to do next.
    pub(crate) fn says(&self) -> String {
        match (&self.problem, self.status) {
            (Some(problem), _) if !problem.detail.is_empty() => problem.detail.clone(),
            (_, 0) => t(
                "网络不太好，没有连上。已经填好的内容还在，请稍后再试。",
                "No connection just now. What you entered is kept, please try again shortly.",
            )
            .to_owned(),
            (_, 412) => t(
                "内容刚刚有变化，请再看一遍，没问题再提交。",
                "Something has just changed. Please look it over again, then send it.",
            )
            .to_owned(),
            (_, 401) => t("请先登录。", "Please sign in first.").to_owned(),
            (_, 404) => {
                t("没有找到这一页，可能已经办完或删掉了。", "This is not here any more, it may be finished or deleted.")
                    .to_owned()
            }
            _ => t(
                "这会儿没有办成，内容没有丢。请稍后再试，或拨打 12345。",
                "That did not work just now, nothing is lost. Try again later, or call 12345.",
            )
            .to_owned(),
        }
    }

    /// What is to be sent is not what the resident saw.
    pub(crate) fn changed() -> Self {
        Self { status: 412, problem: None }
    }

    /// Whether trying again later may help.
    pub(crate) fn may_pass(&self) -> bool {
        self.is_offline() || self.status >= 500 || self.status == 409
    }

    pub(crate) fn is_offline(&self) -> bool {
        self.status == 0
    }
}

type Answer<T> = Result<T, ApiError>;

/// An answer on its way, not yet read into its shape.
pub(crate) type Unread = Pin<Box<dyn Future<Output = Answer<Value>>>>;

/// An answer on its way. Only reading it into its shape differs from one to another.
pub(crate) struct Ask<T> {
    answer: Unread,
    shape: PhantomData<fn() -> T>,
}

impl<T> Ask<T> {
    pub(crate) fn unread(self) -> Unread {
        self.answer
    }
}

/// Reads an answer into its shape.
pub(crate) fn shaped<T: FromJson>(answer: Value) -> Answer<T> {
    T::from_json(answer).map_err(|fault| unexpected(&fault))
}

impl<T: FromJson> Future for Ask<T> {
    type Output = Answer<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Answer<T>> {
        self.answer.as_mut().poll(context).map(|answer| answer.and_then(shaped))
    }
}

pub(crate) fn services() -> Ask<Vec<ServiceSummary>> {
    get("/api/services")
}

pub(crate) fn service(id: &ServiceId, version: Option<u32>, division: &DivisionCode) -> Ask<Service> {
    match version {
        Some(version) => get(&format!("/api/services/{id}/versions/{version}?division={division}")),
        None => get(&format!("/api/services/{id}?division={division}")),
    }
}

pub(crate) fn divisions(parent: &str) -> Ask<Vec<Division>> {
    get(&format!("/api/divisions?parent={parent}"))
}

pub(crate) fn request_code(phone: &str) -> Ask<CodeSent> {
    send("POST", "/api/session/codes", &CodeRequest { phone: phone.to_owned() })
}

pub(crate) fn sign_in(phone: &str, code: &str) -> Ask<SessionView> {
    let given = SignIn { phone: Some(phone.to_owned()), code: Some(code.to_owned()), ticket: None };
    send("POST", "/api/session", &given)
}

pub(crate) fn session() -> Ask<SessionView> {
    get("/api/session")
}

pub(crate) fn sign_out() -> Ask<Value> {
    delete("/api/session")
}

/// Takes a case back while nobody has decided.
pub(crate) fn withdraw(reference: &Reference) -> Ask<CaseView> {
    send("POST", &format!("/api/cases/{reference}/withdrawal"), &table([]))
}

/// Says how a case was handled.
pub(crate) fn rate(reference: &Reference, rating: &Value) -> Ask<Value> {
    send("POST", &format!("/api/cases/{reference}/ratings"), rating)
}

pub(crate) fn drafts() -> Ask<Vec<DraftSummary>> {
    get("/api/drafts")
}

pub(crate) fn draft(id: &str) -> Ask<Draft> {
    get(&format!("/api/drafts/{id}"))
}

pub(crate) fn change_draft(id: &str, version: u64, change: &DraftChange) -> Ask<Draft> {
    let request = request("PATCH", &format!("/api/drafts/{id}")).header("If-Match", format!("\"{version}\""));
    ask(request.json(change))
}

pub(crate) fn delete_draft(id: &str) -> Ask<Value> {
    delete(&format!("/api/drafts/{id}"))
}

/// Asks the register of a lookup field; with `doubt` says that the register is wrong.
pub(crate) fn look_up(id: &str, field: &str, version: u64, doubt: bool) -> Ask<Draft> {
    let request =
        request("POST", &format!("/api/drafts/{id}/lookups/{field}")).header("If-Match", format!("\"{version}\""));
    ask(request.json(&table([("doubt", doubt.into())])))
}

/// Signs a draft as it stands, with `strokes` or with the name `typed`.
pub(crate) fn sign(id: &str, field: &str, version: u64, (how, written): (&str, String)) -> Ask<Draft> {
    let request =
        request("POST", &format!("/api/drafts/{id}/signatures/{field}")).header("If-Match", format!("\"{version}\""));
    ask(request.json(&table([(how, written.into())])))
}

pub(crate) fn submit(id: &str, key: &str, seen: &Submit) -> Ask<Receipt> {
    let request = request("POST", &format!("/api/drafts/{id}/submit")).header("Idempotency-Key", key.to_owned());
    ask(request.json(seen))
}

pub(crate) fn cases() -> Ask<Vec<CaseSummary>> {
    get("/api/cases")
}

pub(crate) fn case(reference: &Reference) -> Ask<CaseView> {
    get(&format!("/api/cases/{reference}"))
}

pub(crate) fn receipt(reference: &Reference) -> Ask<Receipt> {
    get(&format!("/api/cases/{reference}/receipt"))
}

pub(crate) fn pay(reference: &Reference) -> Ask<CaseView> {
    ask(request("POST", &format!("/api/cases/{reference}/payment")))
}

/// Acts whenever something happened to a case since `seen`.
pub(crate) fn follow_case(reference: &Reference, seen: u64, act: impl FnMut(web_sys::Event) + 'static) {
    events::follow(&format!("/api/cases/{reference}/events?seen={seen}"), act);
}

/// The address of a certificate's QR code, an image made by the server.
pub(crate) fn certificate_qr_url(code: &str) -> String {
    format!("/api/certificates/{code}/qr.svg")
}

/// The address of the receipt's QR code, an image made by the server.
pub(crate) fn qr_url(reference: &Reference) -> String {
    format!("/api/cases/{reference}/qr.svg")
}

pub(crate) fn certificates(kind: Option<&str>) -> Ask<Vec<CertificateView>> {
    get(&kind.map_or_else(|| "/api/certificates".to_owned(), |kind| format!("/api/certificates?type={kind}")))
}

pub(crate) fn report_grievance(grievance: &NewGrievance) -> Ask<Value> {
    send("POST", "/api/grievances", grievance)
}

/// The address of a stored file, or of its thumbnail.
pub(crate) fn attachment_url(id: &str, thumbnail: bool) -> String {
    format!("/api/attachments/{id}{}", if thumbnail { "?thumbnail=1" } else { "" })
}

fn get<T>(url: &str) -> Ask<T> {
    ask(request("GET", url))
}

fn delete(url: &str) -> Ask<Value> {
    ask(request("DELETE", url))
}

fn send<T>(method: &'static str, url: &str, body: &impl Serialize) -> Ask<T> {
    ask(request(method, url).json(body))
}

fn request(method: &'static str, url: &str) -> Request {
    Request::new(method, url)
}

fn ask<T>(request: Request) -> Ask<T> {
    Ask { answer: Box::pin(read(request)), shape: PhantomData }
}

/// An answer that is no success becomes the error it describes. One without a body reads as `null`.
async fn read(request: Request) -> Answer<Value> {
    let response = request.send().await;
    if let Some(kept) = response.kept().filter(|_| response.status() > 0) {
        from_copies().set(kept);
    }
    let body = value_of(&response.body());
    if response.ok() {
        return Ok(body);
    }
    let problem = FromJson::from_json(body).ok().map(Box::new);
    let error = ApiError { status: response.status(), problem };
    crate::session::note(&error);
    Err(error)
}

thread_local! {
    static FROM_COPIES: RwSignal<bool> = lasting(|| RwSignal::new(false));
}

/// Whether the last answer was a copy on this phone: there is no network.
pub(crate) fn from_copies() -> RwSignal<bool> {
    FROM_COPIES.with(|copies| *copies)
}

/// Waits before trying again by oneself: longer after each failure, at random.
pub(crate) async fn pause_after(failures: u32) {
    browser::pause(http::pause(failures)).await;
}

fn unexpected(fault: &str) -> ApiError {
    web_sys::console::error_2(&"unexpected answer".into(), &fault.into());
    ApiError { status: 200, problem: None }
}
