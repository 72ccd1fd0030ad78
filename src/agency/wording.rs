//! What states and steps are called, and the ready-made wording of notices. Notices are official documents, so their
//! wording is Chinese whatever the officer reads; an officer may change every word of it. The law of licences is named
//! of licences only.

use contract::Text;
use contract::api::TaskDetail;
use contract::case::{Action, Actor, CaseStatus};
use contract::service::ItemKind;

use crate::i18n::{tr, tr_text};

/// The name of a state, and how it looks.
pub(super) fn status_label(status: CaseStatus, kind: ItemKind) -> (&'static str, &'static str) {
    let is_licence = kind.is_licence();
    match status {
        CaseStatus::Submitted => ("info", tr("待受理", "To accept")),
        CaseStatus::Waiting => ("", tr("等前面的事项", "Waits for another")),
        CaseStatus::Accepted => ("info", tr("已受理", "Accepted")),
        CaseStatus::NotAccepted => ("error", tr("不予受理", "Not accepted")),
        CaseStatus::InReview => ("info", tr("审查中", "In review")),
        CaseStatus::Returned => ("warn", tr("待补正", "Returned")),
        CaseStatus::AwaitingMaterials => ("warn", tr("待申请人传材料", "Asked of the applicant")),
        CaseStatus::Special => ("warn", tr("特别程序", "Special procedure")),
        CaseStatus::Approved if is_licence => ("done", tr("准予许可", "Licence granted")),
        CaseStatus::Approved => ("done", tr("已办结", "Completed")),
        CaseStatus::Refused if is_licence => ("error", tr("不予许可", "Licence refused")),
        CaseStatus::Refused => ("error", tr("不予办理", "Refused")),
        CaseStatus::Delivered => ("done", tr("已送达", "Delivered")),
        CaseStatus::Withdrawn => ("", tr("申请人撤回", "Withdrawn")),
        CaseStatus::Void => ("", tr("终止（前置事项未办成）", "Closed: prerequisite not granted")),
    }
}

/// The name of an enum's variant in JSON.
pub(super) fn json_name(variant: impl serde::Serialize) -> String {
    serde_json::to_value(variant).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// What a button does, and what the timeline says was done.
pub(super) fn action_label(action: Action, kind: ItemKind) -> &'static str {
    let is_licence = kind.is_licence();
    match action {
        Action::Begin => tr("前面的事项办成，开始办理", "What it waited for is granted"),
        Action::Drop => tr("前面的事项没有办成", "What it waited for was not granted"),
        Action::RequestMaterials => tr("请申请人传材料", "Asked of the applicant"),
        Action::Remind => tr("提醒申请人", "Reminded"),
        Action::MissDeadline => tr("到期没有收到材料", "Nothing came in time"),
        Action::Accept => tr("受理", "Accept"),
        Action::Decline => tr("不予受理", "Do not accept"),
        Action::Review => tr("开始审查", "Begin review"),
        Action::Return => tr("补正", "Return for correction"),
        Action::Correct => tr("申请人已补正", "Corrected"),
        Action::Pause => tr("特别程序", "Special procedure"),
        Action::Resume => tr("恢复办理", "Resume"),
        Action::Extend => tr("延长期限", "Extend the time"),
        Action::Approve if is_licence => tr("准予许可", "Grant the licence"),
        Action::Approve => tr("办结", "Complete"),
        Action::Refuse if is_licence => tr("不予许可", "Refuse the licence"),
        Action::Refuse => tr("不予办理", "Refuse"),
        Action::Deliver => tr("送达", "Deliver"),
        Action::Withdraw => tr("申请人撤回", "Withdrawn"),
    }
}

pub(super) fn actor_label(actor: Actor) -> &'static str {
    match actor {
        Actor::Applicant => tr("申请人", "Applicant"),
        Actor::Officer => tr("工作人员", "Officer"),
        Actor::System => tr("系统自动", "Automatic"),
    }
}

