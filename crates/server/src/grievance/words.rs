//! The words that an officer or the reporter must give with a step.

use contract::api::{GrievanceAnswer, GrievanceStep};
use contract::grievance::Action;
use contract::service::Severity;
use contract::{FieldError, Text};

use crate::backend::Backend;
use crate::error::ApiError;

const LONGEST_WORDS: usize = 2_000;

/// To decline, an officer must say where to turn; to classify, name kind and weight; to solve, tell the reporter and
/// the public.
pub(super) fn check(backend: &Backend, step: &GrievanceStep) -> Result<(), ApiError> {
    let mut errors = Vec::new();
    let mut need = |given: bool, field: &str, zh: &str, en: &str| {
        if !given {
            errors.push(missing(field, Text::new(zh, en)));
        }
    };
    let is_said = !step.says.trim().is_empty();
    match step.action {
        Action::Decline => need(is_said, "says", "请写明为什么、去哪里办", "Say why, and where to turn"),
        Action::Classify => {
            need(step.kind.is_some(), "kind", "请选问题类型", "Choose the kind");
            need(step.weight.is_some(), "weight", "请选简单、复杂或特殊", "Choose simple, complex or special");
        }
        Action::HandOver => {
            let is_known = step.agency.as_ref().is_some_and(|agency| backend.catalogue.agency(agency).is_some());
            need(is_known, "agency", "请选负责的部门", "Choose the agency");
        }
        Action::Solve => {
            need(is_said, "says", "请写明怎么办成的", "Say what was done");
            let is_published = !step.published.trim().is_empty();
            need(
                is_published,
                "published",
                "请写公开的说法，不写人名和号码",
                "Write what everybody may read, naming nobody",
            );
        }
        Action::ReportBack => need(is_said, "says", "请写明告诉群众的话", "Say what the person is told"),
        Action::Disagree => need(is_said, "says", "请写明群众为什么不满意", "Say why the person disagrees"),
        Action::Accept | Action::Agree => {}
    }
    let longest = step.says.chars().count().max(step.published.chars().count());
    need(longest <= LONGEST_WORDS, "says", "写得太长了", "This is too long");
    if errors.is_empty() { Ok(()) } else { Err(ApiError::Invalid(errors)) }
}

/// Where nobody of the agency would see it.
pub(super) fn nobody_there() -> ApiError {
    let says = Text::new("这个部门在那里没有人，请另选区县", "That agency has nobody there: choose another place");
    ApiError::Invalid(vec![missing("division", says)])
}

pub(super) fn check_answer(answer: &GrievanceAnswer) -> Result<(), ApiError> {
    if !answer.agrees && answer.says.trim().is_empty() {
        let says = Text::new("请写一写哪里还没办成", "Tell us what is still not done");
        return Err(ApiError::Invalid(vec![missing("says", says)]));
    }
    if answer.says.chars().count() > LONGEST_WORDS { Err(ApiError::TooLarge) } else { Ok(()) }
}

fn missing(field: &str, says: Text) -> FieldError {
    FieldError {
        step: "grievance".into(),
        field: field.to_owned(),
        row: None,
        severity: Severity::Block,
        code: "missing".to_owned(),
        message: says,
    }
}
