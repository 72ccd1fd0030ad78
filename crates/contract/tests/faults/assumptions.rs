//! An assumption that does more than warn.

use crate::{MAXIMAL, MINIMAL, SERVICE, broken, expect, prove};

const LIMIT: &str = "[limits]\n";
const ASSUMED: &str = "[limits]\nassumed = { value = 2, basis = \"assumption\", source = \"Made up\" }\n";

/// The small service with an assumption beside its limits, and something that rests on it.
fn found(from: &str, to: &str) -> Vec<(&'static str, String)> {
    let service = broken(&broken(SERVICE, LIMIT, ASSUMED), from, to);
    let faults = prove(&service, MINIMAL, MAXIMAL, "");
    faults
        .into_iter()
        .map(|fault| (fault.code, fault.place))
        .filter(|(code, _)| *code == "rests-on-assumption")
        .collect()
}

#[test]
#[invariant::invariant("assumptions-warn")]
fn an_assumption_neither_blocks_nor_switches() {
    let high = "severity = \"warn\"\nbasis = \"assumption\"\nwhen = { field = \"height\", above = \"height-m\" }";
    for (place, from, to) in [
        (
            "rules.high.when",
            high,
            "severity = \"block\"\nbasis = \"law\"\nwhen = { field = \"height\", at_least = \"assumed\" }",
        ),
        (
            "gates.too-young.stops_when",
            "step = \"start\"\nstops_when = { field = \"adult\", is = false }",
            "step = \"more\"\nstops_when = { all = [{ field = \"adult\", is = false }, { field = \"day\", within = { days = \"assumed\" } }] }",
        ),
        (
            "tracks.slow.when",
            "when = { field = \"track\", is = \"slow\" }",
            "when = { not = { field = \"height\", below = \"assumed\" } }",
        ),
        (
            "materials.licence.show_when",
            "mode = \"verified\"",
            "mode = \"verified\"\nshow_when = { field = \"day\", age = { at_least = \"assumed\" } }",
        ),
        (
            "steps.more.fields.why-high.show_when",
            "show_when = { field = \"height\", above = \"height-m\" }",
            "show_when = { field = \"height\", above = \"assumed\" }",
        ),
        (
            "steps.end.fields.fast-word.require_when",
            "show_when = \"is-very-fast\"\noptional = true",
            "optional = true\nrequire_when = { field = \"day\", months_between = { until = \"today\", at_most = \"assumed\" } }",
        ),
        (
            "steps.end.show_when",
            "id = \"end\"\nsection",
            "id = \"end\"\nshow_when = { field = \"height\", above = \"assumed\" }\nsection",
        ),
        (
            "items.next-item.show_when",
            "needs = [\"item\"]",
            "needs = [\"item\"]\nshow_when = { field = \"height\", above = \"assumed\" }",
        ),
    ] {
        assert_eq!(found(from, to), [("rests-on-assumption", place.to_owned())], "{to}");
    }
}

/// The fault stands where the name is used.
#[test]
#[invariant::invariant("assumptions-warn")]
fn an_assumption_is_seen_through_names_of_conditions() {
    let through = found(
        "is-fast = { field = \"track\", is = \"fast\" }",
        "is-fast = { all = [{ field = \"track\", is = \"fast\" }, { field = \"height\", above = \"assumed\" }] }",
    );
    assert_eq!(through, []);
    let service = broken(
        &broken(SERVICE, LIMIT, ASSUMED),
        "is-fast = {",
        "is-tall = { field = \"height\", above = \"assumed\" }\nis-very-tall = { not = { not = \"is-tall\" } }\nis-fast = {",
    );
    let service =
        broken(&service, "show_when = { field = \"height\", above = \"height-m\" }", "show_when = \"is-very-tall\"");
    let faults = prove(&service, MINIMAL, MAXIMAL, "");
    assert!(
        faults.iter().any(|fault| fault.code == "rests-on-assumption"
            && fault.place == "steps.more.fields.why-high.show_when"
            && fault.says.contains("`assumed`")),
        "{faults:#?}"
    );
}

#[test]
#[invariant::invariant("assumptions-warn")]
fn an_assumption_may_warn_and_show_what_may_be_left_out() {
    let high = "when = { field = \"height\", above = \"height-m\" }\nsays";
    assert_eq!(found(high, "when = { field = \"height\", above = \"assumed\" }\nsays"), []);
    let why = "show_when = { field = \"height\", above = \"height-m\" }";
    assert_eq!(found(why, "optional = true\nshow_when = { field = \"height\", above = \"assumed\" }"), []);
}

#[test]
#[invariant::invariant("assumptions-warn")]
fn a_division_that_only_assumes_what_the_city_published_is_named() {
    let from = "height-m = { value = 3, basis = \"published\"";
    expect(
        "rests-on-assumption",
        "steps.more.fields.why-high.show_when",
        from,
        &from.replace("published", "assumption"),
    );
}
