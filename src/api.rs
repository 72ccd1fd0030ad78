//! The only HTTP of the app. Each request has a deadline; each failure says what happened in the resident's words.

use crate::browser::window;
use contract::Service;
use contract::address::Division;
use contract::api::{
    AttachmentView, CaseSummary, CaseView, CertificateView, CodeRequest, CodeSent, Draft, DraftChange, DraftSummary,
    NewDraft, ProblemDocument, Receipt, ServiceSummary, SessionView, SignIn, Submit,
};
use contract::id::{DivisionCode, Reference, ServiceId};
use contract::json::FromJson;
use gloo_net::http::{Method, Request, RequestBuilder, Response};
use serde::Serialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use crate::settings;
use crate::words::t;

const DEADLINE_MS: i32 = 15_000;

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

    pub(crate) fn is_offline(&self) -> bool {
        self.status == 0
    }

    pub(crate) fn code(&self) -> &str {
        self.problem.as_ref().map_or("", |problem| &problem.code)
    }
}

type Answer<T> = Result<T, ApiError>;

pub(crate) async fn services() -> Answer<Vec<ServiceSummary>> {
    get("/api/services").await
}

pub(crate) async fn service(id: &ServiceId, version: Option<u32>, division: &DivisionCode) -> Answer<Service> {
    match version {
        Some(version) => get(&format!("/api/services/{id}/versions/{version}?division={division}")).await,
        None => get(&format!("/api/services/{id}?division={division}")).await,
    }
}

pub(crate) async fn divisions(parent: &str) -> Answer<Vec<Division>> {
    get(&format!("/api/divisions?parent={parent}")).await
}

pub(crate) async fn request_code(phone: &str) -> Answer<CodeSent> {
    send(Method::POST, "/api/session/codes", &CodeRequest { phone: phone.to_owned() }).await
}

pub(crate) async fn sign_in(phone: &str, code: &str) -> Answer<SessionView> {
    let given = SignIn { phone: Some(phone.to_owned()), code: Some(code.to_owned()), ticket: None };
    send(Method::POST, "/api/session", &given).await
}

pub(crate) async fn session() -> Answer<SessionView> {
    get("/api/session").await
}

pub(crate) async fn sign_out() -> Answer<()> {
    delete("/api/session").await
}

pub(crate) async fn create_draft(service: &ServiceId, division: &DivisionCode) -> Answer<Draft> {
    send(Method::POST, "/api/drafts", &NewDraft { service: service.clone(), division: division.clone() }).await
}

pub(crate) async fn drafts() -> Answer<Vec<DraftSummary>> {
    get("/api/drafts").await
}

pub(crate) async fn draft(id: &str) -> Answer<Draft> {
    get(&format!("/api/drafts/{id}")).await
}

pub(crate) async fn change_draft(id: &str, version: u64, change: &DraftChange) -> Answer<Draft> {
    let request = builder(Method::PATCH, &format!("/api/drafts/{id}")).header("If-Match", &format!("\"{version}\""));
    read(json(request, change)?).await
}

pub(crate) async fn delete_draft(id: &str) -> Answer<()> {
    delete(&format!("/api/drafts/{id}")).await
}

/// Asks the register of a lookup field; with `doubt` says that the register is wrong.
pub(crate) async fn look_up(id: &str, field: &str, version: u64, doubt: bool) -> Answer<Draft> {
    let request = builder(Method::POST, &format!("/api/drafts/{id}/lookups/{field}"))
        .header("If-Match", &format!("\"{version}\""));
    read(json(request, &serde_json::json!({ "doubt": doubt }))?).await
}

pub(crate) async fn submit(id: &str, key: &str, seen: &Submit) -> Answer<Receipt> {
    let request = builder(Method::POST, &format!("/api/drafts/{id}/submit")).header("Idempotency-Key", key);
    read(json(request, seen)?).await
}

pub(crate) async fn cases() -> Answer<Vec<CaseSummary>> {
    get("/api/cases").await
}

pub(crate) async fn case(reference: &Reference) -> Answer<CaseView> {
    get(&format!("/api/cases/{reference}")).await
}

pub(crate) async fn receipt(reference: &Reference) -> Answer<Receipt> {
    get(&format!("/api/cases/{reference}/receipt")).await
}

/// The address of the receipt's QR code, an image made by the server.
pub(crate) fn qr_url(reference: &Reference) -> String {
    format!("/api/cases/{reference}/qr.svg")
}

pub(crate) async fn certificates(kind: Option<&str>) -> Answer<Vec<CertificateView>> {
    get(&kind.map_or_else(|| "/api/certificates".to_owned(), |kind| format!("/api/certificates?type={kind}"))).await
}

