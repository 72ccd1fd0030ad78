//! Every kind of question: how it reads what was typed, what it finds wrong, and how it shows an answer.

use contract::{FieldKind, Lang};
use serde_json::{Value, json};

pub(crate) fn kind(settings: Value) -> FieldKind {
    serde_json::from_value(settings).unwrap()
}

/// The code of the first problem, `ok` for none, `empty` for no answer at all.
pub(crate) fn verdict(kind: &FieldKind, value: &Value) -> String {
    let kind = kind.kind();
    if kind.is_empty(value) {
        return "empty".to_owned();
    }
    kind.check(value).first().map_or("ok".to_owned(), |problem| problem.code().to_owned())
}

pub(crate) fn judge(settings: Value, rows: &[(Value, &str)]) {
    let kind = kind(settings);
    for (value, expected) in rows {
        assert_eq!(verdict(&kind, value), *expected, "{kind:?} of {value}");
    }
}

pub(crate) fn read(settings: Value, rows: &[(&str, &str)]) {
    let kind = kind(settings);
    for (typed, expected) in rows {
        assert_eq!(kind.kind().read(typed), *expected, "{kind:?} of `{typed}`");
    }
}

fn show(settings: Value, rows: &[(Value, &str, &str)]) {
    let kind = kind(settings);
    for (value, zh, en) in rows {
        let shown = [Lang::Zh, Lang::En].map(|lang| kind.kind().show(value, lang));
        assert_eq!(shown, [*zh, *en], "{kind:?} of {value}");
    }
}

#[test]
fn text_counts_characters_as_people_do() {
    let settings = json!({ "kind": "text", "min_chars": 2, "max_chars": 4 });
    judge(
        settings.clone(),
        &[
            (json!("桃源"), "ok"),
            (json!("𰻞𰻞面馆"), "ok"),
            (json!("桃"), "too-short"),
            (json!("桃花源记五"), "too-long"),
            (json!("桃\u{e000}"), "private-use-character"),
            (json!(""), "empty"),
            (json!(null), "empty"),
            (json!(5), "wrong-type"),
            (json!(["桃花"]), "wrong-type"),
        ],
    );
    read(settings, &[("  刘记  卤味 ", "刘记 卤味"), ("刘记\u{3000}卤味", "刘记 卤味")]);
}

#[test]
fn long_text_keeps_its_lines() {
    let settings = json!({ "kind": "long-text", "max_chars": 5 });
    judge(settings.clone(), &[(json!("一\n二"), "ok"), (json!("一二三四五六"), "too-long")]);
    read(settings, &[("一\n二\n", "一\n二")]);
}

#[test]
fn sex_and_yes_no_are_two_answers() {
    judge(
        json!({ "kind": "sex" }),
        &[(json!("male"), "ok"), (json!("female"), "ok"), (json!("男"), "unknown-option"), (json!(1), "wrong-type")],
    );
    show(json!({ "kind": "sex" }), &[(json!("female"), "女", "Female"), (json!(null), "", "")]);
    judge(json!({ "kind": "yes-no" }), &[(json!(true), "ok"), (json!(false), "ok"), (json!("true"), "wrong-type")]);
    show(json!({ "kind": "yes-no" }), &[(json!(false), "否", "No"), (json!(true), "是", "Yes")]);
}

#[test]
fn a_day_is_read_in_every_usual_spelling() {
    let settings = json!({ "kind": "date" });
    judge(
        settings.clone(),
        &[
            (json!("2028-02-29"), "ok"),
            (json!("2026-02-29"), "no-such-day"),
            (json!("2026-13-01"), "no-such-day"),
            (json!("2026-1-1"), "no-such-day"),
            (json!("昨天"), "no-such-day"),
            (json!(20_261_124), "wrong-type"),
        ],
    );
    read(
        settings.clone(),
        &[
            ("2026年1月5日", "2026-01-05"),
            ("2026/1/5", "2026-01-05"),
            ("2026.01.05", "2026-01-05"),
            ("20260105", "2026-01-05"),
            ("２０２６－１－５", "2026-01-05"),
            ("1月5日", "1月5日"),
        ],
    );
    show(settings, &[(json!("2026-01-05"), "2026 年 1 月 5 日", "2026-01-05")]);
}

