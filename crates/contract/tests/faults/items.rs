//! What an item is before the law, and how its result comes.

use contract::load::Definition;
use contract::service::{Item, ItemKind};

use crate::{SERVICE, broken, expect};

#[test]
#[invariant::invariant("proved-services")]
fn an_item_says_what_it_is_before_the_law() {
    let law = "law = [{ zh = \"《小事条例》第一条\", en = \"Small Things Ordinance, article 1\" }]\n";
    let procedure = |days: u32| {
        format!(
            "{law}special_procedure = {{ working_days = {days}, kinds = [{{ zh = \"听证\", en = \"Hearing\" }}] }}\n"
        )
    };
    for (code, place, from, to) in [
        ("item-without-kind", "items.item.kind", "kind = \"licence\"\n", ""),
        ("item-without-kind", "items.item.kind", "kind = \"licence\"\n", "licence = true\n"),
        ("item-without-law", "items.item.law", law, ""),
        ("text-missing", "items.item.law.0.en", "Small Things Ordinance, article 1", ""),
        ("promise-over-statutory", "items.item.promise", "statutory = 20", "statutory = 2"),
        ("procedure-without-limit", "items.item.special_procedure", law, &*procedure(0)),
        ("unknown-limit", "items.item.issues.valid_for", "years = \"item-years\"", "years = \"other\""),
        (
            "validity-without-term",
            "items.item.issues.valid_for",
            "years = \"item-years\"",
            "years = \"item-years\", months = \"item-years\"",
        ),
        (
            "validity-without-term",
            "items.item.issues.valid_for",
            "item-years = { value = 2",
            "item-years = { value = 1.5",
        ),
        ("complaints-without-phone", "items.item.complaints", law, &*format!("{law}complaints = {{ phone = \"\" }}\n")),
    ] {
        expect(code, place, from, to);
    }
}

/// Cases go on under the definition that they were sent with, which may be older than the kinds.
#[test]
fn a_definition_from_before_there_were_kinds_is_read_and_its_licence_is_one() {
    let old = broken(SERVICE, "kind = \"licence\"\n", "licence = true\n").replace("kind = \"service\"\n", "");
    let service = Definition::parse(&old).unwrap().service(&"430701".into()).unwrap();
    let kinds: Vec<ItemKind> = service.items.iter().map(Item::kind).collect();
    assert_eq!(kinds, [ItemKind::Licence, ItemKind::Service]);
}

#[test]
#[invariant::invariant("proved-services")]
fn a_result_comes_in_one_way_and_its_hours_are_written_once() {
    let when = "when = { field = \"adult\", is = true }\n\n[windows";
    let with = |more: &str| format!("{more}{when}");
    let hours = "hours = { zh = \"工作日 9:00\", en = \"9:00\" }\n";
    for (code, place, to) in [
        ("unknown-item", "deliveries.electronic.items", with("items = [\"other\"]\n")),
        ("not-exactly-one", "deliveries", with("items = [\"item\"]\n")),
        ("hours-twice", "deliveries.electronic.hours", with(&format!("at_window = true\n{hours}"))),
        (
            "hours-twice",
            "deliveries.electronic.says",
            with("says = { zh = \"工作日 9:00 来\", en = \"Come at nine\" }\n"),
        ),
        ("text-missing", "deliveries.electronic.hours.en", with("hours = { zh = \"工作日\", en = \"\" }\n")),
    ] {
        expect(code, place, when, &to);
    }
}

#[test]
#[invariant::invariant("proved-services")]
fn who_is_told_is_told_on_a_phone_that_is_asked_for() {
    let gates = "[[gates]]";
    let told = |to: &str, when: &str, en: &str| {
        format!(
            "[[notifications]]\nid = \"told\"\nto = \"{to}\"\nwhen = {{ field = \"adult\", is = {when} }}\n\
             says = {{ zh = \"办件 {{reference}}\", en = \"{en}\" }}\n\n[[gates]]"
        )
    };
    for (code, place, to) in [
        ("unknown-field", "notifications.told.to", told("nobody", "true", "Case {reference}")),
        ("unknown-field", "notifications.told.to", told("adult", "true", "Case {reference}")),
        ("text-missing", "notifications.told.says.en", told("adult", "true", "{reference}")),
        ("unknown-limit", "notifications.told.says.en", told("adult", "true", "Case {case}")),
        ("operator-does-not-fit", "notifications.told.when", told("adult", "\"perhaps\"", "Case {reference}")),
    ] {
        expect(code, place, gates, &to);
    }
}
