//! Conditions that ask too early, name nothing, or compare what cannot be compared.

use super::expect;

#[test]
#[invariant::invariant("proved-services")]
fn conditions_look_backwards_and_fit_what_they_compare() {
    let (gate, fast, high) =
        ("gates.too-young.stops_when", "conditions.is-fast", "steps.more.fields.why-high.show_when");
    let height = "show_when = { field = \"height\", above = \"height-m\" }";
    for (code, place, from, to) in [
        (
            "looks-forward",
            gate,
            "stops_when = { field = \"adult\", is = false }",
            "stops_when = { field = \"height\", above = \"height-m\" }",
        ),
        ("looks-forward", high, height, "show_when = { field = \"day\", present = true }"),
        ("looks-forward", high, height, "show_when = { field = \"why-high\", present = true }"),
        ("operator-does-not-fit", gate, "is = false", "is = \"no\""),
        ("operator-does-not-fit", gate, "is = false", "above = 1"),
        (
            "operator-does-not-fit",
            fast,
            "is-fast = { field = \"track\", is = \"fast\" }",
            "is-fast = { field = \"track\", contains = \"fast\" }",
        ),
        ("operator-does-not-fit", high, height, "show_when = { field = \"height\", is = \"2\" }"),
        ("operator-does-not-fit", high, height, "show_when = { field = \"height\", before = \"today\" }"),
        ("operator-does-not-fit", high, height, "show_when = { field = \"height\", above = { field = \"name\" } }"),
        ("operator-does-not-fit", high, height, "show_when = { field = \"name\", same_division = true }"),
        ("operator-does-not-fit", high, height, "show_when = { field = \"height\", same_as = \"name\" }"),
        ("operator-does-not-fit", high, height, "show_when = { field = \"name\", within = { days = \"height-m\" } }"),
        ("operator-does-not-fit", high, height, "show_when = { field = \"name\", at_least = \"height-m\" }"),
        ("operator-does-not-fit", high, height, "show_when = { field = \"height\", equals = { field = \"name\" } }"),
        ("operator-does-not-fit", high, height, "show_when = { field = \"height\", after = \"today\" }"),
        ("operator-does-not-fit", high, height, "show_when = { field = \"name\", age = { at_least = \"height-m\" } }"),
        ("operator-does-not-fit", high, height, "show_when = { field = \"height\", pattern = \"[0-9]{2}\" }"),
        ("looks-forward", high, height, "show_when = { field = \"height\", equals = { field = \"why-high\" } }"),
    ] {
        expect(code, place, from, to);
    }
}

#[test]
#[invariant::invariant("proved-services")]
fn conditions_of_rows_ages_and_limits_know_what_they_name() {
    let high = ("steps.more.fields.why-high.show_when", "show_when = { field = \"height\", above = \"height-m\" }");
    let rule = ("rules.high.when", "\nwhen = { field = \"height\", above = \"height-m\" }\nsays");
    for (code, (place, from), to) in [
        (
            "operator-does-not-fit",
            rule,
            "\nwhen = { rows = \"child\", every = { field = \"name\", present = true } }\nsays",
        ),
        (
            "operator-does-not-fit",
            rule,
            "\nwhen = { rows = \"day\", none = { field = \"day\", present = true } }\nsays",
        ),
        ("unknown-field", rule, "\nwhen = { rows = \"kin\", none = { field = \"child.name\", present = true } }\nsays"),
        ("unknown-limit", rule, "\nwhen = { field = \"day\", age = { at_least = \"width-m\" } }\nsays"),
        ("unknown-limit", rule, "\nwhen = { field = \"height\", at_most = \"width-m\" }\nsays"),
        (
            "operator-does-not-fit",
            rule,
            "\nwhen = { field = \"day\", months_between = { until = \"soon\", at_least = 2 } }\nsays",
        ),
        ("looks-forward", high, "show_when = { rows = \"child\", none = { field = \"child.name\", present = true } }"),
    ] {
        expect(code, place, from, to);
    }
}
