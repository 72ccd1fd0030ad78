//! The words of refusals for officers, and for applicants about the work of an office.

use super::Words;
use crate::error::ApiError;

impl ApiError {
    pub(super) fn casework(&self) -> Words {
        match self {
            Self::Claimed => (
                "claimed",
                ("别的同事正在办这一件", "A colleague is handling this one"),
                ("请回到待办列表，办另一件。", "Go back to the queue and claim another."),
            ),
            Self::NotClaimed => (
                "not-claimed",
                ("请先接手这一件", "Claim this task first"),
                ("点“接手”，再作决定。", "Press “Claim”, then decide."),
            ),
            Self::OwnCase => (
                "own-case",
                ("这是您自己的申请，要由别的同事办", "This is your own application, a colleague decides it"),
                ("请转给同事。", "Please hand it on."),
            ),
            Self::NotYourOffice => (
                "not-your-office",
                ("这个办件不由您的单位办理", "This case is not your office's"),
                (
                    "编号没有错。要了解进展，请联系承办部门，或者请申请人打开“我的办件”。",
                    "The number is right. Ask the office that handles it, or let the applicant open “My cases”.",
                ),
            ),
            Self::TaskChanged => (
                "task-changed",
                ("这一件刚刚变过", "This one has just changed"),
                ("请看一看现在的情况再决定。", "Have a look at how it stands, then decide."),
            ),
            Self::StepNotAllowed => (
                "step-not-allowed",
                ("现在不能这样办", "This cannot be done now"),
                ("请看一看现在到了哪一步。", "Have a look at where it stands."),
            ),
            Self::NotPaid => (
                "not-paid",
                ("申请人还没有缴费", "The applicant has not paid yet"),
                (
                    "缴费后才能批准。已经发短信提醒过了，可以先办别的。",
                    "It can be approved once it is paid. An SMS has told them; take another meanwhile.",
                ),
            ),
            Self::NothingToPay => (
                "nothing-to-pay",
                ("现在没有要缴的费", "There is nothing to pay now"),
                (
                    "部门受理以后才能缴，到时会发短信给您。",
                    "You can pay once the office has accepted it; we text you then.",
                ),
            ),
            _ => (
                "wrong-officer",
                ("姓名、密码或动态码不对", "Name, password or code is not right"),
                (
                    "请再看一遍。错五次会锁住 15 分钟。",
                    "Check them once more. After five failures the account is locked for 15 minutes.",
                ),
            ),
        }
    }
}
