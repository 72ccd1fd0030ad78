//! The checker must be able to fail: each test breaks one thing of a small service that is right, and expects to be
//! told.
#![cfg(feature = "load")]
#![expect(clippy::unwrap_used, reason = "a test whose data cannot be read has failed")]

mod assumptions;
mod chinese;
mod conditions;
mod items;
mod lists;
mod next;
mod renewals;

use contract::load::Definition;
use contract::proof::{self, Examples, Fault};

const SERVICE: &str = include_str!("../small/service.toml");
const MINIMAL: &str = include_str!("../small/minimal.json");
const MAXIMAL: &str = include_str!("../small/maximal.json");

fn prove(service: &str, minimal: &str, maximal: &str, released: &str) -> Vec<Fault> {
    let definition = Definition::parse(service).unwrap();
    let examples = Examples::read(minimal, maximal, None).unwrap();
    proof::prove(&definition, &examples, released)
}

/// Replaces what stands there exactly once.
fn broken(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "`{from}` must stand there once");
    text.replace(from, to)
}

/// Breaks the definition and expects one sort of fault, at one place.
fn expect(code: &str, place: &str, from: &str, to: &str) {
    expect_of((SERVICE, MINIMAL, MAXIMAL), code, place, from, to);
}

/// The same of another definition with its two examples.
fn expect_of((service, minimal, maximal): (&str, &str, &str), code: &str, place: &str, from: &str, to: &str) {
    let faults = prove(&broken(service, from, to), minimal, maximal, "");
    let found = faults.iter().any(|fault| fault.code == code && fault.place == place);
    assert!(found, "`{from}` -> `{to}` should be {code} at {place}, found: {faults:#?}");
}

#[test]
#[invariant::invariant("proved-services")]
fn the_small_service_is_right() {
    assert_eq!(prove(SERVICE, MINIMAL, MAXIMAL, ""), vec![]);
}

#[test]
#[invariant::invariant("proved-services")]
fn ids_are_kebab_case_and_unique() {
    for (code, place, from, to) in [
        ("id-not-kebab", "field why_high", "id = \"why-high\"", "id = \"why_high\""),
        ("id-not-kebab", "gate TooYoung", "id = \"too-young\"", "id = \"TooYoung\""),
        ("id-not-kebab", "field 2day", "id = \"day\"", "id = \"2day\""),
        ("id-twice", "field height", "id = \"why-high\"", "id = \"height\""),
        ("id-twice", "step start", "id = \"more\"", "id = \"start\""),
        ("id-twice", "option track=slow", "{ id = \"fast\", label", "{ id = \"slow\", label"),
        ("id-twice", "material form", "id = \"licence\"\ntitle", "id = \"form\"\ntitle"),
    ] {
        expect(code, place, from, to);
    }
}

#[test]
#[invariant::invariant("proved-services")]
fn released_ids_and_kinds_stay() {
    let definition = Definition::parse(SERVICE).unwrap();
    let service = definition.service(&"430701".into()).unwrap();
    let released = proof::released_ids(&service);
    assert_eq!(prove(SERVICE, MINIMAL, MAXIMAL, &released), vec![]);
    // A text may become a choice of a code list that takes others too: what was typed stays right.
    let listed = broken(
        SERVICE,
        "id = \"fast-word\"\nkind = \"text\"",
        "id = \"fast-word\"\nkind = \"choice\"\noptions_from = \"ethnicity\"\nothers = true",
    );
    let gone = |service: &str| {
        let faults = prove(service, MINIMAL, MAXIMAL, &released);
        faults.into_iter().filter(|fault| fault.code == "id-gone").map(|fault| fault.place).collect::<Vec<_>>()
    };
    assert_eq!(gone(&listed), Vec::<String>::new());
    assert_eq!(gone(&broken(&listed, "\nothers = true", "")), ["field fast-word text"]);
    for (gone, from, to) in [
        ("field fast-word text", "id = \"fast-word\"", "id = \"quick-word\""),
        ("field fast-word text", "id = \"fast-word\"\nkind = \"text\"", "id = \"fast-word\"\nkind = \"long-text\""),
        ("step more", "id = \"more\"", "id = \"other\""),
    ] {
        let faults = prove(&broken(SERVICE, from, to), MINIMAL, MAXIMAL, &released);
        assert!(faults.iter().any(|fault| fault.code == "id-gone" && fault.place == gone), "{gone}: {faults:#?}");
    }
}

