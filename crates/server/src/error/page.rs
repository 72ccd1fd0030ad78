//! A refusal as a page, for who followed a link: nobody should have to read JSON.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use contract::Lang;
use contract::api::ProblemDocument;

use crate::language::{escaped, say};

/// Whether a browser asks for a page, as it does for links and forms and not for what a script asks.
pub(super) fn is_wanted(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

pub(super) fn of(problem: &ProblemDocument, lang: Lang) -> String {
    let (tag, back) = (say(lang, "zh-CN", "en"), say(lang, "回首页", "Start page"));
    let (title, detail) = (escaped(&problem.title), escaped(&problem.detail));
    format!(
        "<!doctype html><html lang=\"{tag}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} · 一件事</title>\
         <link rel=\"stylesheet\" href=\"/public.css\"><body><main><h1>{title}</h1><p>{detail}</p>\
         <p><a href=\"/\">{back}</a></p></main>"
    )
}
