//! Telling what could not be done without the app: the page that stands where it does not open leads here.

use std::fmt::Write;

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use contract::api::NewGrievance;
use contract::legible::{Lines, legible};
use contract::{FieldError, Lang};
use serde::Deserialize;

use super::REPORT;
use crate::backend::Backend;
use crate::error::ApiError;
use crate::extract::Parameters;
use crate::grievance::{self, PATH};
use crate::language::{escaped, say};
use crate::network::Network;
use crate::routes::public::{Asked, head, lang};
use crate::session;

/// The fields as typed: the form shows them again when something is missing.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Told {
    happened: String,
    phone: String,
}

pub(super) async fn show_report(Parameters(asked): Parameters<Asked>, headers: HeaderMap) -> Html<String> {
    Html(form(&Told::default(), &[], lang(&asked, &headers)))
}

pub(super) async fn take_report(
    State(backend): State<Backend>,
    network: Network,
    Parameters(asked): Parameters<Asked>,
    headers: HeaderMap,
    Form(told): Form<Told>,
) -> Result<Response, ApiError> {
    let lang = lang(&asked, &headers);
    let citizen = session::citizen(&backend, &headers).await?;
    let new = NewGrievance {
        service: None,
        step: None,
        reference: None,
        happened: legible(&told.happened, Lines::Many),
        phone: told.phone.clone(),
    };
    match grievance::report(&backend, citizen.as_ref(), network, new).await {
        Ok(record) => Ok((StatusCode::CREATED, Html(received(&record.number, lang))).into_response()),
        Err(ApiError::Invalid(errors)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(form(&told, &errors, lang))).into_response())
        }
        Err(error) => Err(error),
    }
}

fn form(told: &Told, errors: &[FieldError], lang: Lang) -> String {
    let mut page = head(lang, REPORT, say(lang, "办不成事", "Cannot get it done"));
    for error in errors {
        let _ = write!(page, "<p class=\"trouble\" role=\"alert\">{}</p>", escaped(error.message.get(lang)));
    }
    let (says, happened, phone, send) = (
        say(lang, "说说发生了什么。今天就有人联系您。", "Tell us what happened. Someone contacts you today."),
        say(lang, "发生了什么", "What happened"),
        say(lang, "怎么联系您", "Your phone number"),
        say(lang, "告诉你们", "Tell them"),
    );
    let hurry = say(lang, "着急的话直接拨打", "In a hurry? Call");
    let (tag, typed_happened, typed_phone) = (say(lang, "zh", "en"), escaped(&told.happened), escaped(&told.phone));
    let _ = write!(
        page,
        "<section><p>{says}</p><form method=\"post\" action=\"{REPORT}?lang={tag}\">\
         <label for=\"happened\">{happened}</label><textarea id=\"happened\" name=\"happened\" rows=\"5\" required maxlength=\"2000\">{typed_happened}</textarea>\
         <label for=\"phone\">{phone}</label><input id=\"phone\" name=\"phone\" type=\"tel\" value=\"{typed_phone}\" required maxlength=\"20\" autocomplete=\"tel-national\">\
         <button>{send}</button></form><p>{hurry} <a href=\"tel:12345\">12345</a></p></section></main>"
    );
    page
}

fn received(number: &str, lang: Lang) -> String {
    let mut page = head(lang, REPORT, say(lang, "收到了", "We have it"));
    let (says, tag) =
        (say(lang, "今天会有人打电话给您。编号：", "Someone calls you today. Number: "), say(lang, "zh", "en"));
    let follow = say(lang, "以后用编号和电话看怎么样了", "Follow it later with number and phone");
    let _ = write!(
        page,
        "<section role=\"status\"><p>{says}<strong>{number}</strong></p><p><a href=\"{PATH}?lang={tag}\">{follow}</a></p></section></main>"
    );
    page
}
