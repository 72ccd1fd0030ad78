//! What must hold of any answer, however odd: nothing panics, reading twice changes nothing, what is sent is stable,
//! and one wrong character in a number never goes unseen.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use contract::id::DivisionCode;
use contract::load::Definition;
use contract::proof::probe::Near;
use contract::{Answers, Context, Field, FieldKind, Lang, Service, date};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn kinds() -> Vec<FieldKind> {
    let mut kinds = Vec::new();
    for (_, field) in KITCHEN_SINK.fields() {
        kinds.push(field.kind.clone());
        kinds.extend(field.kind.rows().into_iter().flat_map(|group| &group.fields).map(|inner| inner.kind.clone()));
    }
    kinds
}

static KITCHEN_SINK: LazyLock<Service> = LazyLock::new(|| {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services/kitchen-sink/service.toml");
    let definition = Definition::parse(&fs::read_to_string(file).unwrap()).unwrap();
    definition.service(&DivisionCode::from("430702")).unwrap()
});

fn context() -> Context {
    Context { today: date::parse("2026-11-24").unwrap(), division: DivisionCode::from("430702") }
}

/// JSON of any shape, with the words that answers are made of more often than chance would have them.
fn any_json() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        Just("matched".to_owned()),
        Just("fast".to_owned()),
        Just("second".to_owned()),
        Just("桃花源".to_owned()),
        Just("2026-09-01".to_owned()),
        Just("4.5".to_owned()),
        Just("430702".to_owned()),
        any::<String>(),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.prop_map(Value::from),
    ];
    let key = prop_oneof![
        Just("row".to_owned()),
        Just("status".to_owned()),
        Just("division".to_owned()),
        Just("accepted".to_owned()),
        Just("name".to_owned()),
        Just("goes-to-school".to_owned()),
        Just("id".to_owned()),
        Just("bytes".to_owned()),
        any::<String>(),
    ];
    leaf.prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..4).prop_map(Value::from_iter),
        ]
    })
}