#[test]
#[invariant::invariant("proved-services")]
fn every_name_is_defined() {
    for (code, place, from, to) in [
        ("unknown-agency", "items.item", "id = \"item\"\nagency = \"office\"", "id = \"item\"\nagency = \"nobody\""),
        ("unknown-item", "items.next-item.needs", "needs = [\"item\"]", "needs = [\"next-item\"]"),
        ("unknown-item", "tracks.fast.promises", "promises = { item =", "promises = { other ="),
        ("unknown-item", "materials.licence", "[\"item\", \"next-item\"]", "[\"item\", \"other\"]"),
        ("unknown-step", "gates.too-young", "step = \"start\"", "step = \"begin\""),
        ("unknown-section", "steps.more", "id = \"more\"\nsection = \"only\"", "id = \"more\"\nsection = \"other\""),
        ("unknown-field", "rules.high", "field = \"height\"\nseverity", "field = \"hight\"\nseverity"),
        ("unknown-field", "rules.high.when", "\nwhen = { field = \"height\"", "\nwhen = { field = \"hight\""),
        ("unknown-field", "steps.start.fields.check", "by = \"code\"", "by = \"number\""),
        ("unknown-field", "steps.start.fields.check", "fills = { name =", "fills = { title ="),
        ("unknown-material", "steps.start.fields.licence", "\nmaterial = \"licence\"", "\nmaterial = \"photo\""),
        ("unknown-consent", "steps.end.fields.agreed", "consent = \"agreement\"", "consent = \"promise\""),
        ("unknown-condition", "conditions.is-very-fast", "all = [\"is-fast\"]", "all = [\"is-slow\"]"),
        ("unknown-limit", "rules.high.when", "above = \"height-m\" }\nsays", "above = \"width-m\" }\nsays"),
        ("unknown-limit", "rules.high.says.en", "Higher than {height-m}", "Higher than {width-m}"),
        (
            "unknown-option",
            "tracks.slow.when",
            "field = \"track\", is = \"slow\"",
            "field = \"track\", is = \"slower\"",
        ),
        ("condition-circle", "conditions.is-very-fast", "all = [\"is-fast\"]", "all = [\"is-very-fast\"]"),
    ] {
        expect(code, place, from, to);
    }
}

#[test]
#[invariant::invariant("proved-services")]
fn every_document_can_be_given() {
    let upload = "id = \"licence\"\nkind = \"attachments\"\nlabel = { zh = \"执照照片\", en = \"Picture of the licence\" }\nshow_when = { field = \"check\", is_not = \"matched\" }\nmaterial = \"licence\"";
    let other = "id = \"licence\"\nkind = \"text\"\nlabel = { zh = \"执照号\", en = \"Number of the licence\" }";
    for (code, from, to) in [
        ("verified-without-lookup", "field = \"check\"\nitems", "field = \"name\"\nitems"),
        ("certificate-without-picker", "mode = \"verified\"", "mode = \"certificate\""),
        ("upload-without-field", &format!("{upload}\n") as &str, other),
        ("no-fallback", upload, other),
        ("material-without-source", "source = \"business-register\"\nfield", "field"),
        ("material-without-item", "items = [\"item\", \"next-item\"]", "items = []"),
        ("generated-with-upload", "mode = \"verified\"", "mode = \"generated\""),
        ("not-given", "is_not = \"matched\"", "is = \"doubted\""),
    ] {
        let text = if code == "upload-without-field" {
            broken(SERVICE, "mode = \"verified\"", "mode = \"upload\"")
        } else {
            SERVICE.to_owned()
        };
        let faults = prove(&broken(&text, from.trim_end(), to), MINIMAL, MAXIMAL, "");
        let found = faults.iter().any(|fault| fault.code == code && fault.place == "materials.licence");
        assert!(found, "{code}: {faults:#?}");
    }
    expect("generated-without-consent", "materials.form", "field = \"agreed\"\nitems", "field = \"name\"\nitems");
}

