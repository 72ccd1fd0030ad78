//! A refusal as a page, for people who followed a link and should not have to read JSON.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::response::Response;
use contract::Lang;
use contract::api::ProblemDocument;

use crate::language::{escaped, say};

/// Whether a browser asks for a page, as it does for links and forms and not for what a script asks.
pub(super) fn is_wanted(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// Whether a handler has written a page of its own.
pub(super) fn is_one(response: &Response) -> bool {
    response.headers().get(CONTENT_TYPE).is_some_and(|media_type| media_type.as_bytes().starts_with(b"text/html"))
}

pub(super) fn of(problem: &ProblemDocument, lang: Lang) -> String {
    let tag = say(lang, "zh-CN", "en");
    let (way, name) = match problem.status {
        401 => ("/sign-in", say(lang, "去登录", "Sign in")),
        _ => ("/", say(lang, "回首页", "Start page")),
    };
    let tell = say(lang, "办不成？向我们反映", "Stuck? Report a problem");
    let (title, detail) = (escaped(&problem.title), escaped(&problem.detail));
    format!(
        "<!doctype html><html lang=\"{tag}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} · 一件事</title>\
         <link rel=\"stylesheet\" href=\"/public.css\"><body><main><h1>{title}</h1><p>{detail}</p>\
         <p><a href=\"{way}\">{name}</a></p><p><a href=\"/grievances/report\">{tell}</a></p></main>"
    )
}