fn any_answers() -> impl Strategy<Value = Answers> {
    let fields: Vec<String> = KITCHEN_SINK.fields().map(|(_, field)| field.id.0.clone()).collect();
    prop::collection::vec((prop::sample::select(fields), any_json()), 0..20)
        .prop_map(|pairs| Answers(Map::from_iter(pairs)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    #[invariant::invariant("total-conditions")]
    fn no_answer_makes_a_kind_panic(value in any_json()) {
        for kind in kinds() {
            let kind = kind.kind();
            let _ = (kind.is_empty(&value), kind.check(&value), kind.show(&value, Lang::Zh), kind.show(&value, Lang::En));
        }
    }

    #[test]
    #[invariant::invariant("total-conditions")]
    fn reading_twice_changes_nothing(typed in "\\PC{0,24}") {
        for kind in kinds() {
            let once = kind.kind().read(&typed);
            prop_assert_eq!(kind.kind().read(&once), once, "{:?}", kind);
        }
    }

    #[test]
    #[invariant::invariant("total-conditions")]
    fn what_is_sent_is_what_would_be_sent_again(answers in any_answers()) {
        let (service, context) = (&*KITCHEN_SINK, context());
        let journey = service.journey(&answers, &context);
        let again = service.journey(&journey.answers, &context);
        prop_assert_eq!(&journey.answers, &again.answers);
        prop_assert_eq!(service.check(&journey), service.check(&again));
        prop_assert_eq!(journey.exit.map(|gate| &gate.id), again.exit.map(|gate| &gate.id));
    }

    #[test]
    #[invariant::invariant("hidden-is-nothing")]
    #[invariant::invariant("total-conditions")]
    fn only_shown_fields_are_sent(answers in any_answers()) {
        let (service, context) = (&*KITCHEN_SINK, context());
        let journey = service.journey(&answers, &context);
        let shown: Vec<String> = journey.shown_fields().map(|(path, _)| path).collect();
        for field in journey.answers.0.keys() {
            prop_assert!(shown.contains(field), "{} is sent and not shown", field);
        }
        let steps: Vec<_> = journey.steps.iter().map(|step| step.step.id.clone()).collect();
        for error in service.check(&journey) {
            prop_assert!(steps.contains(&error.step));
            prop_assert!(!error.message.zh.is_empty() && !error.message.en.is_empty());
        }
        let _ = service.asked_materials(&journey);
    }

    #[test]
    #[invariant::invariant("total-conditions")]
    fn one_wrong_digit_in_a_resident_id_is_seen(at in 0..17_usize, wrong in 0..10_u8) {
        one_wrong(json!({ "kind": "resident-id" }), "43070319900307002X", at, char::from(b'0' + wrong))?;
    }

    #[test]
    #[invariant::invariant("total-conditions")]
    fn one_wrong_character_in_a_credit_code_is_seen(at in 0..18_usize, wrong in 0..31_usize) {
        let wrong = "0123456789ABCDEFGHJKLMNPQRTUWXY".chars().nth(wrong).unwrap_or('0');
        one_wrong(json!({ "kind": "credit-code" }), "92430703MA0000023M", at, wrong)?;
    }

    #[test]
    #[invariant::invariant("total-conditions")]
    fn one_wrong_digit_in_a_bank_card_is_seen(at in 0..19_usize, wrong in 0..10_u8) {
        one_wrong(json!({ "kind": "bank-card" }), "6222021234567890128", at, char::from(b'0' + wrong))?;
    }

    #[test]
    #[invariant::invariant("total-conditions")]
    fn a_number_keeps_its_digits(whole in 0..1_000_000_u32, cents in 0..100_u32) {
        let number = format!("{whole}.{cents:02}");
        let kind: FieldKind = serde_json::from_value(json!({ "kind": "number", "decimals": 2 })).unwrap();
        prop_assert_eq!(kind.kind().read(&number), number.clone());
        prop_assert!(kind.kind().check(&Value::from(number)).is_empty());
    }
}

fn one_wrong(settings: Value, right: &str, at: usize, wrong: char) -> Result<(), TestCaseError> {
    let kind: FieldKind = serde_json::from_value(settings).unwrap();
    let spoilt: String = right.chars().enumerate().map(|(here, c)| if here == at { wrong } else { c }).collect();
    prop_assert_eq!(kind.kind().check(&Value::from(&*spoilt)).is_empty(), spoilt == right, "{}", spoilt);
    Ok(())
}

#[test]
#[invariant::invariant("total-conditions")]
fn every_sample_that_the_checker_uses_is_right() {
    let near = Near::new(context().today);
    for kind in kinds() {
        for sample in kind.kind().probe(&near).samples {
            assert!(!kind.kind().is_empty(&sample) && kind.kind().check(&sample).is_empty(), "{kind:?} of {sample}");
        }
    }
}

/// Of a signature from another phone, this one knows whether the form has the number.
fn forget_who_signs(field: &mut Field) {
    match &mut field.kind {
        FieldKind::Group(group) => group.fields.iter_mut().for_each(forget_who_signs),
        FieldKind::Signature(signature) => {
            (signature.role, signature.unsigned) = (None, None);
            if let Some(remote) = &mut signature.remote {
                (remote.name, remote.id, remote.ends_after_days) = (Default::default(), None, 10);
            }
        }
        _ => {}
    }
}

#[test]
#[invariant::invariant("total-conditions")]
fn a_service_survives_the_way_to_the_phone() {
    let service = &*KITCHEN_SINK;
    let json = serde_json::to_string(service).unwrap();
    // Who sees what, who decides it where, what an item is before the law, how long its certificate holds and what comes
    // next is the server's to know.
    let mut sent = service.clone();
    for item in &mut sent.items {
        item.sees.clear();
        item.law.clear();
        (item.kind, item.complaints, item.special_procedure) = (None, None, None);
        (item.division_of, item.office_of) = (None, None);
        item.issues.iter_mut().for_each(|issue| issue.valid_for = None);
    }
    (sent.next, sent.renews) = (Vec::new(), None);
    for delivery in &mut sent.deliveries {
        (delivery.at_office, delivery.items, delivery.hours) = (false, Vec::new(), None);
    }
    sent.notifications.clear();
    sent.steps.iter_mut().flat_map(|step| &mut step.fields).for_each(forget_who_signs);
    assert_eq!(serde_json::from_str::<Service>(&json).unwrap(), sent);
}