#[test]
#[invariant::invariant("proved-services")]
fn texts_are_complete_in_both_languages() {
    for (code, place, from, to) in [
        ("text-missing", "steps.start.title.en", "zh = \"开始\", en = \"Start\"", "zh = \"开始\", en = \"\""),
        ("text-missing", "steps.start.title.zh", "zh = \"开始\", en = \"Start\"", "zh = \" \", en = \"Start\""),
        ("text-not-english", "gates.too-young.exit.bring.0.en", "Household register", "Household 户口簿"),
        (
            "text-missing",
            "steps.more.fields.child.fields.name.label.en",
            "zh = \"姓名\", en = \"Name\"",
            "zh = \"姓名\", en = \"\"",
        ),
    ] {
        expect(code, place, from, to);
    }
}

#[test]
#[invariant::invariant("proved-services")]
fn numbers_say_what_they_rest_on() {
    for (code, place, from, to) in [
        (
            "source-missing",
            "limits.height-m",
            "height-m = { value = 2, basis = \"published\", source = \"Made up\"",
            "height-m = { value = 2, basis = \"published\"",
        ),
        ("unmarked-number", "steps.more.fields.why-high.show_when", "above = \"height-m\" }\n\n", "above = 2 }\n\n"),
        ("unmarked-number", "steps.more.fields.why-high.show_when", "above = \"height-m\" }\n\n", "at_least = 2 }\n\n"),
        (
            "unmarked-number",
            "conditions.is-fast",
            "is-fast = { field = \"track\", is = \"fast\" }",
            "is-fast = { field = \"day\", age = { at_least = 2 } }",
        ),
        (
            "unmarked-number",
            "conditions.is-fast",
            "is-fast = { field = \"track\", is = \"fast\" }",
            "is-fast = { field = \"day\", months_between = { until = \"today\", at_least = 2 } }",
        ),
        ("notes-missing", "notes", "notes = [{ zh = \"数字是假定的。\", en = \"The numbers are assumptions.\" }]", ""),
        ("no-window", "windows", "[windows.430701]", "[windows.430702]"),
    ] {
        expect(code, place, from, to);
    }
}

#[test]
#[invariant::invariant("proved-services")]
fn everything_is_reached_by_some_answers() {
    for (place, from, to) in [
        ("steps.more.fields.why-high", "min = 1\nmax = 5", "min = 0\nmax = 2"),
        ("rules.high", "min = 1\nmax = 5", "min = 0\nmax = 2"),
        (
            "gates.too-young",
            "stops_when = { field = \"adult\", is = false }",
            "stops_when = { all = [{ field = \"adult\", is = false }, { field = \"adult\", is = true }] }",
        ),
        (
            "steps.more",
            "id = \"more\"\nsection = \"only\"",
            "id = \"more\"\nshow_when = { field = \"adult\", is = false }\nsection = \"only\"",
        ),
        ("steps.more.fields.child.fields.name", "rows = { min = 0, max = 2 }", "rows = { min = 0, max = 0 }"),
        (
            "tracks.fast",
            "when = { field = \"track\", is = \"fast\" }\npromises",
            "when = { all = [{ field = \"track\", is = \"fast\" }, { field = \"adult\", is = false }] }\npromises",
        ),
    ] {
        expect("never-reached", place, from, to);
    }
}

