//! The only place where an error becomes a status. Handlers return [`ApiError`]; a layer writes it as an RFC 9457
//! document in the language asked for, or as a page for people who followed a link, and gives the same shape to
//! refusals of other layers.

mod page;
mod sources;
mod words;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::api::{Draft, ProblemDocument, ProblemField};
use contract::{FieldError, Lang, Text};

use crate::language;

/// Why a request is refused.
#[derive(Clone, Debug)]
pub(crate) enum ApiError {
    /// The request cannot be read; the text is for developers.
    Unreadable(String),
    SignInNeeded,
    Foreign,
    NotFound,
    WrongMethod,
    /// Another request changed the draft meanwhile; the draft as it is now.
    Stale(Box<Draft>),
    TooLarge,
    WrongMediaType,
    /// Answers or fields that cannot be taken.
    Invalid(Vec<FieldError>),
    /// The application cannot be sent yet.
    NotReady(Vec<FieldError>),
    /// The answer may not be stored before the resident has agreed.
    ConsentNeeded,
    /// These answers end at a gate: what it says.
    Gate(Text),
    /// Somebody is to sign what is no longer there: what has changed since they saw it.
    SignedContentChanged(Vec<FieldError>),
    /// A request to sign oneself.
    OwnSignature,
    /// The request to sign was answered, taken back or has ended.
    RequestClosed,
    NotAMobilePhone,
    WrongCode,
    CodeUsedUp,
    WrongTicket,
    IfMatchNeeded,
    KeyNeeded,
    KeyReused,
    /// The same is being sent at this moment.
    InFlight,
    TooMany {
        retry_after_seconds: u64,
    },
    TooManyFiles,
    TooManyBytes,
    TooManyDrafts,
    /// An upload whose last piece has not come yet.
    NotArrived,
    /// Why a file was not taken: its code and what to do.
    File(&'static str, Text),
    /// Name, password or code of an officer.
    WrongOfficer,
    /// Another officer has claimed the task.
    Claimed,
    /// The officer must claim the task first.
    NotClaimed,
    /// An officer may not decide their own case.
    OwnCase,
    /// No task of the case is the officer's.
    NotYourOffice,
    /// The task was changed meanwhile.
    TaskChanged,
    StepNotAllowed,
    /// The fee is not paid yet.
    NotPaid,
    /// There is nothing to pay, or not yet.
    NothingToPay,
    /// The certificate cannot be applied for again now.
    NotRenewable,
    Busy,
    /// There is no room to write anything down.
    Full,
    /// A partner does not answer.
    Unavailable,
    Slow,
    /// The program that prints notices is missing or does not answer.
    NoticeUnavailable,
    /// A character of a notice that no font has.
    NoticeUnprintable(String),
    /// Another layer refused the request with a status that clients know.
    Refused(StatusCode),
    Internal,
}

impl ApiError {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Unreadable(_) | Self::KeyNeeded => StatusCode::BAD_REQUEST,
            Self::Refused(status) => *status,
            Self::NotArrived
            | Self::InFlight
            | Self::RequestClosed
            | Self::Claimed
            | Self::NotClaimed
            | Self::OwnCase
            | Self::StepNotAllowed
            | Self::NotPaid
            | Self::NothingToPay
            | Self::NotRenewable => StatusCode::CONFLICT,
            Self::SignInNeeded => StatusCode::UNAUTHORIZED,
            Self::Foreign | Self::NotYourOffice => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Stale(_) | Self::TaskChanged | Self::SignedContentChanged(_) => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::WrongMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::IfMatchNeeded => StatusCode::PRECONDITION_REQUIRED,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::Unavailable | Self::NoticeUnavailable | Self::NoticeUnprintable(_) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Invalid(_)
            | Self::NotReady(_)
            | Self::Gate(_)
            | Self::ConsentNeeded
            | Self::OwnSignature
            | Self::NotAMobilePhone
            | Self::WrongCode
            | Self::WrongOfficer
            | Self::CodeUsedUp
            | Self::WrongTicket
            | Self::KeyReused
            | Self::TooManyFiles
            | Self::TooManyBytes
            | Self::TooManyDrafts
            | Self::File(..) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// When it is worth trying again without a change.
    fn retry_after_seconds(&self) -> Option<u64> {
        match self {
            Self::TooMany { retry_after_seconds } => Some(*retry_after_seconds),
            Self::Busy => Some(5),
            Self::InFlight => Some(2),
            _ => None,
        }
    }

    /// The error that a refusal of another layer amounts to.
    fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::SignInNeeded,
            StatusCode::FORBIDDEN => Self::Foreign,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::WrongMethod,
            StatusCode::REQUEST_TIMEOUT => Self::Slow,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::WrongMediaType,
            StatusCode::TOO_MANY_REQUESTS => Self::TooMany { retry_after_seconds: 60 },
            StatusCode::SERVICE_UNAVAILABLE => Self::Busy,
            StatusCode::INSUFFICIENT_STORAGE => Self::Full,
            status if status.is_client_error() => Self::Refused(status),
            _ => Self::Internal,
        }
    }

    fn document(&self, lang: Lang) -> ProblemDocument {
        let (code, title, detail) = self.words();
        let errors = match self {
            Self::Invalid(errors) | Self::NotReady(errors) | Self::SignedContentChanged(errors) => {
                errors.iter().map(|error| field(error, lang)).collect()
            }
            _ => Vec::new(),
        };
        let current = if let Self::Stale(draft) = self { Some(draft.clone()) } else { None };
        ProblemDocument {
            r#type: format!("/problems/{code}"),
            title: title.get(lang).to_owned(),
            status: self.status().as_u16(),
            detail: detail.get(lang).to_owned(),
            code: code.to_owned(),
            errors,
            current,
        }
    }
}

fn field(error: &FieldError, lang: Lang) -> ProblemField {
    ProblemField {
        field: error.field.clone(),
        row: error.row,
        code: error.code.clone(),
        message: error.message.get(lang).to_owned(),
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Some(seconds) = self.retry_after_seconds() {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// The layer that writes the documents, over every route below `/api`.
pub(crate) async fn write_problems(State(()): State<()>, request: Request, next: Next) -> Response {
    let lang = language::asked(request.headers());
    let is_page = page::is_wanted(request.headers());
    let response = next.run(request).await;
    let status = response.status();
    let told = response.extensions().get::<ApiError>().cloned();
    let error = match told {
        Some(error) => error,
        // The handler has written a page of its own.
        None if page::is_one(&response) => return response,
        None if status.is_client_error() || status.is_server_error() => ApiError::of_status(status),
        None => return response,
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    let document = error.document(lang);
    let (mut told, media_type) = if is_page {
        ((parts, page::of(&document, lang)).into_response(), "text/html; charset=utf-8")
    } else {
        ((parts, Json(document)).into_response(), "application/problem+json")
    };
    *told.status_mut() = error.status();
    told.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    told.headers_mut().append(VARY, HeaderValue::from_static("accept, accept-language"));
    told
}
