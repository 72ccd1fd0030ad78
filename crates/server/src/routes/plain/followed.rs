//! How a followed grievance looks: where it stands, by when, what was said, and the question whether it is solved.

use std::fmt::Write;

use contract::Lang;
use contract::api::{GrievanceEventView, GrievanceView};
use contract::grievance::{Action, Actor};

use crate::grievance::PATH;
use crate::language::{escaped, say};
use crate::partners::readable;
use crate::routes::public::head;

pub(super) struct Followed {
    pub(super) view: GrievanceView,
    /// The last day of what the office does now.
    pub(super) due: Option<String>,
    /// The phone as typed; empty for a resident who is signed in.
    pub(super) phone: String,
}

pub(super) fn not_found(lang: Lang) -> &'static str {
    say(
        lang,
        "没有查到。请看一看编号和电话是不是当时填的。",
        "Not found. Please check that number and phone are those of your report.",
    )
}

pub(super) fn changed(lang: Lang) -> &'static str {
    say(lang, "已有新的进展，请看下面。", "There has been progress meanwhile: see below.")
}

pub(super) fn missing(lang: Lang) -> &'static str {
    say(lang, "请写一写哪里还没办成。", "Tell us what is still not done.")
}

/// The fields as typed: the form shows them again when nothing was found.
#[derive(Default)]
pub(super) struct Typed<'a> {
    pub(super) number: &'a str,
    pub(super) phone: &'a str,
}

/// The reports of a resident who is signed in, and the form for everybody.
pub(super) fn form(own: &[Followed], trouble: &str, typed: &Typed<'_>, lang: Lang) -> String {
    let mut page = beginning(trouble, lang);
    for followed in own {
        write_one(&mut page, followed, lang);
    }
    let (title, number, phone) = (
        say(lang, "用编号和电话查", "With number and phone"),
        say(lang, "反映编号", "Number of the report"),
        say(lang, "当时留的电话", "The phone that you gave"),
    );
    let (tag, find) = (tag(lang), say(lang, "查一查", "Look it up"));
    let (typed_number, typed_phone) = (escaped(typed.number), escaped(typed.phone));
    let help = say(
        lang,
        "编号在短信里，例如 BB2611-0001-3。找不到编号，打 12345。",
        "The number is in the SMS, for example BB2611-0001-3. If you cannot find it, call 12345.",
    );
    let _ = write!(
        page,
        "<section><h2>{title}</h2><form method=\"post\" action=\"{PATH}?lang={tag}\">\
         <label for=\"number\">{number}</label><input id=\"number\" name=\"number\" value=\"{typed_number}\" required maxlength=\"40\" autocomplete=\"off\" aria-describedby=\"help\">\
         <p class=\"quiet\" id=\"help\">{help}</p>\
         <label for=\"phone\">{phone}</label><input id=\"phone\" name=\"phone\" type=\"tel\" value=\"{typed_phone}\" required maxlength=\"20\" autocomplete=\"tel-national\">\
         <button>{find}</button></form></section></main>"
    );
    page
}

pub(super) fn one(followed: &Followed, trouble: &str, lang: Lang) -> String {
    let mut page = beginning(trouble, lang);
    write_one(&mut page, followed, lang);
    let (tag, other) = (tag(lang), say(lang, "查另一件", "Look up another"));
    let _ = write!(page, "<p><a href=\"{PATH}?lang={tag}\">{other}</a></p></main>");
    page
}

fn beginning(trouble: &str, lang: Lang) -> String {
    let mut page = head(lang, PATH, say(lang, "反映的办理进度", "Progress of my report"));
    if !trouble.is_empty() {
        let _ = write!(page, "<p class=\"trouble\" role=\"alert\">{trouble}</p>");
    }
    page
}

fn write_one(page: &mut String, followed: &Followed, lang: Lang) {
    let view = &followed.view;
    let _ = write!(page, "<section><h2>{}</h2><p>{}</p>", escaped(&view.number), escaped(view.says.get(lang)));
    if let Some(due) = &followed.due {
        let _ = write!(page, "<p>{} {due}</p>", say(lang, "最晚答复", "At the latest by"));
    }
    if view.may_answer {
        let outcome = view.history.iter().rev().find(|event| !event.says.is_empty());
        let outcome = outcome.map(|event| escaped(&event.says)).unwrap_or_default();
        let _ = write!(page, "<blockquote class=\"said\">{outcome}</blockquote>");
        write_question(page, followed, lang);
    }
    let _ = write!(page, "<details><summary>{}</summary>", say(lang, "我当时说的", "What I reported"));
    let _ = write!(page, "<p>{}</p></details><ul>", escaped(&view.happened));
    for event in view.history.iter().rev() {
        write_event(page, event, lang);
    }
    let told = say(lang, "收到您的反映", "We received your report");
    let _ = write!(page, "<li>{} · {told}</li></ul></section>", readable(&view.created_at));
}

/// Two buttons that send the answer; a "no" needs a reason.
fn write_question(page: &mut String, followed: &Followed, lang: Lang) {
    let (number, phone) = (escaped(&followed.view.number), escaped(&followed.phone));
    let (yes, no) = (say(lang, "办成了", "It is solved"), say(lang, "还没办成", "It is not"));
    let (tag, why) =
        (tag(lang), say(lang, "还没办成的，写一写哪里没办成", "If it is not solved, what is still missing"));
    let _ = write!(
        page,
        "<form method=\"post\" action=\"{PATH}/answer?lang={tag}\">\
         <input type=\"hidden\" name=\"number\" value=\"{number}\"><input type=\"hidden\" name=\"phone\" value=\"{phone}\">\
         <label for=\"says-{number}\">{why}</label><textarea id=\"says-{number}\" name=\"says\" rows=\"3\" maxlength=\"2000\"></textarea>\
         <button name=\"agrees\" value=\"true\">{yes}</button> <button name=\"agrees\" value=\"false\" class=\"second\">{no}</button></form>"
    );
}

fn write_event(page: &mut String, event: &GrievanceEventView, lang: Lang) {
    let who = if event.name.is_empty() { actor(event.by, lang).to_owned() } else { escaped(&event.name) };
    let _ = write!(page, "<li>{} · {} · {who}", readable(&event.at), action(event.action, lang));
    if !event.says.is_empty() {
        let _ = write!(page, "<p class=\"said\">{}</p>", escaped(&event.says));
    }
    page.push_str("</li>");
}

fn action(action: Action, lang: Lang) -> &'static str {
    match action {
        Action::Accept => say(lang, "已经受理", "Accepted"),
        Action::Decline => say(lang, "不在受理范围", "Not for this desk"),
        Action::Classify => say(lang, "已经分类", "Classified"),
        Action::HandOver => say(lang, "转给负责的部门", "Handed to the agency"),
        Action::Solve => say(lang, "部门办结", "Solved by the agency"),
        Action::ReportBack => say(lang, "答复您", "Reported back to you"),
        Action::Agree => say(lang, "办成了", "Solved"),
        Action::Disagree => say(lang, "还没办成，重新办", "Not solved, once more"),
    }
}

fn actor(actor: Actor, lang: Lang) -> &'static str {
    match actor {
        Actor::Person => say(lang, "您", "You"),
        Actor::GrievanceDesk => say(lang, "“办不成事”窗口", "The desk"),
        Actor::Agency => say(lang, "负责的部门", "The agency"),
    }
}

fn tag(lang: Lang) -> &'static str {
    say(lang, "zh", "en")
}