#[test]
#[invariant::invariant("proved-services")]
fn nobody_gets_stuck() {
    for (code, place, from, to) in [
        // A limit that a division sets so low that no height passes.
        (
            "stuck",
            "steps.more",
            "severity = \"warn\"\nbasis = \"assumption\"\nwhen = { field = \"height\", above = \"height-m\" }",
            "severity = \"block\"\nbasis = \"assumption\"\nwhen = { field = \"height\", present = true }",
        ),
        (
            "stuck",
            "steps.start",
            "kind = \"choice\"\nlabel = { zh = \"怎么办\", en = \"Which way\" }\noptions = [",
            "kind = \"multi-choice\"\nmin = 3\nlabel = { zh = \"怎么办\", en = \"Which way\" }\noptions = [",
        ),
        ("not-exactly-one", "deliveries", "when = { field = \"adult\", is = true }", "when = \"is-fast\""),
        (
            "not-exactly-one",
            "tracks",
            "when = { field = \"track\", is = \"slow\" }",
            "when = { field = \"adult\", is = true }",
        ),
    ] {
        let relaxed = if code == "stuck" && place == "steps.start" {
            SERVICE.replace("field = \"track\", is = ", "field = \"track\", contains = ")
        } else {
            SERVICE.to_owned()
        };
        let faults = prove(&broken(&relaxed, from, to), MINIMAL, MAXIMAL, "");
        assert!(faults.iter().any(|fault| fault.code == code && fault.place == place), "{code} {place}: {faults:#?}");
    }
}

#[test]
#[invariant::invariant("proved-services")]
fn a_limit_that_stops_one_division_names_it() {
    let text = broken(SERVICE, "severity = \"warn\"", "severity = \"block\"");
    let text = broken(&text, "height-m = { value = 3,", "height-m = { value = 0.5,");
    let faults = prove(&text, MINIMAL, MAXIMAL, "");
    let stuck = faults.iter().find(|fault| fault.code == "stuck").unwrap();
    assert!(stuck.says.starts_with("in 430725: "), "{faults:#?}");
}

#[test]
#[invariant::invariant("proved-services")]
fn a_screen_asks_at_most_six_things() {
    let question = |id: &str| {
        format!("[[steps.fields]]\nid = \"{id}\"\nkind = \"text\"\nlabel = {{ zh = \"再来\", en = \"One more\" }}\n\n")
    };
    let end = "[[steps]]\nid = \"end\"";
    expect("too-many-inputs", "steps.more", end, &format!("{}{}{end}", question("one-more"), question("and-one-more")));
}

#[test]
#[invariant::invariant("proved-services")]
fn examples_say_what_they_are_there_to_say() {
    for (code, place, from, to) in [
        ("example-ends-at-gate", "examples.minimal", "\"adult\": true", "\"adult\": false"),
        ("example-wrong", "examples.minimal.height", "\"1.5\"", "\"1.55\""),
        ("example-wrong", "examples.minimal.name", "\"name\": \"刘记\",", ""),
        ("example-hidden-answer", "examples.minimal.why-high", "\"1.5\"", "\"1.5\", \"why-high\": \"高\""),
        (
            "example-spare-answer",
            "examples.minimal.child",
            "\"1.5\"",
            "\"1.5\", \"child\": [{ \"row\": \"row-1\", \"name\": \"刘小米\" }]",
        ),
    ] {
        let faults = prove(SERVICE, &broken(MINIMAL, from, to), MAXIMAL, "");
        let found = faults.iter().any(|fault| fault.code == code && fault.place == place);
        assert!(found, "{code}: {faults:#?}");
    }
    let low = broken(MAXIMAL, "\"height\": \"4.5\",\n    \"why-high\": \"楼高\",", "\"height\": \"1.5\",");
    let faults = prove(SERVICE, MINIMAL, &low, "");
    let codes: Vec<_> = faults.iter().map(|fault| (fault.code, &*fault.place)).collect();
    assert_eq!(codes, [("maximal-misses-field", "examples.maximal.why-high")]);
}

