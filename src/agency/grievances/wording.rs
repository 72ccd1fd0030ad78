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
        GrievanceStatus::ReportedBack => tr("等群众确认", "Waits for the person"),
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
        GrievanceKind::NotAccepted => tr("该受理没受理", "Not accepted"),
        GrievanceKind::NotGranted => tr("该办成没办成", "Not granted"),
        GrievanceKind::Late => tr("超过时限", "Late"),
        GrievanceKind::Trips => tr("反复跑、反复补", "Sent to and fro"),
        GrievanceKind::Attitude => tr("服务态度", "Attitude"),
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
        Action::ReportBack => tr("反馈给群众", "Report back"),
        Action::Agree => tr("群众认可", "The person agrees"),
        Action::Disagree => tr("群众不认可，重办", "The person disagrees"),
    }
}