#[test]
fn a_retired_option_stays_right_and_is_offered_to_whoever_chose_it() {
    let options = json!([
        { "id": "post", "label": { "zh": "邮寄", "en": "By post" } },
        { "id": "collect", "label": { "zh": "自取", "en": "Collected" }, "retired": true },
    ]);
    let one = json!({ "kind": "choice", "options": options });
    judge(one.clone(), &[(json!("collect"), "ok")]);
    show(one.clone(), &[(json!("collect"), "自取", "Collected")]);
    judge(json!({ "kind": "multi-choice", "options": options }), &[(json!(["post", "collect"]), "ok")]);
    let kind = kind(one);
    let offered = |answer: Value| {
        let options = kind.choice().unwrap().options().iter();
        options.filter(|option| option.is_offered(&answer)).map(|option| option.id.0.clone()).collect::<Vec<_>>()
    };
    assert_eq!(offered(Value::Null), ["post"]);
    assert_eq!(offered(json!("post")), ["post"]);
    assert_eq!(offered(json!("collect")), ["post", "collect"]);
    assert_eq!(offered(json!(["collect"])), ["post", "collect"]);
}

#[test]
fn a_choice_is_one_of_its_options() {
    let options = json!([
        { "id": "led", "label": { "zh": "灯", "en": "LED" } },
        { "id": "none", "label": { "zh": "不发光", "en": "None" } },
    ]);
    let one = json!({ "kind": "choice", "options": options });
    judge(one.clone(), &[(json!("led"), "ok"), (json!("LED"), "unknown-option"), (json!(["led"]), "wrong-type")]);
    show(one, &[(json!("none"), "不发光", "None")]);
    let some = json!({ "kind": "multi-choice", "options": options, "min": 1, "max": 1 });
    judge(
        some.clone(),
        &[
            (json!(["led"]), "ok"),
            (json!([]), "empty"),
            (json!(["led", "none"]), "too-many"),
            (json!(["led", "led"]), "unknown-option"),
            (json!(["neon"]), "unknown-option"),
            (json!("led"), "wrong-type"),
        ],
    );
    show(some, &[(json!(["led", "none"]), "灯、不发光", "LED, None")]);
}

#[test]
fn a_number_is_read_as_the_thumb_meant_it() {
    let settings = json!({ "kind": "number", "unit": { "zh": "米", "en": "m" }, "min": 0.1, "max": 30, "decimals": 2 });
    judge(
        settings.clone(),
        &[
            (json!("1.25"), "ok"),
            (json!("1.250"), "ok"),
            (json!("0.1"), "ok"),
            (json!("0.09"), "too-small"),
            (json!("-1"), "too-small"),
            (json!("30.01"), "too-large"),
            (json!("1.255"), "too-many-decimals"),
            (json!("1."), "not-a-number"),
            (json!(".5"), "not-a-number"),
            (json!("1e1"), "not-a-number"),
            (json!("NaN"), "not-a-number"),
            (json!("inf"), "not-a-number"),
            (json!("+1"), "not-a-number"),
            (json!("一"), "not-a-number"),
            (json!(1.25), "wrong-type"),
        ],
    );
    read(
        settings.clone(),
        &[
            ("１．２米", "1.2"),
            ("1.2 m", "1.2"),
            ("1。2", "1.2"),
            ("1,200", "1200"),
            ("007", "7"),
            ("0.50", "0.50"),
            ("00", "0"),
        ],
    );
    show(settings, &[(json!("1.2"), "1.2 米", "1.2 m"), (json!(""), "", "")]);
    judge(json!({ "kind": "number" }), &[(json!("3"), "ok"), (json!("3.5"), "too-many-decimals")]);
}