#[test]
#[invariant::invariant("proved-services")]
fn nothing_stands_empty() {
    let title = "title = { zh = \"空的\", en = \"Empty\" }";
    let section = format!("[[sections]]\nid = \"spare\"\n{title}\n\n[[sections]]\nid = \"only\"");
    expect("empty-section", "sections.spare", "[[sections]]\nid = \"only\"", &section);
    let step =
        format!("[[steps]]\nid = \"void\"\nsection = \"only\"\n{title}\nfields = []\n\n[[steps]]\nid = \"more\"");
    expect("empty-step", "steps.void", "[[steps]]\nid = \"more\"", &step);
}

#[test]
#[invariant::invariant("proved-services")]
fn answers_that_apply_for_nothing_are_found() {
    let only_fast = |text: &str, deliverable: &str| {
        broken(text, deliverable, &format!("{deliverable}\nshow_when = {{ field = \"track\", is = \"fast\" }}"))
    };
    let service = only_fast(SERVICE, "deliverable = { zh = \"一张证\", en = \"A certificate\" }");
    let service = only_fast(&service, "deliverable = { zh = \"又一张证\", en = \"Another certificate\" }");
    let faults = prove(&service, MINIMAL, MAXIMAL, "");
    assert!(faults.iter().any(|fault| fault.code == "no-item"), "{faults:#?}");
}

#[test]
#[invariant::invariant("proved-services")]
#[invariant::invariant("seen-is-needed")]
fn every_item_of_several_says_what_its_office_sees() {
    expect("item-sees-nothing", "items.next-item.sees", "sees = [\"start\", \"day\"]\n", "");
    expect("unknown-field", "items.next-item.sees", "sees = [\"start\", \"day\"]", "sees = [\"start\", \"days\"]");
}

#[test]
#[invariant::invariant("proved-services")]
fn fees_can_be_reckoned_and_paid_and_figures_stand_opposite_each_other() {
    const FEE: &str = "[[fees]]\ntitle = { zh = \"费\", en = \"Fee\" }\nitem = \"item\"\n";
    let two = format!("{FEE}limit = \"height-m\"\n{}limit = \"height-m\"\n", FEE.replace("\"item\"", "\"next-item\""));
    for (code, place, more) in [
        ("unknown-limit", "fees.0", format!("{FEE}limit = \"nothing\"\n")),
        ("unknown-field", "fees.0", format!("{FEE}amount = {{ field = \"name\" }}\n")),
        ("unknown-field", "fees.0", format!("{FEE}amount = {{ table = {{ by = \"name\", of = {{}} }} }}\n")),
        (
            "no-amount",
            "fees.0",
            format!("{FEE}amount = {{ table = {{ by = \"track\", of = {{ slow = \"height-m\" }} }} }}\n"),
        ),
        ("fee-never-paid", "fees.1", two),
        ("figure-alone", "before", "[before]\npapers = 2\nsource = \"x\"\n".to_owned()),
        (
            "figure-alone",
            "before.days",
            "[before]\npapers = 2\ndays = 3\nsource = \"x\"\n[after]\npapers = 1\nsource = \"x\"\n".to_owned(),
        ),
        ("no-source", "after", "[before]\npapers = 2\nsource = \"x\"\n[after]\npapers = 1\n".to_owned()),
        (
            "visits-differ",
            "before.visits",
            "[before]\nvisits = 9\nsource = \"x\"\n[after]\nvisits = 0\nsource = \"x\"\n".to_owned(),
        ),
    ] {
        let faults = prove(&format!("{SERVICE}\n{more}"), MINIMAL, MAXIMAL, "");
        let found = faults.iter().any(|fault| fault.code == code && fault.place == place);
        assert!(found, "{more}\nshould be {code} at {place}, found: {faults:#?}");
    }
}
