//! What a definition writes once and uses several times, and what a division may set.

use contract::Service;
use contract::id::DivisionCode;
use contract::load::Definition;
use serde_json::{Value, json};

const SMALL: &str = include_str!("../small/service.toml");
const BLOCK: &str = r#"
[[blocks.person.fields]]
id = "{as}-name"
kind = "person-name"
label = { zh = "{who}的姓名", en = "The {who}'s name" }
show_when = "{when}"

[[blocks.person.rules]]
id = "{as}-named"
field = "{as}-name"
severity = "warn"
basis = "law"
when = "{as}-is-there"
says = { zh = "{who}", en = "{who}" }

[blocks.person.conditions]
"{as}-is-there" = { field = "{as}-name", present = true }
"#;
const MOTHER: &str = r#"
use = "person"
as = "mother"
with = { who = { zh = "妈妈", en = "mother" }, when = { field = "adult", is = true } }
"#;
const FATHER: &str = r#"
use = "person"
as = "father"
with = { who = { zh = "爸爸", en = "father" }, when = "is-fast" }
"#;

/// The small service with this in front of its steps, and these entries in its last step and its rules.
fn with(top: &str, fields: &[&str], rules: &[&str]) -> String {
    let entries = |list: &str, all: &[&str]| all.iter().map(|one| format!("[[{list}]]\n{one}\n")).collect::<String>();
    let text = SMALL.replacen("[conditions]", &format!("{top}\n[conditions]"), 1);
    text.replacen("[[rules]]", &format!("{}{}[[rules]]", entries("steps.fields", fields), entries("rules", rules)), 1)
}

fn read(text: &str) -> Service {
    Definition::parse(text).unwrap().service(&DivisionCode::from("430702")).unwrap()
}

#[test]
fn a_block_is_written_out_under_each_name_that_it_is_used_as() {
    let service = read(&with(BLOCK, &[MOTHER, FATHER], &[MOTHER, FATHER]));
    let mother = service.field("mother-name").unwrap();
    assert_eq!((&*mother.label.zh, &*mother.label.en), ("妈妈的姓名", "The mother's name"));
    assert_eq!(serde_json::to_value(&mother.show_when).unwrap(), json!({ "field": "adult", "is": true }));
    let father = service.field("father-name").unwrap();
    assert_eq!(serde_json::to_value(&father.show_when).unwrap(), json!("is-fast"));
    assert_eq!(father.label.en, "The father's name");
    let rules: Vec<&str> = service.rules.iter().map(|rule| &*rule.id.0).collect();
    assert_eq!(rules, ["mother-named", "father-named", "high"]);
    assert!(service.conditions.contains_key("mother-is-there") && service.conditions.contains_key("father-is-there"));
    // A phone knows nothing of blocks.
    let sent: Value = serde_json::to_value(&service).unwrap();
    assert!(sent.get("blocks").is_none() && !sent.to_string().contains("\"use\""));
}

#[test]
fn a_block_that_is_used_wrongly_names_the_place() {
    for (text, says) in [
        (with("", &[MOTHER], &[]), "steps.use: there is no block `person`"),
        (with(BLOCK, &[&MOTHER.replace("as = \"mother\"", "")], &[]), "say `as` what `person` is used"),
        (with(BLOCK, &[&MOTHER.replace("with", "where")], &[]), "no setting `where` here"),
        (
            with(&BLOCK.replace("blocks.person.rules", "blocks.person.gates"), &[MOTHER], &[MOTHER]),
            "rules.use: the block `person` has no `rules`",
        ),
        (with(BLOCK, &[], &[]), "blocks.person: it is used nowhere"),
        (
            with(&BLOCK.replace("{as}-is-there", "is-fast"), &[MOTHER], &[]),
            "conditions.is-fast: a block has another condition",
        ),
    ] {
        let error = Definition::parse(&text).unwrap_err();
        assert!(error.contains(says), "{error} should say {says}");
    }
    // What nothing stands for is no text of the definition: the proof names it.
    let service = read(&with(BLOCK, &[&MOTHER.replace("who =", "whom =")], &[]));
    assert_eq!(service.field("mother-name").unwrap().label.en, "The {who}'s name");
}

