//! The words of a step: those that the officer must give, and the SMS that the applicant gets.

use contract::api::Decision;
use contract::case::{Action, Actor, CaseStatus};
use contract::service::{Item, ItemKind, Severity};
use contract::sight::Sight;
use contract::{FieldError, Service, Text};

use crate::error::ApiError;
use crate::store::{Step, TaskRecord};

const LONGEST_WORDS: usize = 2_000;
/// The law that is about licences and nothing else.
const LICENSING_LAW: &str = "行政许可法";

/// What the applicant reads when a special procedure has taken all its time.
pub(super) const PROCEDURE_OVER: &str = "特别程序的期限已满，恢复计时，继续办理。";

/// What is said of an application that the office left unanswered, and the law that it rests on, if it is one.
pub(super) fn silence(kind: ItemKind) -> (&'static str, &'static str) {
    match kind {
        ItemKind::Licence => (
            "五个工作日内没有告知补正，自收到申请之日起视为受理。",
            "《中华人民共和国行政许可法》第三十二条第一款第（四）项。",
        ),
        ItemKind::Confirmation | ItemKind::Payment | ItemKind::Service => {
            ("五个工作日内没有告知补正，自收到申请之日起视为受理。这是本市的服务约定，不是法律规定。", "")
        }
    }
}

/// A step that needs no words.
pub(super) fn plain_step(task: &TaskRecord, action: Action, to: CaseStatus, by: Actor) -> Step {
    Step {
        item: task.item.clone(),
        from: task.status,
        version: task.version,
        action,
        to,
        due: task.due.clone(),
        due_is_provisional: task.due_is_provisional,
        assignee: task.assignee.clone().filter(|_| !to.is_end()),
        by,
        done_by: None,
        says: String::new(),
        basis: String::new(),
        not_needed: false,
        reasons: Vec::new(),
        issued: None,
        notice: None,
    }
}

/// A return must name everything that is missing, and only fields that the office sees. A refusal must name the law,
/// and never the one of licences where the item is none. A pause or an extension must name its reason, and a pause the
/// kind of special procedure, where the item's page lists them.
pub(super) fn check(item: &Item, sight: Sight<'_>, decision: &Decision) -> Result<(), ApiError> {
    let Decision { action, says, basis, reasons, .. } = decision;
    let mut errors = Vec::new();
    let mut need = |given: bool, field: &str, zh: &str, en: &str| {
        if !given {
            errors.push(missing(field, Text::new(zh, en)));
        }
    };
    match action {
        Action::Return => {
            need(!reasons.is_empty(), "reasons", "请勾选要补正的地方", "Tick what must be corrected");
            let right = reasons.iter().all(|reason| sight.sees_path(&reason.field) && !reason.says.trim().is_empty());
            need(right, "reasons", "每一处都要写明怎么补", "Say for each what to do");
        }
        Action::Refuse | Action::Decline => {
            need(!says.trim().is_empty(), "says", "请写明理由", "Give the reason");
            need(!basis.trim().is_empty(), "basis", "请写明法律依据", "Name the law that it rests on");
            let fits = item.kind().is_licence() || !basis.contains(LICENSING_LAW) && !says.contains(LICENSING_LAW);
            let (zh, en) = ("这一事项不是行政许可，请写它自己的依据", "This is no licence: name its own legal basis");
            need(fits, "basis", zh, en);
        }
        Action::Extend => need(!says.trim().is_empty(), "says", "请写明为什么延长", "Say why it takes longer"),
        Action::Pause => {
            need(!says.trim().is_empty(), "says", "请写明为什么暂停计时", "Say why the clock stops");
            let mut kinds = item.special_procedure.iter().flat_map(|procedure| &procedure.kinds).peekable();
            let is_listed = kinds.peek().is_none() || kinds.any(|kind| kind.zh == basis.trim());
            need(is_listed, "basis", "请选择是哪一种特别程序", "Choose the kind of special procedure");
        }
        Action::Accept | Action::Review | Action::Resume | Action::Approve | Action::Deliver => {}
        Action::Begin
        | Action::Drop
        | Action::RequestMaterials
        | Action::MissDeadline
        | Action::Remind
        | Action::Correct
        | Action::Withdraw => {
            return Err(ApiError::StepNotAllowed);
        }
    }
    let longest = reasons.iter().map(|reason| &reason.says).chain([says, basis]).map(|text| text.chars().count()).max();
    need(longest.unwrap_or(0) <= LONGEST_WORDS, "says", "写得太长了", "This is too long");
    if errors.is_empty() { Ok(()) } else { Err(ApiError::Invalid(errors)) }
}

fn missing(field: &str, says: Text) -> FieldError {
    FieldError {
        step: "decision".into(),
        field: field.to_owned(),
        row: None,
        severity: Severity::Block,
        code: "missing".to_owned(),
        message: says,
    }
}

/// The SMS about a step; `None` where the applicant took the step or needs no message. It contains nothing personal but, where one decides, the name of the office.
pub(super) fn message(
    service: &Service,
    reference: &str,
    step: &Step,
    (office, owes): (Option<&str>, bool),
) -> Option<String> {
    let item = service.items.iter().find(|item| item.id == *step.item)?;
    if let (Action::RequestMaterials, Some(check)) = (step.action, &item.after_check) {
        let until = step.due.as_deref().unwrap_or_default();
        return Some(format!(
            "【一件事】办件 {reference}，{}：{}最晚 {until}，在“我的办件”里传。",
            item.title.zh, check.says.zh
        ));
    }
    let happened = match step.action {
        Action::Remind => "您有材料待补正，请在“我的办件”中提交，有难处请拨打 12345",
        Action::MissDeadline => "到期还没有收到您要传的，现在还可以补；工作人员也可能联系您或到现场看",
        // Without an approval there is no inspection, and the applicant has an SMS about the refusal.
        Action::Drop if item.after_check.is_some() => return None,
        Action::Accept if owes => "已经受理，请到“我的办件”里缴费，缴了才能办好",
        Action::Accept => "已经受理",
        Action::Decline => "不属于受理范围，理由和怎么办在“我的办件”里",
        Action::Return => "需要补正，请在“我的办件”中查看",
        Action::Pause => "进入特别程序，办理时限暂停计算，原因在“我的办件”里",
        Action::Resume => "特别程序结束，继续办理",
        Action::Extend => "办理时限延长，原因和新的日期在“我的办件”里",
        Action::Approve => "已经办好，结果在“我的办件”里",
        Action::Refuse => "未予通过，理由和救济途径见“我的办件”",
        // The SMS about the approval also announced the electronic certificate.
        Action::Deliver if step.by == Actor::System => return None,
        Action::Deliver => "结果已经送出，请查收",
        Action::Drop => "前置事项未办成，本事项终止，窗口可以帮您",
        // It never began.
        Action::Withdraw if item.after_check.is_some() => return None,
        Action::Withdraw => "已按您的要求撤回",
        Action::Begin | Action::RequestMaterials | Action::Review | Action::Correct => return None,
    };
    let office = office.map(|office| format!("（{office}）")).unwrap_or_default();
    Some(format!("【一件事】办件 {reference}：{}{office}{happened}。", item.title.zh))
}