pub(crate) async fn report_grievance(grievance: &serde_json::Value) -> Answer<serde_json::Value> {
    send(Method::POST, "/api/grievances", grievance).await
}

/// The address of a stored file, or of its thumbnail.
pub(crate) fn attachment_url(id: &str, thumbnail: bool) -> String {
    format!("/api/attachments/{id}{}", if thumbnail { "?thumbnail=1" } else { "" })
}

/// Begins a resumable upload (tus 1.0); the answer is its address.
pub(crate) async fn create_upload(bytes: f64, metadata: &str) -> Answer<String> {
    let request = tus(Method::POST, "/api/uploads")
        .header("Upload-Length", &bytes.to_string())
        .header("Upload-Metadata", metadata);
    let response = answer(request.build().map_err(|_| ApiError::default())?).await?;
    response.headers().get("location").ok_or_else(ApiError::default)
}

/// Sends one piece; the answer is the new offset.
pub(crate) async fn send_piece(upload: &str, offset: f64, piece: &web_sys::Blob) -> Answer<f64> {
    let request = tus(Method::PATCH, upload)
        .header("Upload-Offset", &offset.to_string())
        .header("Content-Type", "application/offset+octet-stream")
        .body(JsValue::from(piece.clone()));
    offset_of(&answer(request.map_err(|_| ApiError::default())?).await?)
}

/// Asks how much of an upload has arrived.
pub(crate) async fn upload_offset(upload: &str) -> Answer<f64> {
    let request = tus(Method::HEAD, upload).build().map_err(|_| ApiError::default())?;
    offset_of(&answer(request).await?)
}

/// What became of a finished upload: the cleaned file, or why it was refused.
pub(crate) async fn uploaded(upload: &str) -> Answer<AttachmentView> {
    get(&format!("{upload}/attachment")).await
}

fn offset_of(response: &Response) -> Answer<f64> {
    response.headers().get("upload-offset").and_then(|offset| offset.parse().ok()).ok_or_else(ApiError::default)
}

fn tus(method: Method, url: &str) -> RequestBuilder {
    builder(method, url).header("Tus-Resumable", "1.0.0")
}

async fn get<T: FromJson>(url: &str) -> Answer<T> {
    read(builder(Method::GET, url).build().map_err(|_| ApiError::default())?).await
}

async fn delete(url: &str) -> Answer<()> {
    answer(builder(Method::DELETE, url).build().map_err(|_| ApiError::default())?).await.map(|_| ())
}

async fn send<T: FromJson>(method: Method, url: &str, body: &impl Serialize) -> Answer<T> {
    read(json(builder(method, url), body)?).await
}

fn builder(method: Method, url: &str) -> RequestBuilder {
    let language = settings::tag(settings::language().get_untracked());
    RequestBuilder::new(url).method(method).header("Accept-Language", language)
}

fn json(request: RequestBuilder, body: &impl Serialize) -> Answer<Request> {
    let text = serde_json::to_string(body).map_err(|_| ApiError::default())?;
    request.header("Content-Type", "application/json").body(text).map_err(|_| ApiError::default())
}

async fn read<T: FromJson>(request: Request) -> Answer<T> {
    let text = answer(request).await?.text().await.map_err(|_| ApiError::default())?;
    let read = serde_json::from_str(&text).map_err(|error| error.to_string());
    read.and_then(T::from_json).map_err(|error| {
        web_sys::console::error_1(&format!("unexpected answer: {error}").into());
        ApiError { status: 200, problem: None }
    })
}

/// Sends it, and gives up at the deadline. An answer that is no success becomes the error it describes.
async fn answer(request: Request) -> Answer<Response> {
    let abort = web_sys::AbortController::new().map_err(|_| ApiError::default())?;
    let request = web_sys::Request::from(request);
    let init = web_sys::RequestInit::new();
    init.set_signal(Some(&abort.signal()));
    let timer = deadline(abort);
    let fetched = wasm_bindgen_futures::JsFuture::from(window().fetch_with_request_and_init(&request, &init)).await;
    window().clear_timeout_with_handle(timer);
    let response: web_sys::Response = fetched.map_err(|_| ApiError::default())?.unchecked_into();
    let response = Response::from(response);
    if response.ok() {
        return Ok(response);
    }
    let problem = response.text().await.ok().and_then(|text| serde_json::from_str(&text).ok());
    let problem = problem.and_then(|value| FromJson::from_json(value).ok()).map(Box::new);
    let error = ApiError { status: response.status(), problem };
    crate::session::note(&error);
    Err(error)
}

fn deadline(abort: web_sys::AbortController) -> i32 {
    let give_up = Closure::once_into_js(move || abort.abort());
    window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(give_up.unchecked_ref(), DEADLINE_MS)
        .unwrap_or_default()
}