#[test]
fn named_papers_stand_where_they_are_brought() {
    let papers = "[papers]\nbook = { zh = \"户口簿\", en = \"Household register\" }\ncards = [{ zh = \"身份证\", en = \"Card\" }, { zh = \"护照\", en = \"Passport\" }]\n";
    let bring = "bring = [{ zh = \"户口簿\", en = \"Household register\" }]";
    assert_eq!(SMALL.matches(bring).count(), 1);
    let service = read(
        &with(papers, &[], &[]).replace(bring, "bring = [\"@cards\", \"@book\", { zh = \"钱\", en = \"Money\" }]"),
    );
    let brought: Vec<&str> = service.gates[0].exit.bring.iter().map(|paper| &*paper.en).collect();
    assert_eq!(brought, ["Card", "Passport", "Household register", "Money"]);
    for (brought, says) in [
        ("\"@cards\"", "papers.book: it is used nowhere"),
        ("\"@purse\"", "gates.bring: there is no paper `purse`"),
        ("\"book\"", "is no text, and no paper"),
    ] {
        let error =
            Definition::parse(&with(papers, &[], &[]).replace(bring, &format!("bring = [{brought}]"))).unwrap_err();
        assert!(error.contains(says), "{error} should say {says}");
    }
}

#[test]
fn one_window_serves_each_division_under_its_name() {
    let text = SMALL.replace("[windows.430701]", "[windows.default]").replace(
        "name = { zh = \"窗口\", en = \"Window\" }",
        "name = { zh = \"{division}窗口\", en = \"Window of {division}\" }",
    );
    let definition = Definition::parse(&text).unwrap();
    for (division, zh, en) in [
        ("430701", "常德市窗口", "Window of Changde"),
        ("430702", "武陵区窗口", "Window of Wuling District"),
        // A place that the list does not have is served by the city's.
        ("430799", "常德市窗口", "Window of Changde"),
    ] {
        let division = DivisionCode::from(division);
        let service = definition.service(&division).unwrap();
        let window = service.window(&division).unwrap();
        assert_eq!((&*window.name.zh, &*window.name.en), (zh, en));
        assert!(service.windows.len() <= 2, "a phone needs no window of other places");
    }
}

#[test]
fn a_division_sets_promises_and_overwrites_texts_only() {
    let set = |set: &str| Definition::parse(&format!("{SMALL}\n{set}\n"));
    let service = set("[divisions.430726.promises]\nitem = { working_days = 2 }\n\"fast.item\" = { working_days = 4 }");
    let service = service.unwrap().service(&DivisionCode::from("430726")).unwrap();
    assert_eq!(service.items[0].promise.working_days, 2);
    assert_eq!(service.tracks[1].promises.values().next().unwrap().working_days, 4);
    for (wrong, says) in [
        ("[divisions.430726.texts]\n\"items.item.promise.working_days\" = 1", "is no text"),
        ("[divisions.430726.texts]\n\"items.item.promise\" = { zh = \"一\", en = \"One\" }", "is no text"),
        ("[divisions.430726.texts]\n\"rules.high.says\" = \"高\"", "is no text"),
        ("[divisions.430726.texts]\n\"rules.high.when\" = { zh = \"一\", en = \"One\" }", "is no text"),
        ("[divisions.430726.promises]\nother = { working_days = 1 }", "there is no `items.other.promise`"),
        (
            "[divisions.430726.promises]\n\"slow.item\" = { working_days = 1 }",
            "there is no `tracks.slow.promises.item`",
        ),
    ] {
        let error = set(wrong).unwrap_err();
        assert!(error.contains("430726") && error.contains(says), "{error} should say {says}");
    }
}
