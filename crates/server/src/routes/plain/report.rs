//! Telling what could not be done without the app: the page that stands where it does not open leads here.

use std::fmt::Write;

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use contract::api::{GrievanceView, NewGrievance};
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
        Ok(record) => {
            let view = grievance::view(&backend, record).await?;
            Ok((StatusCode::CREATED, Html(received(&view, lang))).into_response())
        }
        Err(ApiError::Invalid(errors)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(form(&told, &errors, lang))).into_response())
        }
        Err(error) => Err(error),
    }
}

fn form(told: &Told, errors: &[FieldError], lang: Lang) -> String {
    let mut page = head(lang, REPORT, say(lang, "办不成事反映", "Report a problem"));
    for error in errors {
        let _ = write!(page, "<p class=\"trouble\" role=\"alert\">{}</p>", escaped(error.message.get(lang)));
    }
    let (says, happened, phone, send) = (
        say(
            lang,
            "请说明发生了什么。工作时间当天联系您（下班后提交的，下一个工作日上午）。",
            "Tell us what happened. We call you the same day during office hours, otherwise on the next working morning.",
        ),
        say(lang, "发生了什么", "What happened"),
        say(lang, "联系电话", "Your phone number"),
        say(lang, "提交反映", "Send report"),
    );
    let hurry = say(lang, "着急的话，请拨打 24 小时热线", "Urgent? Call, at any hour,");
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

fn received(view: &GrievanceView, lang: Lang) -> String {
    let mut page = head(lang, REPORT, say(lang, "已收到", "Received"));
    let (says, number, tag) = (escaped(view.says.get(lang)), &view.number, say(lang, "zh", "en"));
    let label = say(lang, "编号：", "Number: ");
    let follow = say(lang, "凭编号和手机号查进度", "Check progress with the number and your phone");
    let _ = write!(
        page,
        "<section role=\"status\"><p>{says}</p><p>{label}<strong>{number}</strong></p><p><a href=\"{PATH}?lang={tag}\">{follow}</a></p></section></main>"
    );
    page
}
