//! The program as the server starts it: facts in, a document or a reason out.

#![expect(clippy::unwrap_used, reason = "a helper that cannot go on fails its test")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const KINDS: [&str; 8] =
    ["accepted", "to-mend", "not-accepted", "not-needed", "extended", "paused", "granted", "refused"];

fn facts(kind: &str) -> Value {
    json!({
        "kind": kind, "title": "通知书", "licence": true, "number": "CD2611-0427-7-1", "reference": "CD2611-0427-7", "applicant": "江㛃",
        "service": "开店一件事", "item": "户外招牌", "agency": "城市管理局", "agency_phone": "0736-12345",
        "day": { "year": 2026, "month": 11, "day": 24 }, "received": { "year": 2026, "month": 11, "day": 23 },
        "due": { "year": 2026, "month": 12, "day": 3 }, "handler": "易晓川", "materials": ["营业执照", "现场照片"],
        "gaps": [{ "place": "现场照片（第 1 块）", "says": "照片太暗，请重拍" }], "says": "会挡住消防窗",
        "basis": "城市市容和环境卫生管理条例第十一条", "deliverable": "许可决定书", "procedure_days": 15,
        "due_before": { "year": 2026, "month": 11, "day": 20 }, "statutory": 20, "promised": 7, "complaints": "0736-7221200",
        "remedies": { "authority": "常德市鼎城区人民政府", "court": "常德市鼎城区人民法院" },
        "code": "K7QM-2XWD-9P4T-H6RB", "check_at": "http://127.0.0.1:8080/check/K7QM-2XWD-9P4T-H6RB",
    })
}

fn print_with(arguments: &[&str], facts: &Value) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_notice"));
    program.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = program.spawn().unwrap();
    // A program that gives up at once does not read its facts.
    let _ = running.stdin.take().unwrap().write_all(facts.to_string().as_bytes());
    running.wait_with_output().unwrap()
}

#[track_caller]
fn printed(facts: &Value) -> Vec<u8> {
    let output = print_with(&[], facts);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.stdout.starts_with(b"%PDF-1."));
    output.stdout
}

#[track_caller]
fn refused(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(1));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn every_kind_is_printed_and_says_that_it_is_pdf_a() {
    for kind in KINDS {
        let document = printed(&facts(kind));
        let says = |words: &str| document.windows(words.len()).any(|window| window == words.as_bytes());
        assert!(says("<pdfaid:part>2</pdfaid:part>") && says("<pdfaid:conformance>B</pdfaid:conformance>"), "{kind}");
    }
}

#[test]
fn what_is_no_licence_is_printed_with_the_law_that_it_rests_on() {
    for kind in KINDS {
        let mut facts = facts(kind);
        facts["licence"] = json!(false);
        facts["law"] = json!(["《中华人民共和国户口登记条例》第七条"]);
        printed(&facts);
    }
}

/// Facts that were frozen before a paper named who reviews it.
#[test]
fn an_old_paper_is_still_printed() {
    let mut facts = facts("refused");
    for name in ["law", "due_before", "statutory", "promised", "procedure_days", "remedies", "complaints"] {
        facts.as_object_mut().unwrap().remove(name);
    }
    printed(&facts);
}

/// PDF/A forbids missing glyphs, so the export proves that these are drawn.
#[test]
fn rare_characters_of_names_are_printed() {
    let mut facts = facts("accepted");
    facts["applicant"] = json!("𬱖㛃");
    printed(&facts);
}

#[test]
fn what_cannot_be_printed_is_named_with_the_words_around_it() {
    for (character, name) in [("\u{E000}", "U+E000"), ("👶", "U+1F476"), ("\u{31350}", "U+31350")] {
        let mut facts = facts("refused");
        facts["says"] = json!(format!("名字里的{character}字"));
        let told = refused(&print_with(&[], &facts));
        assert_eq!(
            told,
            json!({ "code": "unprintable", "character": character, "name": name, "text": format!("名字里的{character}字") })
        );
    }
}

#[test]
fn markup_in_words_is_nothing_but_words() {
    let mut facts = facts("to-mend");
    for words in ["#panic()", "#read(\"/etc/passwd\")", "*李* $x$ \\ ] }", "= 标题"] {
        facts["applicant"] = json!(words);
        facts["gaps"][0]["says"] = json!(words);
        printed(&facts);
    }
}

#[test]
fn a_long_list_goes_over_pages() {
    let mut facts = facts("to-mend");
    facts["gaps"] = (0..80).map(|at| json!({ "place": format!("第 {at} 处"), "says": "请重拍\n要拍到全部" })).collect();
    printed(&facts);
}

#[test]
fn without_fonts_the_package_is_named() {
    let told = refused(&print_with(&["--fonts", "/nowhere"], &facts("granted")));
    assert_eq!(told["code"], "fonts-missing");
    assert!(told["says"].as_str().unwrap().contains("fonts-noto-cjk"));
}

#[test]
fn facts_that_nobody_knows_are_refused() {
    let mut facts = facts("granted");
    facts["colour"] = json!("red");
    assert_eq!(refused(&print_with(&[], &facts))["code"], "unreadable");
}
