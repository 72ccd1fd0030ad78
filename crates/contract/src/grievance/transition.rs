//! How a grievance moves: one table, with who may take each step.

use serde::{Deserialize, Serialize};

use super::GrievanceStatus::{
    self, Accepted, Checked, Classified, Declined, HandedOver, Received, ReportedBack, Solved,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = GrievanceAction))]
pub enum Action {
    /// The person was called, and it is for this desk.
    Accept,
    /// Law suits, petitions and the like: not for this desk, and said where to turn.
    Decline,
    Classify,
    HandOver,
    /// Says what was done.
    Solve,
    ReportBack,
    /// The person says that it is solved.
    Agree,
    /// The person says that it is not: the agency has it again.
    Disagree,
}

/// Who takes a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = GrievanceActor))]
pub enum Actor {
    /// Who told it.
    Person,
    /// The city's officers, who see all of them.
    GrievanceDesk,
    /// The officers of the agency to which it is handed.
    Agency,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    pub from: GrievanceStatus,
    pub action: Action,
    pub to: GrievanceStatus,
    pub by: Actor,
}

const fn step(from: GrievanceStatus, action: Action, to: GrievanceStatus, by: Actor) -> Transition {
    Transition { from, action, to, by }
}

/// All that may happen. What is not here does not.
pub const TRANSITIONS: &[Transition] = &[
    step(Received, Action::Accept, Accepted, Actor::GrievanceDesk),
    step(Received, Action::Decline, Declined, Actor::GrievanceDesk),
    step(Accepted, Action::Classify, Classified, Actor::GrievanceDesk),
    step(Accepted, Action::Decline, Declined, Actor::GrievanceDesk),
    step(Classified, Action::HandOver, HandedOver, Actor::GrievanceDesk),
    // To another agency, where the first one was not the right one.
    step(HandedOver, Action::HandOver, HandedOver, Actor::GrievanceDesk),
    step(HandedOver, Action::Solve, Solved, Actor::Agency),
    step(Solved, Action::ReportBack, ReportedBack, Actor::GrievanceDesk),
    step(Solved, Action::ReportBack, ReportedBack, Actor::Agency),
    step(ReportedBack, Action::Agree, Checked, Actor::Person),
    step(ReportedBack, Action::Disagree, HandedOver, Actor::Person),
    // Who does not answer on the phone's page is called, and the desk writes down what was said.
    step(ReportedBack, Action::Agree, Checked, Actor::GrievanceDesk),
    step(ReportedBack, Action::Disagree, HandedOver, Actor::GrievanceDesk),
];

/// Where a step leads, if this actor may take it from here.
pub fn after(from: GrievanceStatus, action: Action, by: Actor) -> Option<GrievanceStatus> {
    let is_it = |step: &&Transition| step.from == from && step.action == action && step.by == by;
    TRANSITIONS.iter().find(is_it).map(|step| step.to)
}

/// What this actor may do from here.
pub fn allowed(from: GrievanceStatus, by: Actor) -> impl Iterator<Item = Action> {
    TRANSITIONS.iter().filter(move |step| step.from == from && step.by == by).map(|step| step.action)
}

impl Action {
    /// What the person reads on the phone: nothing personal, nothing of the matter itself. `None` where the person has
    /// just said it, or where it goes on within the office.
    pub fn message(self, number: &str) -> Option<String> {
        let happened = match self {
            Self::Accept => "已经受理，正在查",
            Self::Decline => "不在“办不成事”的受理范围，原因和办理去向工作人员已告知，也可以拨打 12345 咨询",
            Self::HandOver => "已经转给负责的部门办",
            Self::ReportBack => "有结果了，工作人员会打电话告诉您，并请您确认是否办成",
            Self::Agree => "已经办结，谢谢您的反映",
            Self::Disagree => "还没有办成，已经退回部门重新办",
            Self::Classify | Self::Solve => return None,
        };
        Some(format!("【一件事】反映 {number}：{happened}。"))
    }
}
