//! Code lists that are not whole.

use contract::load::Definition;

use crate::{MAXIMAL, MINIMAL, SERVICE, broken, expect_of, prove};

#[test]
#[invariant::invariant("proved-services")]
fn code_lists_are_whole() {
    let list = "[lists.colour]\nbasis = \"assumption\"\nsource = \"Made up\"\ncsv = \"\"\"\ncode,zh,en,keys\nred,红,Red,\nblue,蓝,Blue,\n\"\"\"\n\n";
    let options = "options = [\n    { id = \"slow\", label = { zh = \"慢\", en = \"Slow\" } },\n    { id = \"fast\", label = { zh = \"快\", en = \"Fast\" } },\n]";
    let colour = "[[steps.fields]]\nid = \"colour\"\nkind = \"choice\"\nlabel = { zh = \"颜色\", en = \"Colour\" }\noptions_from = \"colour\"\n\n[[steps]]\nid = \"end\"";
    let service = broken(SERVICE, "[conditions]", &format!("{list}[conditions]"));
    let service = broken(&service, "[[steps]]\nid = \"end\"", colour);
    let answered = |example: &str, from: &str| broken(example, from, &format!("{from}, \"colour\": \"red\""));
    let (minimal, maximal) = (answered(MINIMAL, "\"adult\": true"), answered(MAXIMAL, "\"adult\": true"));
    assert_eq!(prove(&service, &minimal, &maximal, ""), []);
    for (code, place, from, to) in [
        ("id-twice", "lists.colour.red", "blue,蓝,Blue,", "red,蓝,Blue,"),
        ("id-twice", "lists.colour.blue", "blue,蓝,Blue,", "blue,红,Blue,"),
        ("id-not-kebab", "lists.colour.dark blue", "blue,蓝,Blue,", "dark blue,蓝,Blue,"),
        ("text-missing", "lists.colour.blue", "blue,蓝,Blue,", "blue,蓝,,"),
        ("text-not-english", "lists.colour.blue", "blue,蓝,Blue,", "blue,蓝,蓝,"),
        ("source-missing", "lists.colour", "source = \"Made up\"\ncsv", "source = \" \"\ncsv"),
        ("never-asked", "lists.colour", "options_from = \"colour\"", "options_from = \"ethnicity\""),
        (
            "unknown-option",
            "steps.end.show_when",
            "id = \"end\"",
            "id = \"end\"\nshow_when = { field = \"colour\", is = \"green\" }",
        ),
    ] {
        expect_of((&service, &minimal, &maximal), code, place, from, to);
    }
    for (from, to, says) in [
        ("options_from = \"colour\"", "options_from = \"colours\"", "there is no list `colours`"),
        ("code,zh,en,keys", "code,zh,en", "its first line must be"),
        ("blue,蓝,Blue,", "blue,蓝", "has not four cells"),
        (
            "kind = \"choice\"\nlabel = { zh = \"怎么办\"",
            "kind = \"choice\"\nothers = true\nlabel = { zh = \"怎么办\"",
            "`others` goes with `options_from`",
        ),
        (options, "", "wants one of `options` and `options_from`"),
    ] {
        let error = Definition::parse(&broken(&service, from, to)).unwrap_err();
        assert!(error.contains(says), "{error}");
    }
}

#[test]
#[invariant::invariant("proved-services")]
fn shared_lists_are_whole() {
    for list in contract::lists::List::all_shared() {
        let service = broken(
            SERVICE,
            "options = [\n    { id = \"slow\", label = { zh = \"慢\", en = \"Slow\" } },\n    { id = \"fast\", label = { zh = \"快\", en = \"Fast\" } },\n]",
            &format!("options_from = \"{list}\""),
        );
        let faults = prove(&service, MINIMAL, MAXIMAL, "");
        let of_list: Vec<_> = faults.iter().filter(|fault| fault.place.starts_with("lists.")).collect();
        assert!(of_list.is_empty(), "{list}: {of_list:#?}");
    }
}