#[test]
fn money_is_yuan_with_two_decimals() {
    let settings = json!({ "kind": "money", "max": 1000 });
    judge(
        settings.clone(),
        &[
            (json!("12.50"), "ok"),
            (json!("-1"), "too-small"),
            (json!("1000.01"), "too-large"),
            (json!("1.005"), "too-many-decimals"),
        ],
    );
    read(settings.clone(), &[("¥ 1,000", "1000"), ("12.5元", "12.5"), ("￥12", "12"), (",¥5", "5")]);
    show(settings, &[(json!("12.50"), "¥12.50", "¥12.50")]);
}

#[test]
fn a_phone_is_read_with_and_without_its_country() {
    judge(
        json!({ "kind": "phone" }),
        &[
            (json!("13807360001"), "ok"),
            (json!("12807360001"), "not-a-phone"),
            (json!("1380736000"), "not-a-phone"),
            (json!("07367257982"), "not-a-phone"),
            (json!(13_807_360_001_u64), "wrong-type"),
        ],
    );
    judge(
        json!({ "kind": "phone", "landline": true }),
        &[(json!("07367257982"), "ok"), (json!("7257982"), "not-a-phone")],
    );
    read(
        json!({ "kind": "phone" }),
        &[
            ("+86 138-0736-0001", "13807360001"),
            ("0086 138 0736 0001", "13807360001"),
            ("１３８０７３６０００１", "13807360001"),
            ("(0736) 725 7982", "07367257982"),
        ],
    );
    show(json!({ "kind": "phone" }), &[(json!("13807360001"), "138****0001", "138****0001")]);
}

#[test]
fn a_resident_id_has_its_check_character_and_a_day_that_exists() {
    let settings = json!({ "kind": "resident-id" });
    judge(
        settings.clone(),
        &[
            (json!("43070319900307002X"), "ok"),
            (json!("430702202611010010"), "ok"),
            (json!("430721198812121235"), "ok"),
            (json!("110101202311012176"), "ok"),
            // Residence permits of Hong Kong, Macau and Taiwan share the form.
            (json!("810000199408230021"), "ok"),
            (json!("430703199003070021"), "bad-check-digit"),
            (json!("430703199002300022"), "bad-birth-date"),
            (json!("43070319900307002"), "wrong-length"),
            (json!("4307031990030700211"), "wrong-length"),
            (json!("43070319900307002Y"), "wrong-character"),
            (json!("X3070319900307002X"), "wrong-character"),
            (json!(430_703), "wrong-type"),
        ],
    );
    read(
        settings.clone(),
        &[(" 430703 19900307 002x ", "43070319900307002X"), ("４３０７０３19900307002Ｘ", "43070319900307002X")],
    );
    show(settings, &[(json!("43070319900307002X"), "4307**********002X", "4307**********002X")]);
}

#[test]
fn a_credit_code_has_its_check_character() {
    judge(
        json!({ "kind": "credit-code" }),
        &[
            (json!("91430702MA0000015F"), "ok"),
            (json!("92430703MA0000023M"), "ok"),
            (json!("1143070000600001X7"), "ok"),
            (json!("91430702MA0000015G"), "bad-check-digit"),
            (json!("91430702MA000001SF"), "wrong-character"),
            (json!("91430702MA000001"), "wrong-length"),
        ],
    );
    read(json!({ "kind": "credit-code" }), &[("91430702-ma0000015f", "91430702MA0000015F")]);
}

#[test]
fn a_birth_certificate_number_is_a_letter_and_nine_digits() {
    judge(
        json!({ "kind": "birth-certificate-number" }),
        &[
            (json!("U430012345"), "ok"),
            (json!("4430012345"), "wrong-character"),
            (json!("U43001234"), "wrong-length"),
            (json!("U43001234X"), "wrong-character"),
        ],
    );
}

#[test]
fn a_bank_card_passes_the_luhn_check() {
    judge(
        json!({ "kind": "bank-card" }),
        &[
            (json!("6222021234567890128"), "ok"),
            (json!("6222021234567890129"), "bad-check-digit"),
            (json!("62220212345678"), "wrong-length"),
            (json!("622202123456789012X"), "wrong-character"),
        ],
    );
    show(
        json!({ "kind": "bank-card" }),
        &[(json!("6222021234567890128"), "***************0128", "***************0128")],
    );
}

