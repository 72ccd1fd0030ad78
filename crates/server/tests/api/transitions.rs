//! Every state, every action, everybody: the contract's table of transitions through the API. Whoever may take a step
//! takes it, everybody else is refused, and a refusal changes nothing.

use contract::case::{Action, Actor, CaseStatus, TRANSITIONS, Transition, after};
use serde_json::{Value, json};

use crate::officers::{CITY, DISTRICT, HEALTH, act, case, open, sign_in_officer};
use crate::stages::{Staged, applied, claimed, correct, decided, decision, staged, states};
use crate::world::{OWNER, STRANGER, Visitor, World};

/// Everybody who may try, with how the officers' side and the residents' side answer them at best.
struct Crowd<'a> {
    applicant: Visitor<'a>,
    stranger: Visitor<'a>,
    nobody: Visitor<'a>,
    officer: Visitor<'a>,
    of_another_agency: Visitor<'a>,
    of_another_division: Visitor<'a>,
}

impl<'a> Crowd<'a> {
    async fn gather(world: &'a World) -> Self {
        Self {
            officer: sign_in_officer(world, CITY).await,
            of_another_agency: sign_in_officer(world, HEALTH).await,
            of_another_division: sign_in_officer(world, DISTRICT).await,
            applicant: world.sign_in(OWNER).await,
            stranger: world.sign_in(STRANGER).await,
            nobody: world.visitor(),
        }
    }

