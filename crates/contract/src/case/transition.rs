//! How a task moves: one table, with who may take each step.

use serde::{Deserialize, Serialize};

use super::CaseStatus::{
    self, Accepted, Approved, AwaitingMaterials, Delivered, InReview, NotAccepted, Refused, Returned, Special,
};
use super::CaseStatus::{Submitted, Void, Waiting, Withdrawn};

/// What is done to a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Action {
    /// Everything that it waited for is granted.
    Begin,
    /// Something that it waited for was not granted.
    Drop,
    /// 受理
    Accept,
    /// 不予受理
    Decline,
    /// Everything that it waited for is granted: now the applicant sends what comes later.
    RequestMaterials,
    /// The applicant did not send it in time: it may still come, and the office may look without it.
    MissDeadline,
    /// Takes it in hand.
    Review,
    /// 补正: names everything that is missing, at once.
    Return,
    /// The applicant is told once more that something is waited for.
    Remind,
    /// The applicant mended what was named, or sent what was asked for.
    Correct,
    /// 特别程序 begins: the clock stops.
    Pause,
    /// 特别程序 ends: the clock runs on.
    Resume,
    /// 延长期限: once, before the last day, with the reason told (行政许可法 §42).
    Extend,
    Approve,
    Refuse,
    /// The applicant has the result.
    Deliver,
    Withdraw,
}

/// Who takes a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Actor {
    Applicant,
    Officer,
    /// The clock, or another item's end.
    System,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    pub from: CaseStatus,
    pub action: Action,
    pub to: CaseStatus,
    pub by: Actor,
}

const fn step(from: CaseStatus, action: Action, to: CaseStatus, by: Actor) -> Transition {
    Transition { from, action, to, by }
}

/// All that may happen. What is not here does not.
pub const TRANSITIONS: &[Transition] = &[
    step(Waiting, Action::Begin, Submitted, Actor::System),
    step(Waiting, Action::Drop, Void, Actor::System),
    step(Waiting, Action::RequestMaterials, AwaitingMaterials, Actor::System),
    step(AwaitingMaterials, Action::Correct, Accepted, Actor::Applicant),
    step(AwaitingMaterials, Action::MissDeadline, AwaitingMaterials, Actor::System),
    step(AwaitingMaterials, Action::Review, InReview, Actor::Officer),
    step(AwaitingMaterials, Action::Remind, AwaitingMaterials, Actor::System),
    step(Waiting, Action::Withdraw, Withdrawn, Actor::Applicant),
    step(Submitted, Action::Accept, Accepted, Actor::Officer),
    // Who is told nothing within five days is accepted (行政许可法 §32).
    step(Submitted, Action::Accept, Accepted, Actor::System),
    step(Submitted, Action::Decline, NotAccepted, Actor::Officer),
    step(Submitted, Action::Return, Returned, Actor::Officer),
    step(Submitted, Action::Withdraw, Withdrawn, Actor::Applicant),
    step(Accepted, Action::Review, InReview, Actor::Officer),
    step(Accepted, Action::Withdraw, Withdrawn, Actor::Applicant),
    step(InReview, Action::Return, Returned, Actor::Officer),
    step(InReview, Action::Pause, Special, Actor::Officer),
    step(InReview, Action::Extend, InReview, Actor::Officer),
    step(InReview, Action::Approve, Approved, Actor::Officer),
    step(InReview, Action::Refuse, Refused, Actor::Officer),
    step(InReview, Action::Withdraw, Withdrawn, Actor::Applicant),
    step(Returned, Action::Correct, InReview, Actor::Applicant),
    // What was returned before it was accepted: see `after_correction`.
    step(Returned, Action::Correct, Submitted, Actor::Applicant),
    step(Returned, Action::Remind, Returned, Actor::System),
    step(Returned, Action::Withdraw, Withdrawn, Actor::Applicant),
    step(Special, Action::Resume, InReview, Actor::Officer),
    // Where the item says how long it may take at most.
    step(Special, Action::Resume, InReview, Actor::System),
    step(Special, Action::Withdraw, Withdrawn, Actor::Applicant),
    step(Approved, Action::Deliver, Delivered, Actor::Officer),
    step(Approved, Action::Deliver, Delivered, Actor::System),
];

/// Where a step leads, if this actor may take it from here.
pub fn after(from: CaseStatus, action: Action, by: Actor) -> Option<CaseStatus> {
    let is_it = |step: &&Transition| step.from == from && step.action == action && step.by == by;
    TRANSITIONS.iter().find(is_it).map(|step| step.to)
}

/// Where a correction leads. What was returned before it was accepted is accepted or declined first, on paper and with
/// a date (行政许可法 §32).
pub fn after_correction(from: CaseStatus, is_accepted: bool) -> Option<CaseStatus> {
    match from {
        Returned if !is_accepted => Some(Submitted),
        _ => after(from, Action::Correct, Actor::Applicant),
    }
}

/// What this actor may do from here.
pub fn allowed(from: CaseStatus, by: Actor) -> impl Iterator<Item = Action> {
    TRANSITIONS.iter().filter(move |step| step.from == from && step.by == by).map(|step| step.action)
}
