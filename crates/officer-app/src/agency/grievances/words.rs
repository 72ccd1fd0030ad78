//! What states, kinds and steps of a grievance are called.

use contract::grievance::{Action, GrievanceKind, GrievanceStatus, Source, Weight};

use crate::words::t;

pub(super) fn status(status: GrievanceStatus) -> &'static str {
    match status {
        GrievanceStatus::Received => t("待联系", "To call"),
        GrievanceStatus::Accepted => t("已受理", "Accepted"),
        GrievanceStatus::Classified => t("已分类", "Classified"),
        GrievanceStatus::HandedOver => t("部门在办", "With the agency"),
        GrievanceStatus::Solved => t("部门已办", "Solved by the agency"),
        GrievanceStatus::ReportedBack => t("等群众确认", "Waits for the person"),
        GrievanceStatus::Checked => t("已办结", "Checked"),
        GrievanceStatus::Declined => t("不在范围", "Not for this desk"),
    }
}

pub(super) fn what(source: Source, kind: Option<GrievanceKind>) -> &'static str {
    match (source, kind) {
        (_, Some(known)) => self::kind(known),
        (Source::Rating, None) => t("差评回访", "Low rating: call back"),
        (Source::Report, None) => t("未分类", "Not classified"),
    }
}

pub(super) fn kind(kind: GrievanceKind) -> &'static str {
    match kind {
        GrievanceKind::NotAccepted => t("该受理没受理", "Not accepted"),
        GrievanceKind::NotGranted => t("该办成没办成", "Not granted"),
        GrievanceKind::Late => t("超过时限", "Late"),
        GrievanceKind::Trips => t("反复跑、反复补", "Sent to and fro"),
        GrievanceKind::Attitude => t("服务态度", "Attitude"),
    }
}

pub(super) fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Simple => t("简单（5 个工作日）", "Simple (5 working days)"),
        Weight::Complex => t("复杂（5 个工作日）", "Complex (5 working days)"),
        Weight::Special => t("特殊（10 个工作日）", "Special (10 working days)"),
    }
}

pub(super) fn action(action: Action) -> &'static str {
    match action {
        Action::Accept => t("已联系，受理", "Called: accept"),
        Action::Decline => t("不在受理范围", "Not for this desk"),
        Action::Classify => t("分类", "Classify"),
        Action::HandOver => t("转办", "Hand over"),
        Action::Solve => t("已办好", "Solved"),
        Action::ReportBack => t("反馈给群众", "Report back"),
        Action::Agree => t("群众认可", "The person agrees"),
        Action::Disagree => t("群众不认可，重办", "The person disagrees"),
    }
}
