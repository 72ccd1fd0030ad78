//! Two screens on one draft: nothing that only one of them changed is lost, and nothing that both changed is decided
//! silently.

use contract::merge::{Clash, merge};
use proptest::prelude::*;
use serde_json::{Value, json};

fn merged(base: Value, theirs: Value, ours: Value) -> (Value, Vec<Clash>) {
    let mut clashes = Vec::new();
    (merge("sign", &base, &theirs, &ours, &mut clashes), clashes)
}

#[test]
#[invariant::invariant("asked-when-both-changed")]
fn what_one_of_them_changed_is_taken() {
    assert_eq!(merged(json!("a"), json!("b"), json!("a")), (json!("b"), vec![]));
    assert_eq!(merged(json!("a"), json!("a"), json!("b")), (json!("b"), vec![]));
    assert_eq!(merged(json!("a"), json!("b"), json!("b")), (json!("b"), vec![]));
}

#[test]
#[invariant::invariant("asked-when-both-changed")]
fn what_both_changed_is_named_and_ours_stands_meanwhile() {
    let clash = Clash { field: "sign".to_owned(), row: None, ours: json!("c"), theirs: json!("b") };
    assert_eq!(merged(json!("a"), json!("b"), json!("c")), (json!("c"), vec![clash]));
}

#[test]
#[invariant::invariant("asked-when-both-changed")]
fn rows_are_merged_field_by_field() {
    let base = json!([{ "row": "r1", "height": "1", "width": "2" }]);
    let theirs = json!([{ "row": "r1", "height": "9", "width": "2" }, { "row": "r2", "height": "5" }]);
    let ours = json!([{ "row": "r1", "height": "1", "width": "8" }]);
    let both = json!([{ "row": "r1", "height": "9", "width": "8" }, { "row": "r2", "height": "5" }]);
    assert_eq!(merged(base.clone(), theirs, ours), (both, vec![]));
    let (kept, clashes) = merged(
        base,
        json!([{ "row": "r1", "height": "3", "width": "2" }]),
        json!([{ "row": "r1", "height": "4", "width": "2" }]),
    );
    assert_eq!(kept[0]["height"], "4");
    let [clash] = &*clashes else { panic!("{clashes:?}") };
    assert_eq!((&*clash.field, clash.row.as_deref(), &clash.theirs), ("sign.height", Some("r1"), &json!("3")));
}

#[test]
#[invariant::invariant("asked-when-both-changed")]
fn photographs_of_both_phones_are_kept_and_a_deleted_one_stays_deleted() {
    let file = |id: &str| json!({ "id": id, "name": "a.jpg", "bytes": 1 });
    let base = json!([file("1"), file("2")]);
    let theirs = json!([file("1"), file("2"), file("3")]);
    let ours = json!([file("2"), file("4")]);
    let (both, clashes) = merged(base, theirs, ours);
    let mut ids: Vec<_> = both.as_array().unwrap().iter().map(|file| file["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!((ids, clashes), (vec!["2", "3", "4"], vec![]));
}

#[test]
#[invariant::invariant("asked-when-both-changed")]
fn a_row_that_one_changed_and_the_other_took_away_stays() {
    let base = json!([{ "row": "r1", "height": "1" }]);
    let changed = json!([{ "row": "r1", "height": "2" }]);
    assert_eq!(merged(base.clone(), changed.clone(), json!([])).0, changed);
    assert_eq!(merged(base, json!([]), changed.clone()).0, changed);
}

fn answer() -> impl Strategy<Value = Value> {
    let text = prop_oneof![Just(Value::Null), "[a-c]".prop_map(Value::from)];
    let row = (0_u8..4, "[a-c]", "[a-c]").prop_map(|(name, height, width)| {
        (name, json!({ "row": format!("r{name}"), "height": height, "width": width }))
    });
    let rows = prop::collection::vec(row, 0..4).prop_map(|rows| {
        let mut seen = Vec::new();
        Value::Array(
            rows.into_iter()
                .filter(|(name, _)| {
                    !seen.contains(name) && {
                        seen.push(*name);
                        true
                    }
                })
                .map(|(_, row)| row)
                .collect(),
        )
    });
    prop_oneof![text, rows]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Whoever changed nothing loses nothing, and a change of ours is never lost silently.
    #[test]
    #[invariant::invariant("asked-when-both-changed")]
    fn no_change_is_lost_silently(base in answer(), theirs in answer(), ours in answer()) {
        prop_assert_eq!(merged(base.clone(), theirs.clone(), base.clone()), (theirs.clone(), vec![]));
        prop_assert_eq!(merged(base.clone(), base.clone(), ours.clone()), (ours.clone(), vec![]));
        let (both, clashes) = merged(base.clone(), theirs.clone(), ours.clone());
        if both != ours && both != theirs {
            prop_assert!(both.is_array());
        }
        if both == ours && ours != theirs && theirs != base {
            // Their change is not in the result: it was named, or it only took away or reordered what we changed.
            let only_rows = theirs.is_array() && ours.is_array();
            prop_assert!(only_rows || !clashes.is_empty());
        }
        for clash in &clashes {
            prop_assert_ne!(&clash.ours, &clash.theirs);
        }
    }

    /// Every value of every row that only one side changed is in the result.
    #[test]
    #[invariant::invariant("asked-when-both-changed")]
    fn values_that_one_side_changed_arrive(base in answer(), theirs in answer(), ours in answer()) {
        let (both, clashes) = merged(base.clone(), theirs.clone(), ours.clone());
        let cell = |value: &Value, row: &str, key: &str| value.as_array().and_then(|rows| rows.iter().find(|each| each["row"] == row)).map(|row| row[key].clone());
        for row in ["r0", "r1", "r2", "r3"] {
            for key in ["height", "width"] {
                let [b, t, o, m] = [&base, &theirs, &ours, &both].map(|value| cell(value, row, key));
                let (Some(t), Some(o), Some(m)) = (t, o, m) else { continue };
                let clashed = clashes.iter().any(|clash| clash.row.as_deref() == Some(row) && clash.field == format!("sign.{key}"));
                if o == t || b.as_ref() == Some(&t) || clashed { prop_assert_eq!(m, o); } else if b.as_ref() == Some(&o) { prop_assert_eq!(m, t); } else { prop_assert!(clashed); }
            }
        }
    }
}
