//! What went wrong with a request, in words for an officer: they differ from a resident's.

use crate::api::ApiError;
use crate::i18n::tr;

/// What happened and what to do next.
pub(super) fn error_message(error: &ApiError) -> String {
    match (&error.problem, error.status) {
        (Some(problem), _) => format!("{}{}{}", problem.title, tr("。", ". "), problem.detail),
        (_, 0) => {
            tr("网络没有连上。写好的都还在，请再试一次。", "No connection. What you wrote is kept, please try again.")
                .to_owned()
        }
        (_, 401) => tr("请先登录。", "Please sign in first.").to_owned(),
        (_, 404) => {
            tr("没有这一件，或者不归您这个部门办。", "There is no such task, or it is not your agency's.").to_owned()
        }
        _ => tr(
            "这会儿没有办成，什么都没有改动。请再试一次。",
            "That did not work, nothing was changed. Please try again.",
        )
        .to_owned(),
    }
}