/// The name of the notice that a step serves, or of the message that it sends.
pub(super) fn notice_title(action: Action, kind: ItemKind, not_needed: bool) -> &'static str {
    match action {
        Action::Accept => "受理通知书",
        Action::Decline if not_needed => "不受理告知书",
        Action::Decline => "不予受理通知书",
        Action::Return => "补正告知书",
        Action::Extend => "延期办理通知书",
        Action::Pause => "特别程序告知书",
        Action::Approve if kind.is_licence() => "准予行政许可决定书",
        Action::Approve => "办结通知书",
        Action::Refuse if kind.is_licence() => "不予行政许可决定书",
        Action::Refuse => "不予办理告知书",
        _ => "办理通知",
    }
}

/// Whether a step serves a notice on paper.
pub(super) fn has_notice(action: Action) -> bool {
    matches!(
        action,
        Action::Accept
            | Action::Decline
            | Action::Return
            | Action::Extend
            | Action::Pause
            | Action::Approve
            | Action::Refuse
    )
}

/// A ready-made text: what its button is called, and the text itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ReadyText {
    pub(super) label: String,
    pub(super) text: String,
    /// Of a ground for not accepting: that nothing needs to be applied for.
    pub(super) not_needed: bool,
}

fn ready((label, text): (&str, &str)) -> ReadyText {
    ReadyText { label: label.to_owned(), text: text.to_owned(), not_needed: false }
}

fn all_ready<const COUNT: usize>(texts: [(&str, &str); COUNT]) -> Vec<ReadyText> {
    texts.into_iter().map(ready).collect()
}

/// What is usually wrong with a document.
pub(super) fn document_corrections() -> Vec<ReadyText> {
    all_ready([
        (tr("看不清", "Blurred"), "照片看不清，请在光线好的地方重新拍一张，字要能看清。"),
        (tr("没拍全", "Cut off"), "没有拍全，请把四个角都拍进去，重新上传。"),
        (tr("不是这份", "Wrong paper"), "传的不是这份材料，请换成正确的材料。"),
        (tr("对不上", "Does not match"), "和填写的内容对不上，请核对后重新上传。"),
        (tr("过期", "Expired"), "材料已经过了有效期，请换成有效的。"),
    ])
}

/// What is usually wrong with an answer.
pub(super) fn answer_corrections() -> Vec<ReadyText> {
    all_ready([
        (tr("与证照不符", "Differs from the papers"), "和证照上的不一致，请对照证照改正。"),
        (tr("与登记不符", "Differs from the register"), "和登记的不一致，请核对；登记有误的，请附上证明材料。"),
        (tr("不清楚", "Unclear"), "没有写清楚，请补充完整。"),
        (tr("不合规格", "Against the rules"), "不符合这里的设置要求，请按要求调整后重新填写。"),
    ])
}

/// Grounds of a step, for its `basis`: of a licence the articles of the licensing law, and of every item the provisions
/// that its definition names. A special procedure has its kinds.
pub(super) fn legal_bases(action: Action, detail: &TaskDetail) -> Vec<ReadyText> {
    let own = detail.law.iter().map(named).collect::<Vec<_>>();
    let of_licences = match action {
        _ if !detail.kind.is_licence() => Vec::new(),
        Action::Decline => vec![
            ReadyText {
                not_needed: true,
                ..ready((
                    tr("不需要许可", "No permit needed"),
                    "《中华人民共和国行政许可法》第三十二条第一款第（一）项：申请事项依法不需要取得行政许可。",
                ))
            },
            ready((
                tr("不归本机关", "Another agency's"),
                "《中华人民共和国行政许可法》第三十二条第一款第（二）项：申请事项依法不属于本机关职权范围。",
            )),
        ],
        Action::Refuse => all_ready([
            (
                tr("不符合条件", "Conditions not met"),
                "《中华人民共和国行政许可法》第三十八条第二款：申请不符合法定条件、标准。",
            ),
            (
                tr("材料不真实", "Untrue papers"),
                "《中华人民共和国行政许可法》第七十八条：隐瞒有关情况或者提供虚假材料申请行政许可。",
            ),
        ]),
        _ => Vec::new(),
    };
    match action {
        Action::Decline if !detail.kind.is_licence() => {
            let not_needed = ready((tr("不需要申请", "Nothing to apply for"), "申请事项依法不需要办理。"));
            let elsewhere = ready((tr("不归本机关", "Another agency's"), "申请事项依法不属于本机关职权范围。"));
            [ReadyText { not_needed: true, ..not_needed }, elsewhere].into_iter().chain(own).collect()
        }
        Action::Decline | Action::Refuse => of_licences.into_iter().chain(own).collect(),
        Action::Pause => {
            let kinds = detail.special_procedure.iter().flat_map(|procedure| &procedure.kinds);
            kinds.map(named).collect()
        }
        _ => Vec::new(),
    }
}

