//! Faults in Chinese.

use std::fs;
use std::path::Path;

use contract::proof::chinese;

use crate::{MAXIMAL, MINIMAL, SERVICE, broken, prove};

#[test]
fn a_fault_is_told_in_chinese_with_its_place_and_names() {
    for (from, to, says) in [
        (
            "by = \"code\"",
            "by = \"number\"",
            "steps.start.fields.check：没有这一题，或者它在后面才问：number（unknown-field）",
        ),
        ("kind = \"number\"", "kind = \"text\"", "不适合这样的题或数值：above、height（operator-does-not-fit）"),
        ("en = \"Household register\"", "en = \"Household 户口簿\"", "英文里有汉字：“户”（text-not-english）"),
    ] {
        let text = broken(SERVICE, from, to);
        let text = if to.contains("text") { text.replace("min = 1\nmax = 5\ndecimals = 1\n", "") } else { text };
        let told: Vec<String> = prove(&text, MINIMAL, MAXIMAL, "").iter().map(|fault| fault.in_chinese()).collect();
        assert!(told.iter().any(|line| line.contains(says)), "{told:#?}");
    }
    let of_division = broken(
        SERVICE,
        "height-m = { value = 3, basis = \"published\"",
        "height-m = { value = 3, basis = \"assumption\"",
    );
    let told = prove(&of_division, MINIMAL, MAXIMAL, "")[0].in_chinese();
    assert!(told.contains("430725 的规定里，假定的数字只能提醒") && told.contains("height-m"), "{told}");
}

#[test]
fn what_reading_says_is_told_in_chinese() {
    for (english, says) in [
        ("steps.a.kind: there is no kind `maybe`", "steps.a.kind: 没有这种题型：`maybe`"),
        ("materials.form: `mode` is missing", "materials.form: `mode` 没有写"),
        ("rules.high.severity: must be one of block, warn", "rules.high.severity: 只能是其中之一：block, warn"),
    ] {
        assert_eq!(chinese::read(english), says);
    }
}

/// Every code that the proofs use: words with hyphens in quotes, a comma behind them.
#[test]
fn every_fault_has_its_chinese() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/proof");
    let mut codes = vec!["stuck".to_owned(), "unreadable".to_owned()];
    for file in fs::read_dir(sources).unwrap() {
        let file = file.unwrap().path();
        if file.ends_with("chinese.rs") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let pieces: Vec<&str> = text.split('"').collect();
        let is_code =
            |word: &str| word.contains('-') && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        for pair in pieces.windows(2).filter(|pair| is_code(pair[0]) && pair[1].starts_with(',')) {
            codes.push(pair[0].to_owned());
        }
    }
    assert!(codes.len() > 60, "{codes:?}");
    let untold: Vec<_> = codes.iter().filter(|code| chinese::sentence(code).is_none()).collect();
    assert!(untold.is_empty(), "{untold:?}");
}
