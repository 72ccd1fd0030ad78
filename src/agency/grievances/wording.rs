//! What states, kinds and steps of a grievance are called.

use contract::grievance::{Action, GrievanceKind, GrievanceStatus, Source, Weight};

use crate::i18n::tr;

pub(super) fn status_label(status: GrievanceStatus) -> &'static str {
    match status {
        GrievanceStatus::Received => tr("待联系", "To call"),
        GrievanceStatus::Accepted => tr("已受理", "Accepted"),
        GrievanceStatus::Classified => tr("已分类", "Classified"),
        GrievanceStatus::HandedOver => tr("部门在办", "With the agency"),
        GrievanceStatus::Solved => tr("部门已办", "Solved by the agency"),
        GrievanceStatus::ReportedBack => tr("待当事人确认", "Awaiting confirmation"),
        GrievanceStatus::Checked => tr("已办结", "Checked"),
        GrievanceStatus::Declined => tr("不在范围", "Not for this desk"),
    }
}

/// The kind of problem, or where it came from as long as nobody has classified it.
pub(super) fn problem_label(source: Source, kind: Option<GrievanceKind>) -> &'static str {
    match (source, kind) {
        (_, Some(known)) => kind_label(known),
        (Source::Rating, None) => tr("差评回访", "Low rating: call back"),
        (Source::Report, None) => tr("未分类", "Not classified"),
    }
}

pub(super) fn kind_label(kind: GrievanceKind) -> &'static str {
    match kind {
        GrievanceKind::NotAccepted => tr("应受理未受理", "Not accepted"),
        GrievanceKind::NotGranted => tr("应办成未办成", "Not granted"),
        GrievanceKind::Late => tr("超过时限", "Overdue"),
        GrievanceKind::Trips => tr("反复跑动、反复补正", "Repeated trips and corrections"),
        GrievanceKind::Attitude => tr("服务态度", "Conduct of staff"),
    }
}

pub(super) fn weight_label(weight: Weight) -> &'static str {
    match weight {
        Weight::Simple => tr("简单（5 个工作日）", "Simple (5 working days)"),
        Weight::Complex => tr("复杂（5 个工作日）", "Complex (5 working days)"),
        Weight::Special => tr("特殊（10 个工作日）", "Special (10 working days)"),
    }
}

pub(super) fn action_label(action: Action) -> &'static str {
    match action {
        Action::Accept => tr("已联系，受理", "Called: accept"),
        Action::Decline => tr("不在受理范围", "Not for this desk"),
        Action::Classify => tr("分类", "Classify"),
        Action::HandOver => tr("转办", "Hand over"),
        Action::Solve => tr("已办好", "Solved"),
        Action::ReportBack => tr("反馈当事人", "Report back"),
        Action::Agree => tr("当事人认可", "Confirmed as solved"),
        Action::Disagree => tr("当事人不认可，重办", "Not solved: reopen"),
    }
}
