//! How grievances move: nothing but the table, an end for each, and nobody left untold.

use contract::grievance::{Action, Actor, GrievanceStatus, TRANSITIONS, Weight, after, allowed};
use proptest::prelude::*;

const ACTORS: [Actor; 3] = [Actor::Person, Actor::GrievanceDesk, Actor::Agency];
const ACTIONS: [Action; 8] = [
    Action::Accept,
    Action::Decline,
    Action::Classify,
    Action::HandOver,
    Action::Solve,
    Action::ReportBack,
    Action::Agree,
    Action::Disagree,
];
const STATES: [GrievanceStatus; 8] = [
    GrievanceStatus::Received,
    GrievanceStatus::Accepted,
    GrievanceStatus::Classified,
    GrievanceStatus::HandedOver,
    GrievanceStatus::Solved,
    GrievanceStatus::ReportedBack,
    GrievanceStatus::Checked,
    GrievanceStatus::Declined,
];

#[test]
#[invariant::invariant("one-round")]
fn every_grievance_can_reach_an_end_and_no_end_moves_on() {
    for state in STATES {
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
#[invariant::invariant("one-round")]
fn a_person_only_answers_and_an_agency_never_checks_itself() {
    let by =
        |actor| TRANSITIONS.iter().filter(move |step| step.by == actor).map(|step| step.action).collect::<Vec<_>>();
    assert!(by(Actor::Person).iter().all(|action| matches!(action, Action::Agree | Action::Disagree)));
    assert!(by(Actor::Agency).iter().all(|action| matches!(action, Action::Solve | Action::ReportBack)));
}

#[test]
#[invariant::invariant("one-round")]
fn special_ones_have_twice_the_days() {
    let days: Vec<_> = Weight::ALL.iter().map(|weight| weight.working_days()).collect();
    assert_eq!(days, [5, 5, 10]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    /// Whatever is tried, in whatever order, by whomever: only the table's steps happen, and whoever is at an end was
    /// told.
    #[test]
    #[invariant::invariant("one-round")]
    fn random_sequences_keep_to_the_table_and_end_with_a_message(
        tries in proptest::collection::vec((0..ACTIONS.len(), 0..ACTORS.len()), 1..60)
    ) {
        let mut state = GrievanceStatus::Received;
        let mut told: Vec<String> = Vec::new();
        for (action, actor) in tries {
            let (action, actor) = (ACTIONS[action], ACTORS[actor]);
            let next = after(state, action, actor);
            prop_assert_eq!(allowed(state, actor).any(|one| one == action), next.is_some());
            let Some(next) = next else { continue };
            prop_assert!(!state.is_end(), "{:?} after {:?}", next, state);
            if next == GrievanceStatus::Checked {
                prop_assert_eq!(state, GrievanceStatus::ReportedBack, "checked before it was reported");
            }
            let message = action.message("BB2611-0001-3");
            if next.is_end() || next == GrievanceStatus::ReportedBack {
                prop_assert!(message.is_some(), "{:?} without a word", next);
            }
            told.extend(message);
            state = next;
        }
        prop_assert!(!state.is_end() || !told.is_empty());
    }
}
