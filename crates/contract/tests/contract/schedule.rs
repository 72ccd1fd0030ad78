//! How long an application takes: the longest chain of items, not the longest item; and what fees look like before there
//! are answers.

use contract::Service;
use contract::id::DivisionCode;
use contract::load::Definition;

fn service(text: &str) -> Service {
    Definition::parse(text).unwrap().service(&DivisionCode::from("430701")).unwrap()
}

fn small() -> String {
    include_str!("../small/service.toml").to_owned()
}

#[test]
fn items_that_wait_for_each_other_take_their_days_one_after_the_other() {
    let stages = |service: &Service| {
        let stages = service.schedule();
        stages.iter().map(|stage| (stage.item.id.0.clone(), stage.begins_after, stage.ends_by)).collect::<Vec<_>>()
    };
    let chain = service(&small());
    assert_eq!(stages(&chain), [("item".to_owned(), 0, 3), ("next-item".to_owned(), 3, 6)]);
    assert_eq!(chain.longest_days(), 6);
    let beside = service(&small().replace("needs = [\"item\"]\n", ""));
    assert_eq!(stages(&beside), [("item".to_owned(), 0, 3), ("next-item".to_owned(), 0, 3)]);
    assert_eq!(beside.longest_days(), 3);
}

#[test]
fn what_is_looked_at_afterwards_keeps_nobody_waiting() {
    let pair = service(include_str!("../../../server/tests/short-services/pair/service.toml"));
    let stages = pair.schedule();
    assert_eq!(stages.iter().map(|stage| stage.is_afterwards).collect::<Vec<_>>(), [false, false, true]);
    assert_eq!(pair.longest_days(), 8);
}

#[test]
fn published_figures_come_to_the_phone_without_their_source() {
    let text = small()
        + "\n[before]\npapers = 22\ndays = 72\nsource = \"a page\"\n[after]\npapers = 4\ndays = 5\nsource = \"a page\"\n";
    let service = service(&text);
    assert_eq!(service.before.as_ref().unwrap().numbers(), [Some(22), Some(72), None, None]);
    let sent = serde_json::to_string(&service).unwrap();
    assert!(sent.contains("\"before\":{\"papers\":22,\"days\":72}") && !sent.contains("a page"), "{sent}");
}

#[test]
fn fees_of_definitions_from_before_are_read_and_new_ones_have_a_range() {
    let fee = |fee: &str| {
        let head = "\n[[fees]]\ntitle = { zh = \"费\", en = \"Fee\" }\nitem = \"item\"\n";
        let service = service(&(small() + head + fee));
        let sent: Service = serde_json::from_str(&serde_json::to_string(&service).unwrap()).unwrap();
        assert_eq!(sent.fees, service.fees, "it comes to the phone as it is");
        service.fee_range(&service.fees[0])
    };
    assert_eq!(fee("limit = \"height-m\"\n"), Some((200, 200)));
    assert_eq!(fee("amount = { limit = \"height-m\" }\n"), Some((200, 200)));
    assert_eq!(fee("amount = { field = \"height\" }\n"), None);
    let table = "sort = \"contribution\"\namount = { table = { by = \"track\", of = { slow = \"height-m\", fast = \"height-m\" } } }\n";
    assert_eq!(fee(table), Some((200, 200)));
}