/// A text of the definition. What is written is Chinese.
fn named(text: &Text) -> ReadyText {
    ReadyText { label: tr_text(text), text: text.zh.clone(), not_needed: false }
}

/// Whether the officer must name what a step rests on.
pub(super) fn needs_basis(action: Action, detail: &TaskDetail) -> bool {
    match action {
        Action::Decline | Action::Refuse => true,
        Action::Pause => detail.special_procedure.is_some(),
        _ => false,
    }
}

/// What an officer usually writes with a step, for its `says`.
pub(super) fn ready_texts(action: Action, kind: ItemKind) -> Vec<ReadyText> {
    match action {
        Action::Decline => all_ready([
            (tr("不用办", "Not needed"), "您申请的这件事不需要办理，可以直接进行。"),
            (tr("换个部门", "Elsewhere"), "您申请的这件事由别的部门办理，请向该部门申请。"),
        ]),
        Action::Return => all_ready([(
            tr("一次说清", "All at once"),
            "下面是需要补正的全部内容，改好后重新提交，我们接着办，不用重新申请。",
        )]),
        Action::Pause => all_ready([
            (tr("现场查看", "Site visit"), "需要到现场查看，查看期间不计入办理时间，结束后接着办。"),
            (tr("专家评审", "Expert review"), "需要组织专家评审，评审期间不计入办理时间，结束后接着办。"),
            (tr("听证", "Hearing"), "需要举行听证，听证期间不计入办理时间，结束后接着办。"),
        ]),
        Action::Extend => all_ready([
            (tr("情况复杂", "Complex"), "情况比较复杂，经本机关负责人批准，办理期限延长 10 个工作日。原因："),
            (tr("要会商", "Several offices"), "需要和其他部门会商，经本机关负责人批准，办理期限延长 10 个工作日。"),
        ]),
        Action::Approve => all_ready([(tr("照申请办", "As applied"), "您的申请符合要求，已经办好。")]),
        Action::Refuse if kind.is_licence() => {
            all_ready([(tr("不符合要求", "Does not comply"), "您的申请不符合法定条件，不予许可。具体原因：")])
        }
        Action::Refuse => {
            all_ready([(tr("不符合要求", "Does not comply"), "您的申请不符合条件，不能办理。具体原因：")])
        }
        Action::Deliver => all_ready([(tr("已经送到", "Handed over"), "办理结果已经送到，请查收。")]),
        _ => Vec::new(),
    }
}

/// What the law requires with every refusal (行政许可法 §38, 行政复议法 §20, 行政诉讼法 §46), in the server's words: it
/// knows who reviews what.
pub(super) fn remedies(action: Action, detail: &TaskDetail) -> Option<String> {
    let is_refusal = matches!(action, Action::Refuse | Action::Decline);
    Some(detail.remedies.clone()).filter(|remedies| is_refusal && !remedies.is_empty())
}
