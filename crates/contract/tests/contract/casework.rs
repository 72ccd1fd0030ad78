//! How tasks move: nothing but the table, an end for everybody, and no way back from it.

use contract::case::{Action, Actor, CaseStatus, TRANSITIONS, after, allowed};
use proptest::prelude::*;

const ACTORS: [Actor; 3] = [Actor::Applicant, Actor::Officer, Actor::System];
const ACTIONS: [Action; 17] = [
    Action::Begin,
    Action::Drop,
    Action::RequestMaterials,
    Action::MissDeadline,
    Action::Accept,
    Action::Decline,
    Action::Review,
    Action::Return,
    Action::Remind,
    Action::Correct,
    Action::Pause,
    Action::Resume,
    Action::Extend,
    Action::Approve,
    Action::Refuse,
    Action::Deliver,
    Action::Withdraw,
];

fn states() -> Vec<CaseStatus> {
    let mut states: Vec<CaseStatus> = TRANSITIONS.iter().flat_map(|step| [step.from, step.to]).collect();
    states.sort_by_key(|state| format!("{state:?}"));
    states.dedup();
    states
}

#[test]
#[invariant::invariant("one-table")]
fn an_end_is_an_end_and_everything_else_leads_to_one() {
    assert_eq!(states().len(), 13, "every state is in the table");
    for state in states() {
        let ways = TRANSITIONS.iter().filter(|step| step.from == state).count();
        assert_eq!(ways == 0, state.is_end(), "{state:?}");
        let mut reached = vec![state];
        let mut at = 0;
        while let Some(from) = reached.get(at).copied() {
            let next = TRANSITIONS.iter().filter(|step| step.from == from).map(|step| step.to);
            let new: Vec<_> = next.filter(|to| !reached.contains(to)).collect();
            reached.extend(new);
            at += 1;
        }
        assert!(reached.iter().any(|state| state.is_end()), "from {state:?} nobody gets to an end");
    }
}

#[test]
#[invariant::invariant("one-table")]
fn an_applicant_decides_nothing_and_an_officer_mends_nothing() {
    let by =
        |actor| TRANSITIONS.iter().filter(move |step| step.by == actor).map(|step| step.action).collect::<Vec<_>>();
    assert!(by(Actor::Applicant).iter().all(|action| matches!(action, Action::Correct | Action::Withdraw)));
    assert!(
        !by(Actor::Officer).iter().any(|action| matches!(action, Action::Correct | Action::Withdraw | Action::Begin))
    );
    // Nobody decides what was not accepted, nor twice.
    for step in TRANSITIONS.iter().filter(|step| matches!(step.action, Action::Approve | Action::Refuse)) {
        assert_eq!(step.from, CaseStatus::InReview);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    /// Whatever is tried, in whatever order, by whomever: only the table's steps happen.
    #[test]
    #[invariant::invariant("one-table")]
    fn random_sequences_never_leave_the_table(tries in proptest::collection::vec((0..ACTIONS.len(), 0..ACTORS.len()), 1..30)) {
        let mut state = CaseStatus::Submitted;
        for (action, actor) in tries {
            let (action, actor) = (ACTIONS[action], ACTORS[actor]);
            let offered = allowed(state, actor).any(|one| one == action);
            let next = after(state, action, actor);
            prop_assert_eq!(offered, next.is_some());
            if let Some(next) = next {
                prop_assert!(!state.is_end(), "{:?} after {:?}", next, state);
                prop_assert!(TRANSITIONS.iter().any(|step| (step.from, step.action, step.to, step.by) == (state, action, next, actor)));
                state = next;
            }
        }
    }
}