#[test]
fn an_address_lies_within_the_city_and_has_a_door() {
    let place = |division: &str, street: &str, door: &str| json!({ "division": division, "street": street, "door": door, "place": "常德市武陵区启明街道" });
    judge(
        json!({ "kind": "address", "max_chars": 10 }),
        &[
            (place("430702", "430702001", "人民路 1 号"), "ok"),
            (place("430702", "430702001", ""), "no-door"),
            (place("430702", "430702001", "人民路 1 号的隔壁的隔壁"), "too-long"),
            (place("430702", "", "人民路 1 号"), "not-a-place"),
            (place("110101", "110101001", "长安街 1 号"), "not-a-place"),
            (place("43070A", "430702001", "人民路 1 号"), "not-a-place"),
            (place("", "", ""), "empty"),
            (json!({ "street": "430702001", "floor": "3" }), "wrong-type"),
            (json!("人民路 1 号"), "wrong-type"),
        ],
    );
    let words = "常德市武陵区启明街道人民路 1 号";
    show(json!({ "kind": "address" }), &[(place("430702", "430702001", "人民路 1 号"), words, words)]);
}

#[test]
fn attachments_count_finished_files() {
    let file = json!({ "id": "a", "name": "a.jpg", "bytes": 9 });
    judge(
        json!({ "kind": "attachments", "material": "photo", "min": 2, "max": 3 }),
        &[
            (json!([file, file]), "ok"),
            (json!([file]), "too-few"),
            (json!([file, file, file, file]), "too-many"),
            (json!([]), "empty"),
            (json!([{ "id": "a", "name": "a.jpg" }, file]), "wrong-type"),
            (json!("a"), "wrong-type"),
        ],
    );
    show(json!({ "kind": "attachments", "material": "photo" }), &[(json!([file]), "1 个文件", "1 file")]);
}

#[test]
fn a_certificate_a_consent_and_a_lookup_have_their_forms() {
    judge(
        json!({ "kind": "certificate", "types": ["property-title"] }),
        &[
            (json!({ "id": "a", "title": "产权证", "number": "1" }), "ok"),
            (json!({ "id": "a" }), "wrong-type"),
            (json!({}), "empty"),
        ],
    );
    judge(
        json!({ "kind": "consent", "consent": "promise" }),
        &[
            (json!({ "accepted": true, "version": 1 }), "ok"),
            (json!({ "accepted": false, "version": 1 }), "empty"),
            (json!({ "accepted": true }), "wrong-type"),
            (json!(true), "wrong-type"),
            (json!({ "version": 1 }), "wrong-type"),
        ],
    );
    let lookup =
        json!({ "kind": "lookup", "register": "r", "source": { "zh": "执照", "en": "licence" }, "by": "code" });
    judge(
        lookup.clone(),
        &[
            (json!({ "status": "matched" }), "ok"),
            (json!({ "status": "doubted" }), "ok"),
            (json!({ "status": "maybe" }), "wrong-type"),
            (json!("matched"), "wrong-type"),
        ],
    );
    show(lookup, &[(json!({ "status": "matched" }), "免提交 · 已核验", "No paper needed · checked")]);
}

#[test]
fn a_group_has_named_rows_within_its_limits() {
    let settings = json!({ "kind": "group", "rows": { "min": 1, "max": 2 }, "row_title": { "zh": "块", "en": "sign" }, "fields": [] });
    judge(
        settings.clone(),
        &[
            (json!([{ "row": "a" }]), "ok"),
            (json!([{ "row": "a" }, { "row": "b" }, { "row": "c" }]), "too-many"),
            (json!([{ "row": "a" }, { "row": "a" }]), "wrong-type"),
            (json!([{}]), "wrong-type"),
            (json!(["a"]), "wrong-type"),
            (json!([]), "empty"),
        ],
    );
    show(settings, &[(json!([{ "row": "a" }]), "1 块", "1 sign")]);
}
