//! What can go wrong with a request, and the resident's words for it.

use contract::api::ProblemDocument;

use crate::i18n::tr;

/// What went wrong with a request. Status 0: it never got an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) problem: Option<Box<ProblemDocument>>,
    pub(crate) retry_after_seconds: Option<u32>,
}

impl ApiError {
    /// What is to be sent is not what the resident saw.
    pub(crate) fn changed() -> Self {
        Self { status: 412, ..Self::default() }
    }

    /// What the app itself found, in the resident's words.
    pub(crate) fn told(detail: &str) -> Self {
        let problem = ProblemDocument {
            r#type: String::new(),
            title: String::new(),
            status: 422,
            detail: detail.to_owned(),
            code: String::new(),
            errors: Vec::new(),
            current: None,
        };
        Self { status: 422, problem: Some(Box::new(problem)), retry_after_seconds: None }
    }

    /// What happened and what to do next, for a resident.
    pub(crate) fn message(&self) -> String {
        match (&self.problem, self.status) {
            (Some(problem), _) if !problem.detail.is_empty() => problem.detail.clone(),
            (_, 0) => tr(
                "网络不太好，没有连上。已经填好的内容还在，请稍后再试。",
                "No connection just now. What you entered is kept, please try again shortly.",
            )
            .to_owned(),
            (_, 412) => tr(
                "内容刚刚有变化，请再看一遍，没问题再提交。",
                "Something has just changed. Please check it again before you submit.",
            )
            .to_owned(),
            (_, 401) => tr("请先登录。", "Please sign in first.").to_owned(),
            (_, 404) => tr(
                "没有找到这一页，可能已经办完或删掉了。",
                "This is not here any more, it may be finished or deleted.",
            )
            .to_owned(),
            _ => tr(
                "这会儿没有办成，内容没有丢。请稍后再试，或拨打 12345。",
                "That did not work just now, nothing is lost. Try again later, or call 12345.",
            )
            .to_owned(),
        }
    }

    /// Kebab-case, stable; empty where the server did not say.
    pub(crate) fn code(&self) -> &str {
        self.problem.as_ref().map_or("", |problem| &problem.code)
    }

    /// Whether trying again later may help.
    pub(crate) fn may_pass(&self) -> bool {
        self.is_offline() || self.status >= 500 || self.status == 409
    }

    pub(crate) fn is_offline(&self) -> bool {
        self.status == 0
    }
}
