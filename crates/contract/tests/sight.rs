//! What each office sees of a birth is what the consent for it tells the family.
#![cfg(feature = "load")]

use contract::load::Definition;

const NEWBORN: &str = include_str!("../../../services/newborn/service.toml");

#[test]
#[invariant::invariant("seen-is-needed")]
fn sensitive_answers_go_to_the_offices_that_their_consents_name() {
    let service = Definition::parse(NEWBORN).unwrap().service(&"430701".into()).unwrap();
    for (field, offices) in [
        ("bank-card", vec!["maternity-benefit"]),
        ("invoices", vec!["maternity-benefit"]),
        ("gestation-weeks", vec!["birth-certificate", "childcare-guidance"]),
        ("card-photo", vec!["social-card"]),
        ("mother-signature", vec!["birth-certificate", "birth-registration"]),
        ("mother-hukou", vec!["birth-registration"]),
        ("household-photo", vec!["birth-registration"]),
        ("record-check", vec!["birth-certificate", "vaccination-record"]),
    ] {
        let sees = service.items.iter().filter(|item| service.sight(item).sees_path(field));
        assert_eq!(sees.map(|item| &*item.id.0).collect::<Vec<_>>(), offices, "{field}");
    }
}
