//! What states and steps are called, and the ready-made wording of notices. Notices are official documents, so their
//! wording is Chinese whatever the officer reads; an officer may change every word of it.

use contract::case::{Action, Actor, CaseStatus};

use crate::i18n::tr;

/// The name of a state, and how it looks.
pub(super) fn status_label(status: CaseStatus) -> (&'static str, &'static str) {
    match status {
        CaseStatus::Submitted => ("info", tr("待受理", "To accept")),
        CaseStatus::Waiting => ("", tr("等前面的事项", "Waits for another")),
        CaseStatus::Accepted => ("info", tr("已受理", "Accepted")),
        CaseStatus::NotAccepted => ("error", tr("不予受理", "Not accepted")),
        CaseStatus::InReview => ("info", tr("审查中", "In review")),
        CaseStatus::Returned => ("warn", tr("待补正", "Returned")),
        CaseStatus::Asked => ("warn", tr("待申请人传材料", "Asked of the applicant")),
        CaseStatus::Special => ("warn", tr("特别程序", "Special procedure")),
        CaseStatus::Approved => ("done", tr("准予", "Approved")),
        CaseStatus::Refused => ("error", tr("不予许可", "Refused")),
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
pub(super) fn action_label(action: Action) -> &'static str {
    match action {
        Action::Begin => tr("前面的事项办成，开始办理", "What it waited for is granted"),
        Action::Drop => tr("前面的事项没有办成", "What it waited for was not granted"),
        Action::Ask => tr("请申请人传材料", "Asked of the applicant"),
        Action::Remind => tr("提醒申请人", "Reminded"),
        Action::Lapse => tr("到期没有收到材料", "Nothing came in time"),
        Action::Accept => tr("受理", "Accept"),
        Action::Decline => tr("不予受理", "Do not accept"),
        Action::Review => tr("开始审查", "Begin review"),
        Action::Return => tr("补正", "Return for correction"),
        Action::Correct => tr("申请人已补正", "Corrected"),
        Action::Pause => tr("特别程序", "Special procedure"),
        Action::Resume => tr("恢复办理", "Resume"),
        Action::Extend => tr("延长期限", "Extend the time"),
        Action::Approve => tr("准予", "Approve"),
        Action::Refuse => tr("不予许可", "Refuse"),
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
pub(super) fn notice_title(action: Action, is_licence: bool) -> &'static str {
    match action {
        Action::Accept => "受理通知书",
        Action::Decline => "不予受理通知书",
        Action::Return => "补正告知书",
        Action::Approve if is_licence => "准予许可决定书",
        Action::Approve => "办结通知书",
        Action::Refuse if is_licence => "不予许可决定书",
        Action::Refuse => "不予办理决定书",
        _ => "办理通知",
    }
}

/// Whether a step serves a notice on paper.
pub(super) fn has_notice(action: Action) -> bool {
    matches!(action, Action::Accept | Action::Decline | Action::Return | Action::Approve | Action::Refuse)
}

/// A ready-made text: what its button is called, and the text itself.
pub(super) type ReadyText = (&'static str, &'static str);

/// What is usually wrong with a document.
pub(super) fn document_corrections() -> Vec<ReadyText> {
    vec![
        (tr("看不清", "Blurred"), "照片看不清，请在光线好的地方重新拍一张，字要能看清。"),
        (tr("没拍全", "Cut off"), "没有拍全，请把四个角都拍进去，重新上传。"),
        (tr("不是这份", "Wrong paper"), "传的不是这份材料，请换成正确的材料。"),
        (tr("对不上", "Does not match"), "和填写的内容对不上，请核对后重新上传。"),
        (tr("过期", "Expired"), "材料已经过了有效期，请换成有效的。"),
    ]
}

/// What is usually wrong with an answer.
pub(super) fn answer_corrections() -> Vec<ReadyText> {
    vec![
        (tr("与证照不符", "Differs from the papers"), "和证照上的不一致，请对照证照改正。"),
        (tr("与登记不符", "Differs from the register"), "和登记的不一致，请核对；登记有误的，请附上证明材料。"),
        (tr("不清楚", "Unclear"), "没有写清楚，请补充完整。"),
        (tr("不合规格", "Against the rules"), "不符合这里的设置要求，请按要求调整后重新填写。"),
    ]
}

/// Grounds of a step, for its `basis`.
pub(super) fn legal_bases(action: Action) -> Vec<ReadyText> {
    match action {
        Action::Decline => vec![
            (
                tr("不需要许可", "No permit needed"),
                "《中华人民共和国行政许可法》第三十二条第一款第（一）项：申请事项依法不需要取得行政许可。",
            ),
            (
                tr("不归本机关", "Another agency's"),
                "《中华人民共和国行政许可法》第三十二条第一款第（二）项：申请事项依法不属于本机关职权范围。",
            ),
        ],
        Action::Refuse => vec![
            (
                tr("不符合条件", "Conditions not met"),
                "《中华人民共和国行政许可法》第三十八条第二款：申请不符合法定条件、标准。",
            ),
            (
                tr("材料不真实", "Untrue papers"),
                "《中华人民共和国行政许可法》第七十八条：隐瞒有关情况或者提供虚假材料申请行政许可。",
            ),
        ],
        _ => Vec::new(),
    }
}

/// What an officer usually writes with a step, for its `says`.
pub(super) fn ready_texts(action: Action) -> Vec<ReadyText> {
    match action {
        Action::Decline => vec![
            (tr("不用办", "Not needed"), "您申请的这件事不需要办理许可，可以直接进行。"),
            (tr("换个部门", "Elsewhere"), "您申请的这件事由别的部门办理，请向该部门申请。"),
        ],
        Action::Return => {
            vec![(
                tr("一次说清", "All at once"),
                "下面是需要补正的全部内容，改好后重新提交，我们接着办，不用重新申请。",
            )]
        }
        Action::Pause => vec![
            (tr("现场查看", "Site visit"), "需要到现场查看，查看期间不计入办理时间，结束后接着办。"),
            (tr("专家评审", "Expert review"), "需要组织专家评审，评审期间不计入办理时间，结束后接着办。"),
            (tr("听证", "Hearing"), "需要举行听证，听证期间不计入办理时间，结束后接着办。"),
        ],
        Action::Extend => vec![
            (tr("情况复杂", "Complex"), "情况比较复杂，经本机关负责人批准，办理期限延长 10 个工作日。原因："),
            (tr("要会商", "Several offices"), "需要和其他部门会商，经本机关负责人批准，办理期限延长 10 个工作日。"),
        ],
        Action::Approve => vec![(tr("照申请办", "As applied"), "您的申请符合要求，已经办好。")],
        Action::Refuse => vec![(tr("不符合要求", "Does not comply"), "您的申请不符合法定条件，不予许可。具体原因：")],
        Action::Deliver => vec![(tr("已经送到", "Handed over"), "办理结果已经送到，请查收。")],
        _ => Vec::new(),
    }
}

/// What the law requires with every refusal (行政许可法 §38, 行政复议法 §20, 行政诉讼法 §46).
pub(super) fn remedies(action: Action) -> Option<&'static str> {
    matches!(action, Action::Refuse | Action::Decline)
        .then_some("对本决定不服的，可以自收到之日起六十日内申请行政复议，或者自收到之日起六个月内提起行政诉讼。")
}