    /// Those to whom the officers' side shows nothing, and what it says to them.
    fn kept_from_deciding(&self) -> [(&str, &Visitor<'a>, u16); 5] {
        [
            ("the applicant", &self.applicant, 401),
            ("a stranger", &self.stranger, 401),
            ("nobody", &self.nobody, 401),
            ("an officer of another agency", &self.of_another_agency, 404),
            ("an officer of another division", &self.of_another_division, 404),
        ]
    }

    /// Those whose case it is not, and what the residents' side says to them.
    fn kept_from_applying(&self) -> [(&str, &Visitor<'a>, u16); 5] {
        [
            ("a stranger", &self.stranger, 404),
            ("nobody", &self.nobody, 401),
            ("the officer", &self.officer, 401),
            ("an officer of another agency", &self.of_another_agency, 401),
            ("an officer of another division", &self.of_another_division, 401),
        ]
    }
}

fn actions() -> Vec<Action> {
    let mut actions = Vec::new();
    for step in TRANSITIONS {
        if !actions.contains(&step.action) {
            actions.push(step.action);
        }
    }
    actions
}

fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

/// Where the task stands, and all that happened to the case.
async fn stands(crowd: &Crowd<'_>, staged: &Staged) -> (Value, Vec<Value>) {
    let case = case(&crowd.applicant, &staged.reference).await;
    let task = case["tasks"].as_array().unwrap().iter().find(|task| task["item"] == staged.item).unwrap();
    (task["status"].clone(), case["history"].as_array().cloned().unwrap_or_default())
}

/// The step was taken once, by this actor, and led where the table says.
async fn was_taken(crowd: &Crowd<'_>, staged: &Staged, before: usize, action: Action, to: CaseStatus, by: Actor) {
    let (status, history) = stands(crowd, staged).await;
    assert_eq!(status, json!(to), "{action:?}");
    let of_this = history[before..].iter().filter(|event| event["item"] == staged.item);
    let taken: Vec<_> = of_this.map(|event| (event["action"].clone(), event["by"].clone())).collect();
    assert_eq!(taken, [(json!(action), json!(by))], "once, and nothing else");
}

#[tokio::test]
#[invariant::invariant("one-table")]
async fn nobody_but_the_officer_in_charge_takes_an_officers_step() {
    let world = World::of_short_services().await;
    let crowd = Crowd::gather(&world).await;
    for state in states() {
        let staged = staged(&crowd.applicant, &crowd.officer, state).await;
        let task = claimed(&crowd.officer, &staged.reference, staged.item).await;
        let before = stands(&crowd, &staged).await;
        for action in actions() {
            let body = decision(&word(action));
            for (who, visitor, status) in crowd.kept_from_deciding() {
                let reply = act(visitor, &task, "decisions", &body).await;
                assert_eq!(reply.status, status, "{who}: {action:?} in {state:?}");
            }
            if after(state, action, Actor::Officer).is_none() {
                let reply = act(&crowd.officer, &task, "decisions", &body).await;
                assert_eq!((reply.status.as_u16(), reply.code()), (409, "step-not-allowed".to_owned()), "{action:?}");
            }
        }
        for (who, visitor, status) in crowd.kept_from_deciding() {
            for what in ["claim", "release"] {
                assert_eq!(act(visitor, &task, what, &json!({})).await.status, status, "{who}: {what}");
            }
            let path = format!("/api/agency/tasks/{}/{}", staged.reference, staged.item);
            assert_eq!(visitor.get(&path).await.status, status, "{who} looks");
        }
        assert_eq!(stands(&crowd, &staged).await, before, "{state:?}: a refusal changes nothing");
    }
}

#[tokio::test]
#[invariant::invariant("one-table")]
async fn the_officer_in_charge_takes_every_step_of_the_table() {
    let world = World::of_short_services().await;
    let crowd = Crowd::gather(&world).await;
    // An inspection without the picture waits for its day: `post_approval_inspection.rs`.
    let by_officer = |step: &&Transition| step.by == Actor::Officer && step.from != CaseStatus::AwaitingMaterials;
    for step in TRANSITIONS.iter().filter(by_officer) {
        let staged = staged(&crowd.applicant, &crowd.officer, step.from).await;
        let task = claimed(&crowd.officer, &staged.reference, staged.item).await;
        let offered = task["actions"].as_array().unwrap().contains(&json!(step.action));
        assert!(offered, "{:?} is offered in {:?}", step.action, step.from);
        let before = stands(&crowd, &staged).await.1.len();
        act(&crowd.officer, &task, "decisions", &decision(&word(step.action))).await.expect(200);
        was_taken(&crowd, &staged, before, step.action, step.to, Actor::Officer).await;
    }
}

#[tokio::test]
#[invariant::invariant("one-table")]
async fn only_the_applicant_withdraws_and_corrects_where_the_table_says() {
    let world = World::of_short_services().await;
    let crowd = Crowd::gather(&world).await;
    for state in states() {
        for action in [Action::Withdraw, Action::Correct] {
            let staged = staged(&crowd.applicant, &crowd.officer, state).await;
            let before = stands(&crowd, &staged).await;
            for (who, visitor, status) in crowd.kept_from_applying() {
                let reply = applies(visitor, &staged, action).await;
                assert_eq!(reply.status, status, "{who}: {action:?} in {state:?}");
            }
            assert_eq!(stands(&crowd, &staged).await, before, "{state:?}: a refusal changes nothing");
            let reply = applies(&crowd.applicant, &staged, action).await;
            match after(state, action, Actor::Applicant) {
                Some(to) => {
                    assert!(reply.status.is_success(), "{action:?} in {state:?}: {}", reply.text());
                    was_taken(&crowd, &staged, before.1.len(), action, to, Actor::Applicant).await;
                }
                None => {
                    assert_eq!((reply.status.as_u16(), reply.code()), (409, "step-not-allowed".to_owned()));
                    assert_eq!(stands(&crowd, &staged).await, before, "{action:?} in {state:?}");
                }
            }
        }
    }
}

async fn applies(visitor: &Visitor<'_>, staged: &Staged, action: Action) -> crate::world::Reply {
    match action {
        Action::Withdraw => visitor.post(&format!("/api/cases/{}/withdrawal", staged.reference), &json!({})).await,
        _ => correct(visitor, &staged.reference).await,
    }
}

#[tokio::test]
#[invariant::invariant("one-table")]
async fn scheduled_transitions_follow_the_table() {
    let world = World::of_short_services().await;
    let crowd = Crowd::gather(&world).await;
    let mut seen = Vec::new();
    // The item that waits moves too, and so does one whose result is electronic.
    for (item, remark, last, action, to) in [
        ("second", None, "approve", Action::Begin, CaseStatus::Submitted),
        ("second", None, "refuse", Action::Drop, CaseStatus::Void),
        ("first", Some("电子证照就行"), "approve", Action::Deliver, CaseStatus::Delivered),
    ] {
        let staged = Staged { reference: applied(&crowd.applicant, remark).await, item };
        decided(&crowd.officer, &staged.reference, "first", &["accept", "review", last]).await;
        let (status, history) = stands(&crowd, &staged).await;
        let event = history.iter().rfind(|event| event["item"] == item).unwrap();
        assert_eq!((&status, &event["action"], &event["by"]), (&json!(to), &json!(action), &json!("system")));
        seen.push((action, to));
    }
    // After five working days a task is deemed accepted; an applicant who forgets something is reminded once, and the
    // office does not wait for ever.
    let asked = staged(&crowd.applicant, &crowd.officer, CaseStatus::AwaitingMaterials).await;
    seen.push((Action::RequestMaterials, CaseStatus::AwaitingMaterials));
    let returned = staged(&crowd.applicant, &crowd.officer, CaseStatus::Returned).await;
    let unanswered = staged(&crowd.applicant, &crowd.officer, CaseStatus::Submitted).await;
    let paused = staged(&crowd.applicant, &crowd.officer, CaseStatus::Special).await;
    for (days, staged, action, to) in [
        (8, &unanswered, Action::Accept, CaseStatus::Accepted),
        (0, &returned, Action::Remind, CaseStatus::Returned),
        (3, &asked, Action::Remind, CaseStatus::AwaitingMaterials),
        (5, &asked, Action::MissDeadline, CaseStatus::AwaitingMaterials),
        // Fifteen working days are over.
        (6, &paused, Action::Resume, CaseStatus::InReview),
    ] {
        world.pass(days * 24 * 3600);
        for _ in 0..2 {
            world.run_background_jobs().await;
        }
        let officer = sign_in_officer(&world, CITY).await;
        let task = open(&officer, &staged.reference, staged.item).await;
        let history = task["history"].as_array().unwrap().iter().filter(|event| event["item"] == staged.item);
        let taken: Vec<_> =
            history.filter(|event| event["action"] == json!(action)).map(|event| &event["by"]).collect();
        assert_eq!((&task["status"], taken), (&json!(to), vec![&json!("system")]), "{action:?}, once");
        seen.push((action, to));
    }
    for step in TRANSITIONS.iter().filter(|step| step.by == Actor::System) {
        assert!(seen.contains(&(step.action, step.to)), "{step:?} was not seen to happen");
    }
}
